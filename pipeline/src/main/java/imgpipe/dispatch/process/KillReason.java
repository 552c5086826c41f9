package imgpipe.dispatch.process;

/** Why imgpipe ended a worker. */
enum KillReason {
    /** No answer within the deadline for a picture. */
    DEADLINE("gave no answer within the deadline"),
    /** No answer, though it had no picture in hand. */
    SILENT("said nothing though it had no picture in hand"),
    /** Not ready in time. */
    SLOW_START("did not start in time"),
    /** Did not exit though told to, or though its pipes were closed. */
    LINGERING("did not exit when it should have"),
    /** Said what has no place in the protocol. */
    PROTOCOL("broke the protocol"),
    /** Its pipes cannot be used. */
    PIPES("could not be reached"),
    /** The run is over. */
    CLOSED("was not needed any more");

    private final String sentence;

    KillReason(String sentence) {
        this.sentence = sentence;
    }

    /** What the worker did, to follow its name. */
    String sentence() {
        return sentence;
    }
}
