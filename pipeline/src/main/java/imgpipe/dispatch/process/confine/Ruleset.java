package imgpipe.dispatch.process.confine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

/**
 * What a confined process may do, in the kernel's memory. The structures are those of {@code
 * linux/landlock.h}:
 *
 * <pre>
 * landlock_ruleset_attr                       landlock_path_beneath_attr, packed
 *  0  u64 handled_access_fs                    0  u64 allowed_access
 *  8  u64 handled_access_net   from version 4  8  s32 parent_fd
 * 16  u64 scoped               from version 6
 * </pre>
 */
final class Ruleset implements AutoCloseable {
    private static final int CAP_DAC_READ_SEARCH = 1 << 2;

    private final int abi;
    private final int descriptor;

    /** Nothing is allowed yet. */
    Ruleset(int abi) throws SystemCallException {
        this.abi = abi;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(abi < 4 ? 8 : abi < 6 ? 16 : 24, 8);
            long[] words = {Rights.files(abi), Rights.network(abi), Rights.scopes(abi)};
            for (int i = 0; i < attributes.byteSize() / Long.BYTES; i++) {
                attributes.setAtIndex(ValueLayout.JAVA_LONG, i, words[i]);
            }
            descriptor = SystemCalls.createRuleset(attributes);
        }
    }

    /** Makes exceptions. What is not there, or out of our own reach, needs none. */
    void allow(List<Grant> grants) throws SystemCallException {
        for (Grant grant : grants) {
            int file;
            try (Arena arena = Arena.ofConfined()) {
                file =
                        SystemCalls.openPath(
                                arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes(grant)));
            } catch (SystemCallException e) {
                continue;
            }
            try {
                allow(file, Rights.granted(grant.access(), Files.isDirectory(grant.path()), abi));
            } finally {
                SystemCalls.close(file);
            }
        }
    }

    private void allow(int file, long rights) throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rule = arena.allocate(12, 8);
            rule.set(ValueLayout.JAVA_LONG, 0, rights);
            rule.set(ValueLayout.JAVA_INT, 8, file);
            SystemCalls.addRule(descriptor, rule);
        }
    }

    /** The path as the kernel takes it. Its URI has every byte, whatever the locale knows. */
    private static byte[] bytes(Grant grant) {
        String encoded = grant.path().toUri().getRawPath();
        byte[] bytes = new byte[encoded.length() + 1];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char letter = encoded.charAt(i);
            if (letter == '%') {
                bytes[length++] = (byte) Integer.parseInt(encoded, i + 1, i + 3, 16);
                i += 2;
            } else {
                bytes[length++] = (byte) letter;
            }
        }
        return Arrays.copyOf(bytes, length + 1);
    }

    /**
     * Binds this thread and what it starts. Of root's powers it keeps the one to read what others
     * own: with more of them the kernel would show it the environment of every process.
     */
    void restrictThisThread() throws SystemCallException {
        SystemCalls.setNoNewPrivileges();
        SystemCalls.keepCapabilities(CAP_DAC_READ_SEARCH);
        SystemCalls.restrictSelf(descriptor);
    }

    @Override
    public void close() throws SystemCallException {
        SystemCalls.close(descriptor);
    }
}
