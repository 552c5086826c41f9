package imgpipe.dispatch.process.confine;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Functions of Linux's C library that end in the kernel. One handle serves all: to make one takes
 * milliseconds, and in the calling conventions of x86-64 and AArch64 every integer and pointer
 * takes a whole register, so that a function does not notice that more are given than it reads.
 */
@SuppressWarnings("restricted")
final class SystemCalls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO =
            STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle CALL =
            LINKER.downcallHandle(
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1),
                    Linker.Option.captureCallState("errno"));

    private static final MemorySegment SYSCALL = function("syscall");
    private static final MemorySegment PRCTL = function("prctl");
    private static final MemorySegment OPEN = function("open");
    private static final MemorySegment CLOSE = function("close");
    private static final MemorySegment CAPGET = function("capget");
    private static final MemorySegment CAPSET = function("capset");

    /** The three numbers are the same on every processor: kernel, {@code asm-generic/unistd.h}. */
    private static final int CREATE_RULESET = 444;

    private static final int ADD_RULE = 445;
    private static final int RESTRICT_SELF = 446;

    private static final int CREATE_RULESET_VERSION = 1;
    private static final int PATH_BENEATH = 1;
    private static final int SET_NO_NEW_PRIVS = 38;
    private static final int CAPABILITY_VERSION_3 = 0x20080522;
    private static final int O_PATH = 010000000;
    private static final int O_CLOEXEC = 02000000;

    private SystemCalls() {}

    private static MemorySegment function(String name) {
        return LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name));
    }

    /** The version of Landlock's interface, from 1. */
    static int landlockVersion() throws SystemCallException {
        return call(
                "landlock_create_ruleset", SYSCALL, CREATE_RULESET, 0, 0, CREATE_RULESET_VERSION);
    }

    /** A new set of rules, as a file descriptor. */
    static int createRuleset(MemorySegment attributes) throws SystemCallException {
        return call(
                "landlock_create_ruleset",
                SYSCALL,
                CREATE_RULESET,
                attributes.address(),
                attributes.byteSize(),
                0);
    }

    /** One more rule for a path. */
    static void addRule(int ruleset, MemorySegment pathBeneath) throws SystemCallException {
        call("landlock_add_rule", SYSCALL, ADD_RULE, ruleset, PATH_BENEATH, pathBeneath.address());
    }

    /** Binds this thread, and what it starts from now on, for ever. */
    static void restrictSelf(int ruleset) throws SystemCallException {
        call("landlock_restrict_self", SYSCALL, RESTRICT_SELF, ruleset, 0, 0);
    }

    /** What this thread starts can gain no rights by set-user-ID programs. */
    static void setNoNewPrivileges() throws SystemCallException {
        call("prctl", PRCTL, SET_NO_NEW_PRIVS, 1, 0, 0);
    }

    /**
     * Takes from this thread, and what it starts, all capabilities but some ({@code
     * linux/capability.h}: a header of version and thread; effective, permitted and inheritable of
     * 32 capabilities, then of 32 more).
     *
     * @param kept those of the first 32, as bits, that stay if they are there
     */
    static void keepCapabilities(int kept) throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocate(8, 8);
            header.set(ValueLayout.JAVA_INT, 0, CAPABILITY_VERSION_3);
            MemorySegment sets = arena.allocate(24, 8);
            call("capget", CAPGET, header.address(), sets.address(), 0, 0);
            for (int i = 0; i < 6; i++) {
                int mask = i < 3 ? kept : 0;
                sets.setAtIndex(
                        ValueLayout.JAVA_INT, i, sets.getAtIndex(ValueLayout.JAVA_INT, i) & mask);
            }
            call("capset", CAPSET, header.address(), sets.address(), 0, 0);
        }
    }

    /** A file descriptor that only names a path; to be closed. */
    static int openPath(MemorySegment path) throws SystemCallException {
        return call("open", OPEN, path.address(), O_PATH | O_CLOEXEC, 0, 0);
    }

    /** Closes a file descriptor. */
    static void close(int descriptor) throws SystemCallException {
        call("close", CLOSE, descriptor, 0, 0, 0);
    }

    private static int call(String name, MemorySegment function, long a, long b, long c, long d)
            throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            // All of them return an int, whatever the rest of the register holds.
            int result = (int) (long) CALL.invokeExact(function, state, a, b, c, d, 0L);
            if (result < 0) {
                throw new SystemCallException(name, state.get(ValueLayout.JAVA_INT, ERRNO));
            }
            return result;
        } catch (SystemCallException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(name + " cannot be called", e);
        }
    }
}
