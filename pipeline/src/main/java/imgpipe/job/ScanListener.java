package imgpipe.job;

import imgpipe.shard.FailureKind;

/** Hears what a scan finds. */
interface ScanListener {
    /** A file to be read as a picture. */
    void candidate(Candidate candidate);

    /** A name that should have been a picture, or a folder that should have been searched. */
    void failed(String name, FailureKind kind, String sentence);

    /** A file that nobody asked for. */
    void ignored();
}
