package imgpipe.dispatch.process.confine;

/**
 * The bits that Landlock gives names to, and in which version of its interface they came: {@code
 * linux/landlock.h} and {@code Documentation/userspace-api/landlock.rst} of the kernel. A kernel
 * refuses bits that it does not know.
 */
final class Rights {
    static final long EXECUTE = 1;
    static final long WRITE_FILE = 1 << 1;
    static final long READ_FILE = 1 << 2;
    static final long READ_DIR = 1 << 3;
    static final long REMOVE_FILE = 1 << 5;
    static final long MAKE_REG = 1 << 8;
    static final long TRUNCATE = 1 << 14;

    /** Those that concern a file itself; a rule for a file may have no other. */
    private static final long OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | 1 << 15;

    private Rights() {}

    /** All that can be done with files: what is not granted of these is forbidden. */
    static long files(int abi) {
        int known =
                switch (abi) {
                    case 1 -> 13;
                    // Links and renames from one folder to another.
                    case 2 -> 14;
                    // To cut a file.
                    case 3, 4 -> 15;
                    // Commands to devices.
                    default -> 16;
                };
        return (1L << known) - 1;
    }

    /** TCP: to wait for connections, and to connect. */
    static long network(int abi) {
        return abi < 4 ? 0 : 0b11;
    }

    /** Abstract Unix sockets and signals, to processes outside. */
    static long scopes(int abi) {
        return abi < 6 ? 0 : 0b11;
    }

    /** What of an access can be said in this version of what is a folder, or is not. */
    static long granted(Access access, boolean folder, int abi) {
        return access.rights() & files(abi) & (folder ? -1 : OF_FILES);
    }
}
