/**
 * One run of imgpipe: what it means ({@link imgpipe.job.JobSpec}), the way of the pictures through
 * it, and its sums. Never prints and never parses options.
 */
@NullMarked
package imgpipe.job;

import org.jspecify.annotations.NullMarked;
