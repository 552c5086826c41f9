package imgpipe.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Completion scripts, made from the tables of verbs and options. */
enum Completion {
    BASH,
    ZSH,
    FISH;

    /** The script, to be read by the shell. */
    String script() {
        return switch (this) {
            case BASH -> bash();
            // zsh reads bash's completion functions itself.
            case ZSH -> "#compdef imgpipe\nautoload -U +X bashcompinit && bashcompinit\n" + bash();
            case FISH -> fish();
        };
    }

    private static String bash() {
        StringBuilder script = new StringBuilder();
        script.append("_imgpipe() {\n");
        script.append("    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n");
        script.append("    local word verb='' words=''\n    COMPREPLY=()\n");
        script.append("    case $prev in\n");
        for (Opt option : Opt.values()) {
            String names =
                    option.letter().isEmpty()
                            ? option.toString()
                            : "-" + option.letter() + "|" + option;
            if (!option.choices().isEmpty()) {
                script.append("        ").append(names).append(") COMPREPLY=($(compgen -W '");
                script.append(String.join(" ", option.choices()));
                script.append("' -- \"$cur\")); return ;;\n");
            } else if (option.takesPath()) {
                script.append("        ").append(names);
                script.append(") compopt -o default 2>/dev/null; return ;;\n");
            } else if (option.hasArgument()) {
                script.append("        ").append(names).append(") return ;;\n");
            }
        }
        script.append("    esac\n    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n");
        script.append("        case $word in\n            ");
        script.append(words("|")).append(") verb=$word; break ;;\n        esac\n    done\n");
        script.append("    case $verb in\n        '') words='").append(words(" "));
        script.append(" --help --version' ;;\n");
        for (Verb verb : Verb.values()) {
            script.append("        ").append(verb).append(") words='");
            script.append(
                    switch (verb) {
                        case HELP -> words(" ");
                        case COMPLETION -> "bash zsh fish";
                        default ->
                                verb.options().stream()
                                        .map(Opt::toString)
                                        .collect(Collectors.joining(" "));
                    });
            script.append("' ;;\n");
        }
        script.append("    esac\n");
        script.append(
                "    if [[ $cur == -* || $verb == '' || $verb == help || $verb == completion ]];"
                        + " then\n");
        script.append("        COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n");
        script.append("    else\n        compopt -o default 2>/dev/null\n    fi\n}\n");
        script.append("complete -F _imgpipe imgpipe\n");
        return script.toString();
    }

    private static String fish() {
        StringBuilder script = new StringBuilder();
        for (Verb verb : Verb.values()) {
            script.append("complete -c imgpipe -n __fish_use_subcommand -f -a ").append(verb);
            script.append(" -d ").append(quoted(verb.summary())).append('\n');
        }
        script.append("complete -c imgpipe -n '__fish_seen_subcommand_from help' -f -a '");
        script.append(words(" ")).append("'\n");
        script.append("complete -c imgpipe -n '__fish_seen_subcommand_from completion' -f -a ");
        script.append("'bash zsh fish'\n");
        for (Opt option : Opt.values()) {
            script.append("complete -c imgpipe -n '__fish_seen_subcommand_from ");
            script.append(
                    Arrays.stream(Verb.values())
                            .filter(verb -> verb.accepts(option))
                            .map(Verb::toString)
                            .collect(Collectors.joining(" ")));
            script.append("' -l ").append(option.longName());
            script.append(option.letter().isEmpty() ? "" : " -s " + option.letter());
            if (!option.choices().isEmpty()) {
                script.append(" -x -a '").append(String.join(" ", option.choices())).append("'");
            } else if (option.hasArgument()) {
                script.append(option.takesPath() ? " -r -F" : " -x");
            }
            script.append(" -d ").append(quoted(option.description())).append('\n');
        }
        return script.toString();
    }

    private static String words(String separator) {
        return Arrays.stream(Verb.values())
                .map(Verb::toString)
                .collect(Collectors.joining(separator));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "\\'") + "'";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
