package imgpipe.dispatch.process.confine;

/** What a process may do with a file, or with everything in and below a folder. */
public enum Access {
    /** Read files, list folders. */
    READ(Rights.READ_FILE | Rights.READ_DIR),
    /** Run programs, and read them. */
    EXECUTE(Rights.EXECUTE | Rights.READ_FILE),
    /** Read and write files that are there. */
    WRITE(Rights.READ_FILE | Rights.WRITE_FILE),
    /** Make regular files; read, write, cut and remove them. */
    MAKE(
            Rights.READ_FILE
                    | Rights.READ_DIR
                    | Rights.WRITE_FILE
                    | Rights.TRUNCATE
                    | Rights.MAKE_REG
                    | Rights.REMOVE_FILE);

    private final long rights;

    Access(long rights) {
        this.rights = rights;
    }

    /** As bits of {@link Rights}. */
    long rights() {
        return rights;
    }
}
