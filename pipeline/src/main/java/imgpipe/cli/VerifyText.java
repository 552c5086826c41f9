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

    /** The last line. */
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
