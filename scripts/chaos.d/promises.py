"""What has to hold after every run, whatever was done to it."""

import hashlib
import json
import os
import stat
from urllib.parse import unquote_to_bytes

import processes

STATES = ("done", "skipped", "failed", "quarantined", "notStarted")


def checksums(folder):
    """Relative name as bytes and SHA-256 of all files below a folder, but those of imgpipe itself."""
    sums = {}
    root = os.fsencode(folder)
    for path, folders, files in os.walk(root):
        if path == root and b".imgpipe" in folders:
            folders.remove(b".imgpipe")
        for name in files:
            file = os.path.join(path, name)
            with open(file, "rb") as content:
                sums[os.path.relpath(file, root)] = hashlib.file_digest(content, "sha256").hexdigest()
    return sums


def ledger_entries(file):
    """The last word on each source, state and outputs, and how many lines are none (one torn by a crash is allowed)."""
    entries = {}
    torn = 0
    if file.exists():
        for line in file.open("rb"):
            try:
                entry = json.loads(line)
                outputs = [(unquote_to_bytes(output["path"]), output["bytes"]) for output in entry.get("outputs", [])]
                entries[entry["name"]] = (entry["state"], outputs)
            except (ValueError, KeyError, TypeError):
                torn += 1 if line.strip() else 0
    return entries, torn


def broken(place, ended, expected, codes, complete=True, recorded=True):
    """Sentences on what did not hold; none if all did.

    expected: relative names and checksums of an undisturbed run; an output need not be there, but if it is, it is that
    codes: exit values that are right
    complete: whether the run ended by itself and thus has sums, and has taken everything away that it needed no more
    recorded: whether the ledger has every output: not so where a name was given and then could not be made to last
    """
    complaints = []
    if ended.hang:
        complaints.append(f"it hung; stacks in {ended.hang}")
    if ended.code not in codes:
        complaints.append(f"exit {ended.code} instead of {' or '.join(map(str, codes))}: {last_line(ended.error)}")
    if complete:
        complaints += wrong_sums(ended)
    there = checksums(place.output)
    complaints += wrong_files(there, expected)
    complaints += wrong_ledger(place, there, complete and recorded)
    complaints += litter(place, ended, complete)
    if complaints:
        place.context.kept = True
    return complaints


def wrong_sums(ended):
    if ended.summary is None:
        return ["no sums were printed"]
    if ended["found"] != sum(ended[state] for state in STATES):
        return ["the sums do not match: " + ", ".join(f"{state} {ended[state]}" for state in ("found", *STATES))]
    if ended["exitCode"] != ended.code:
        return [f"the summary says exit {ended['exitCode']}, but it was {ended.code}"]
    return []


def wrong_files(there, expected):
    complaints = []
    for name, checksum in there.items():
        if name not in expected:
            complaints.append(f"the file {os.fsdecode(name)!r} should not be there")
        elif checksum != expected[name]:
            complaints.append(f"{os.fsdecode(name)!r} is not what the undisturbed run made")
    return complaints


def wrong_ledger(place, there, all_recorded):
    complaints = []
    entries, torn = ledger_entries(place.ledger())
    known = set()
    for _, outputs in entries.values():
        for name, size in outputs:
            known.add(name)
            if name not in there:
                complaints.append(f"the ledger has {os.fsdecode(name)!r}, which is not there")
            elif os.path.getsize(os.path.join(os.fsencode(place.output), name)) != size:
                complaints.append(f"{os.fsdecode(name)!r} has not the size that the ledger says")
    if all_recorded:
        complaints += [f"{os.fsdecode(name)!r} is not in the ledger" for name in there if name not in known]
    if torn > 1:
        complaints.append(f"{torn} lines of the ledger are none")
    return complaints


def litter(place, ended, complete):
    complaints = []
    orphans = ended.survivors or processes.naming(os.fsencode(place.temporary))
    if orphans:
        complaints.append(f"still alive: {orphans}")
    # A coordinator that was killed leaves them to the next run.
    if complete:
        temporary = place.output / ".imgpipe" / "tmp"
        left = os.listdir(temporary) if temporary.is_dir() else []
        if left:
            complaints.append(f"left in .imgpipe/tmp: {left[:5]}")
        for path, _, files in os.walk(place.temporary):
            if path != str(place.temporary):
                complaints.append(f"left behind: {path}")
            complaints += [
                f"a pipe is left behind: {path}/{name}" for name in files if stat.S_ISFIFO(os.lstat(f"{path}/{name}").st_mode)
            ]
    return complaints


def last_line(text):
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "nothing on stderr"
