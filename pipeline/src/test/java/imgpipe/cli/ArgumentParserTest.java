package imgpipe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArgumentParserTest {
    @Test
    void takesOptionsAnywhere() throws UsageException {
        Arguments arguments =
                ArgumentParser.parse("--size", "800", "resize", "in", "-j4", "out", "--json");

        assertThat(arguments.verb()).isEqualTo(Verb.RESIZE);
        assertThat(arguments.operands()).containsExactly("in", "out");
        assertThat(arguments.value(Opt.BOX)).hasValue("800");
        assertThat(arguments.value(Opt.WORKERS)).hasValue("4");
        assertThat(arguments.has(Opt.JSON)).isTrue();
        assertThat(arguments.has(Opt.QUIET)).isFalse();
    }

    @Test
    void takesValuesBehindAnEqualsSign() throws UsageException {
        assertThat(ArgumentParser.parse("resize", "--size=x600", "in", "out").value(Opt.BOX))
                .hasValue("x600");
    }

    @Test
    void takesNothingForAnOptionBehindTwoDashes() throws UsageException {
        assertThat(ArgumentParser.parse("resize", "-q", "--", "-in", "--json").operands())
                .containsExactly("-in", "--json");
    }

    @Test
    void takesASingleDashForStandardInput() throws UsageException {
        assertThat(ArgumentParser.parse("resize", "-", "out").operands())
                .containsExactly("-", "out");
        assertThat(ArgumentParser.parse("resize", "--files-from", "-", "out").value(Opt.FILES_FROM))
                .hasValue("-");
    }

    @Test
    void keepsQuotesThatBelongToAName() throws UsageException {
        assertThat(ArgumentParser.parse("resize", "\"in\"", "out").operands())
                .containsExactly("\"in\"", "out");
    }

    @Test
    void countsHowVerbose() throws UsageException {
        assertThat(ArgumentParser.parse("resize", "in", "out").verbosity()).isZero();
        assertThat(ArgumentParser.parse("resize", "-vv", "in", "out").verbosity()).isEqualTo(2);
        assertThat(ArgumentParser.parse("resize", "-v", "--verbose", "in", "out").verbosity())
                .isEqualTo(2);
    }

    @Test
    void refusesAValueTwice() {
        refuses(
                "--size is given 2 times; give it once",
                "resize",
                "--size=1",
                "--size=2",
                "i",
                "o");
        refuses(
                "--workers is given 2 times; give it once",
                "resize",
                "-j1",
                "--workers=2",
                "i",
                "o");
    }

    @Test
    void refusesAbbreviationsAndNamesTheOption() {
        refuses(
                "there is no option --qual; did you mean --quality?",
                "resize",
                "--qual",
                "9",
                "i",
                "o");
        refuses("there is no option --szie; did you mean --size?", "resize", "--szie=9", "i", "o");
        refuses("there is no option --xyzzy; see imgpipe --help", "resize", "--xyzzy", "i", "o");
    }

    @Test
    void refusesUnknownVerbs() {
        refuses("there is no verb \"risize\"; did you mean resize?", "risize", "i", "o");
        assertThatThrownBy(() -> ArgumentParser.parse("photos", "o"))
                .hasMessageStartingWith("there is no verb \"photos\"; verbs are resize, convert");
        refuses("what to do? Begin with imgpipe --help");
    }

    @Test
    void refusesOptionsOfOtherVerbs() {
        refuses(
                "--size does not go with convert; see imgpipe help convert",
                "convert",
                "--size=1",
                "--to",
                "png",
                "i",
                "o");
    }

    @Test
    void refusesTooFewAndTooManyOperands() {
        refuses("resize lacks OUT; write imgpipe resize IN OUT", "resize", "in");
        refuses("resize lacks IN and OUT; write imgpipe resize IN OUT", "resize");
        assertThatThrownBy(() -> ArgumentParser.parse("resize", "a.jpg", "b.jpg", "out"))
                .hasMessageStartingWith("resize takes IN OUT, so what is \"out\"?");
        assertThatThrownBy(
                        () -> ArgumentParser.parse("resize", "--files-from", "list", "in", "out"))
                .hasMessageContaining("--files-from stands in place of IN");
    }

    @Test
    void refusesMissingAndNeedlessValues() {
        refuses("--quality lacks its value; write --quality N", "resize", "i", "o", "--quality");
        refuses(
                "--json takes no value; leave out what follows the =",
                "resize",
                "i",
                "o",
                "--json=yes");
    }

    @Test
    void refusesAnEmptyNameBeforeItBecomesTheCurrentFolder() {
        refuses("OUT is empty; for the current folder write .", "resize", "in", "");
    }

    @Test
    void keepsMessagesOnOneLine() {
        refuses("there is no option --a\\nb; see imgpipe --help", "resize", "--a\nb", "i", "o");
    }

    @Test
    void asksForNoOperandsWhenHelpIsWanted() throws UsageException {
        assertThat(ArgumentParser.parse("resize", "--help").has(Opt.HELP)).isTrue();
        assertThat(ArgumentParser.parse("-V").has(Opt.VERSION)).isTrue();
    }

    private static void refuses(String sentence, String... args) {
        assertThatThrownBy(() -> ArgumentParser.parse(args))
                .isInstanceOf(UsageException.class)
                .hasMessage(sentence);
    }
}
