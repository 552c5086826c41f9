/**
 * The command line: the only package that prints, parses options and exits. Turns what was typed
 * into a {@link imgpipe.job.JobSpec} and what happened into text, JSON and an exit code. Must never
 * open a picture.
 */
@NullMarked
package imgpipe.cli;

import org.jspecify.annotations.NullMarked;
