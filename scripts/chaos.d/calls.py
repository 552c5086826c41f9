"""System calls of imgpipe that kill it or fail, one after the other, by strace."""

import re

import promises
import table
from kill_coordinator import workers_gone
from run import Place

PICTURES = 6
# One thread of each kind, so that the N-th call is the same one in every run.
VERB = ["resize", "--size", "100", "--workers", "1", "--transfers", "1"]
LEDGER = ".imgpipe/ledger.jsonl"
A_TEMPORARY = ".imgpipe/tmp/3-0"
# Further than any run gets.
MOST = 60


def strace(place, calls, injection, number, path=None, log=None, traced=""):
    """Words that run a command in which the N-th of these calls in a thread, on this path below OUT, is tampered with."""
    words = ["strace", "-f", "-qq", "-y", "-o", str(log or "/dev/null")]
    # With it other calls cost nothing; but strace 6.1 then sends a signal at the first call or never.
    words += [] if injection.startswith("signal") else ["--seccomp-bpf"]
    words += ["-e", f"trace={calls}{traced}", "-e", f"inject={calls}:{injection}:when={number}", "-e", "signal=none"]
    return words + (["-P", str(place.output / path)] if path else [])


def killed(context):
    """kill -9 at every rename, fsync, fdatasync, and write to the ledger."""
    if not context.has("strace"):
        return [table.Row("killed at every call", skipped="needs strace")]
    rows = []
    for calls, path, name in [
        ("rename,renameat,renameat2", None, "rename"),
        ("fsync", None, "fsync"),
        ("fdatasync", None, "fdatasync"),
        ("write,pwrite64", LEDGER, "write to the ledger"),
        ("unlink,unlinkat", None, "unlink"),
    ]:
        rows.append(killed_at(context, calls, path, name))
    return rows


def killed_at(context, calls, path, name):
    source = context.pictures(PICTURES)
    expected, _ = context.undisturbed(source, VERB)
    kills, identical, ends, broken = 0, 0, [], []
    for number in range(1, MOST, context.size(1, 4)):
        place = Place(context, f"killed-at-{name.replace(' ', '-')}-{number}", source=source)
        with place.start(VERB, wrapper=strace(place, calls, "signal=SIGKILL", number, path)) as run:
            run.process.wait(120)
            gone = workers_gone(run)
            ended = run.end()
        if ended.code == 0:
            place.remove()
            break
        kills += 1
        ends.append(gone)
        complaints = context.broken(place, ended, expected, [137], complete=False)
        if gone > 2:
            complaints.append(f"workers outlived the coordinator by {gone:.1f} s")
        complaints += resumed(context, place, expected)
        identical += not complaints
        broken += [f"{name} {number}: {complaint}" for complaint in complaints]
        place.remove()
    context.say(f"killed at {name}: {kills} times, {broken or 'held'}")
    return table.Row(
        f"coordinator killed at every {name}",
        f"{table.count(kills, 'kill')}, at calls 1 to {kills} of a thread" if not context.quick else table.count(kills, "kill"),
        "what the ledger has is there; the next run ends with the same bytes; workers gone within 2 s",
        f"resumed runs identical {identical} of {kills}, workers gone after {table.at_most(ends)} at most",
        broken,
    )


def resumed(context, place, expected):
    """What is wrong with the next run, undisturbed: it has to complete the work, and not to do anything twice."""
    entries, _ = promises.ledger_entries(place.ledger())
    recorded = sum(state == "done" for state, _ in entries.values())
    ended = place.run(VERB)
    complaints = context.broken(place, ended, expected, [0])
    if ended.summary is not None:
        if ended["done"] + ended["skipped"] != len(expected):
            complaints.append(f"{ended['done']} done and {ended['skipped']} skipped of {len(expected)}")
        if ended["skipped"] != recorded:
            complaints.append(f"{ended['skipped']} skipped, although {recorded} were recorded as done")
    return [f"resumed: {complaint}" for complaint in complaints]


def failing(context):
    """Calls that return an error."""
    if not context.has("strace"):
        return [table.Row("failing calls", skipped="needs strace")]
    return [
        failing_at(context, calls, error, path, name)
        for calls, error, path, name in [
            ("fsync", "EIO", None, "fsync returns EIO"),
            ("fdatasync", "EIO", None, "fdatasync of the ledger returns EIO"),
            ("rename,renameat,renameat2", "EXDEV", None, "rename returns EXDEV"),
            ("rename,renameat,renameat2", "EIO", None, "rename returns EIO"),
            ("write,pwrite64", "ENOSPC", A_TEMPORARY, "write of an output returns ENOSPC"),
            ("write,pwrite64", "EIO", A_TEMPORARY, "write of an output returns EIO"),
            ("write,pwrite64", "ENOSPC", LEDGER, "write of the ledger returns ENOSPC"),
        ]
    ]


def failing_at(context, calls, error, path, name):
    source = context.pictures(PICTURES)
    expected, _ = context.undisturbed(source, VERB)
    faults, identical, codes, believed, broken = 0, 0, {}, 0, []
    for number in range(1, MOST, context.size(1, 4)):
        place = Place(context, f"failing-{calls.partition(',')[0]}-{error}-{number}", source=source)
        log = place.folder / "strace"
        wrapper = strace(place, calls, f"error={error}", number, path, log, ",rename,openat")
        ended = place.run(VERB, wrapper=wrapper, limit=120)
        traced = log.read_text(encoding="utf-8", errors="replace")
        if "(INJECTED)" not in traced:
            place.remove()
            break
        faults += traced.count("(INJECTED)")
        codes[ended.code] = codes.get(ended.code, 0) + 1
        whole = ended.summary is not None
        complaints = context.broken(place, ended, expected, [0, 1, 3, 4], complete=whole, recorded=False)
        if error == "EIO" and calls == "fsync":
            trusted = published_after_a_failed_fsync(traced)
            believed += len(trusted)
            complaints += [f"{file} was published although its fsync had failed" for file in trusted]
        complaints += resumed(context, place, expected)
        identical += not complaints
        broken += [f"{name}, call {number}: {complaint}" for complaint in complaints]
        place.remove()
    context.say(f"{name}: {faults} times, exits {codes}, {broken or 'held'}")
    figures = f"exits {', '.join(f'{code}: {codes[code]}' for code in sorted(codes))}; the next run identical {identical} of {sum(codes.values())}"
    if error == "EIO" and calls == "fsync":
        figures += f"; published after a failed fsync: {believed}"
    return table.Row(name, table.count(faults, "failure"), "rewritten or failed, never counted as done", figures, broken)


def published_after_a_failed_fsync(traced):
    """Files that were renamed after an fsync of theirs had failed, with nobody having opened them for writing anew."""
    failed, trusted = set(), []
    for line in traced.splitlines():
        fsync = re.search(r"fsync\(\d+<([^>]+)>.*INJECTED", line)
        if fsync:
            failed.add(fsync[1])
        opened = re.search(r'openat\([^"]*"([^"]+)", [A-Z_|]*(?:O_CREAT|O_TRUNC)', line)
        if opened:
            failed.discard(opened[1])
        renamed = re.search(r'rename\("([^"]+)"', line)
        if renamed and renamed[1] in failed:
            trusted.append(renamed[1])
    return trusted
