package imgpipe.cli;

import imgpipe.job.ReadableName;
import imgpipe.report.Units;
import imgpipe.verify.Fault;
import imgpipe.verify.Finding;
import imgpipe.verify.Verdict;

/** The result of a verification in words. */
final class VerifyText {
    private VerifyText() {}

    /** For instance {@code torn: a/b.jpg: 100 bytes, not 2,345}. */
    static String line(Finding finding) {
        return ReadableName.oneLine(
                        finding.fault()
                                + ": "
                                + ReadableName.decode(finding.path())
                                + (finding.sentence().isEmpty() ? "" : ": " + finding.sentence()))
                + "\n";
    }

    /** The line that says what to do; empty if there is nothing to be done. */
    static String advice(Verdict verdict) {
        boolean spoilt =
                verdict.count(Fault.TORN)
                                + verdict.count(Fault.CHANGED)
                                + verdict.count(Fault.UNDECODABLE)
                        > 0;
        if (spoilt) {
            return "delete what is torn, changed or undecodable and run the same command again:"
                    + " it makes that anew, and what is missing\n";
        }
        return verdict.count(Fault.MISSING) > 0
                ? "run the same command again: it makes anew what is missing\n"
                : "";
    }

    /** The last line but that. */
    static String summary(Verdict verdict) {
        StringBuilder text = new StringBuilder();
        text.append(Units.count(verdict.intact())).append(" of ");
        text.append(Units.counted(verdict.outputs(), "output")).append(" intact");
        for (Fault fault : Fault.values()) {
            if (verdict.count(fault) > 0) {
                text.append(", ").append(Units.count(verdict.count(fault)));
                text.append(' ').append(fault);
            }
        }
        if (verdict.notChecked() > 0) {
            text.append(", ").append(Units.count(verdict.notChecked())).append(" not checked");
        }
        text.append("; ").append(Units.bytes(verdict.bytes())).append(" in ");
        text.append(Units.time(verdict.elapsed()));
        return text.append('\n').toString();
    }
}
