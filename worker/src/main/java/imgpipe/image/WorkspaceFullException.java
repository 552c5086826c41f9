package imgpipe.image;

/** A picture wants more of its {@link Workspace} than that may have. */
public final class WorkspaceFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long wanted;

    WorkspaceFullException(long wanted, long most) {
        super("a workspace of %d bytes was wanted; %d are allowed".formatted(wanted, most));
        this.wanted = wanted;
    }

    /** Bytes that the workspace would have had to have up to now. */
    public long wanted() {
        return wanted;
    }
}
