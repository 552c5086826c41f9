"""What campaigns report, and how it is written down."""

from dataclasses import dataclass, field


@dataclass
class Row:
    """One line of the table.

    broken: sentences that say which promise did not hold, with the seed; empty if all did
    skipped: why nothing was tried, or an empty string
    """

    fault: str
    injected: str = ""
    promise: str = ""
    figures: str = ""
    broken: list = field(default_factory=list)
    skipped: str = ""

    def verdict(self):
        if self.skipped:
            return f"skipped: {self.skipped}"
        if not self.broken:
            return "held"
        more = f" (and {len(self.broken) - 1} more)" if len(self.broken) > 1 else ""
        return f"**BROKEN** {self.broken[0]}{more}"


def markdown(rows):
    lines = ["| fault | injected | what had to hold | figures | verdict |", "|---|---|---|---|---|"]
    for row in rows:
        cells = [row.fault, row.injected, row.promise, row.figures, row.verdict()]
        lines.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def count(number, noun):
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def megabytes(kilobytes):
    return f"{kilobytes / 1024:.0f} MB"


def at_most(values, unit=" s"):
    """The largest, or a dash."""
    return f"{max(values):.2f}{unit}" if values else "-"
