package imgpipe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {
    @Test
    void hasEveryNameOnce() {
        assertThat(Arrays.stream(Opt.values()).map(Opt::longName)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Opt.values()).map(Opt::letter).filter(letter -> !letter.isEmpty()))
                .doesNotHaveDuplicates();
    }

    @Test
    void listsEveryOptionOfAVerbInItsHelp() {
        for (Verb verb : Verb.values()) {
            String help = HelpText.of(verb);
            for (Opt option : Opt.values()) {
                assertThat(
                                help.lines()
                                        .anyMatch(
                                                line ->
                                                        line.matches(
                                                                " {2}.{4}" + option + "( .*)?")))
                        .as("%s in the help of %s", option, verb)
                        .isEqualTo(verb.accepts(option));
            }
            assertThat(help).contains(verb.example());
        }
    }

    @Test
    void keepsHelpWithinEightyColumns() {
        assertThat(HelpText.overview().lines()).allMatch(line -> line.length() <= 80);
        for (Verb verb : Verb.values()) {
            assertThat(HelpText.of(verb).lines())
                    .allMatch(line -> line.length() <= 80 || line.contains(verb.example()));
        }
    }

    @Test
    void runsEveryExample() throws UsageException {
        for (Verb verb : Verb.values()) {
            // The words between quotes are one argument; a redirection is the shell's.
            List<String> words =
                    Arrays.stream(verb.example().replaceFirst(" >.*", "").split("'"))
                            .map(String::strip)
                            .toList();
            String[] args =
                    words.size() == 1
                            ? words.getFirst().split(" ")
                            : new String[] {"imgpipe", "run", words.get(1), "photos/", "web/"};
            assertThat(ArgumentParser.parse(Arrays.copyOfRange(args, 1, args.length)).verb())
                    .isEqualTo(verb);
        }
    }

    @Test
    void completesEveryOption() {
        for (Completion shell : Completion.values()) {
            assertThat(shell.script())
                    .contains(Arrays.stream(Opt.values()).map(Opt::longName).toList());
        }
    }
}
