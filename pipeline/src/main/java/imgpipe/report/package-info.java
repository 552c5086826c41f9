/**
 * How a run is told to people: progress, job log, summary. Listens to the job and writes to what
 * the caller hands it; must never print, and must never influence the run.
 */
@NullMarked
package imgpipe.report;

import org.jspecify.annotations.NullMarked;
