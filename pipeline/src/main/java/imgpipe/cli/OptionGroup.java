package imgpipe.cli;

/** The headings under which help lists options, in this order. */
enum OptionGroup {
    SIZE("Size"),
    MARK("Mark"),
    FORMAT("Format"),
    PICTURE("Picture"),
    FILES("Files"),
    RUN("Work"),
    NETWORK("Network"),
    MEASURING("Measuring"),
    LIMITS("Limits of one picture"),
    MESSAGES("Messages"),
    GENERAL("General");

    private final String title;

    OptionGroup(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
