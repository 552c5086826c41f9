"""Pictures that kill, stop or hold up every worker that gets them, among good ones."""

import os
import random
import re
import shutil
import time
from pathlib import Path

import misbehaving
import promises
import table
from run import Place

VERB = ["resize", "--size", "320"]
# Long enough for a cold worker on a machine that has other things to do.
TIMEOUT = 8
KINDS = ["hang", "stop", "exit", "kill", "segv", "memory", "junk"]
# A picture is tried so often before it is put aside: killed by somebody else says little against it.
TRIES = {kind: 5 if kind == "kill" else 2 for kind in KINDS}


def campaign(context):
    rows = [killers(context)]
    if context.corpus:
        rows.append(corpus(context, Path(context.corpus)))
    else:
        rows.append(table.Row("odd and broken files", skipped="needs --corpus DIR"))
    return rows


def killers(context):
    good = context.size(500, 100)
    bad = context.size(50, 14)
    source = context.pictures(good)
    expected, undisturbed = context.undisturbed(source, VERB)
    environment = misbehaving.distribution(context)
    done, quarantined, overruns, seconds, broken = 0, 0, [], [], []
    for seed in context.seeds:
        chance = random.Random(seed)
        place = Place(context, f"bad-pictures-{seed}")
        shutil.copytree(source, place.source)
        folders = sorted(place.source.iterdir())
        donors = sorted(place.source.rglob("*.jpg"))
        kinds = [KINDS[i % len(KINDS)] for i in range(bad)]
        for i, kind in enumerate(kinds):
            shutil.copy(chance.choice(donors), chance.choice(folders) / f"{kind}-{i}.jpg")
        with place.start([*VERB, "--timeout", f"{TIMEOUT}s", "--worker-memory", "256m"], environment=environment) as run:
            ended = run.end()
        complaints = context.broken(place, ended, expected, [3])
        if ended.summary:
            done += ended["done"]
            quarantined += ended["quarantined"]
            if ended["done"] != good or ended["quarantined"] != bad:
                complaints.append(f"{ended['done']} of {good} good pictures done, {ended['quarantined']} of {bad} bad ones quarantined")
            tries = sum(TRIES[kind] for kind in kinds)
            if ended["workerDeaths"] > tries:
                complaints.append(f"{ended['workerDeaths']} workers died, at most {tries} should")
        late = late_ends(place, run.watch)
        overruns += late
        if late and max(late) > 1:
            complaints.append(f"a worker lived {max(late):.2f} s longer than its deadline")
        seconds.append(ended.seconds)
        broken += [f"seed {seed}: {complaint}" for complaint in complaints]
        context.say(f"bad pictures, seed {seed}: {ended.seconds:.0f} s, {complaints or 'held'}")
        place.remove()
    return table.Row(
        "pictures that hang, stop, exit, kill, crash, eat memory, send junk",
        f"{bad} among {table.count(good, 'good one')}, {table.count(len(seconds), 'run')}",
        f"exit 3, every good one done, every bad one quarantined, ended within 1 s of its deadline ({TIMEOUT} s; a worker's first picture has five times the worker's start more)",
        f"{done:,} good done, {quarantined} quarantined, longest overrun of a deadline {table.at_most(overruns)}, "
        f"longest run {table.at_most(seconds)} ({undisturbed:.0f} s undisturbed)",
        broken,
    )


def late_ends(place, watch):
    """By how many seconds workers that hung outlived their deadline."""
    late = []
    pids = {process.pid: process for process in watch.workers}
    begun_before = set()
    for log in (place.output / ".imgpipe").glob("worker-*.log"):
        for how, number, milliseconds in re.findall(r"chaos (\w+) (\d+) (\d+)", log.read_text(encoding="utf-8", errors="replace")):
            worker = pids.get(int(number))
            begun = int(milliseconds) / 1000
            if worker and how in ("hang", "stop"):
                extra = 0 if worker in begun_before else min(30, 5 * (begun - watch.first_seen[worker]))
                late.append(watch.last_seen[worker] - begun - TIMEOUT - extra)
            begun_before.add(worker)
    return late


def corpus(context, folder):
    """Files that others found to break decoders. Nothing says what is right for each: run twice, all come to the same."""
    place = Place(context, "corpus")
    number = 0
    for path, _, names in os.walk(folder):
        kind = Path(path).relative_to(folder).parts
        extension = next((part for part in kind if part in ("png", "jpeg", "gif", "webp", "tiff", "bmp")), None)
        for name in sorted(names):
            suffix = Path(name).suffix.lower().lstrip(".")
            target = place.source / Path(path).relative_to(folder) / (name if suffix or not extension else f"{name}.{extension}")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(Path(path) / name, target)
            number += 1
    begin = time.monotonic()
    verb = [*VERB, "--to", "png", "--all-files", "--timeout", "10s"]
    first = place.run(verb)
    sums = promises.checksums(place.output)
    complaints = context.broken(place, first, sums, [0, 3])
    second = place.run([*verb, "--overwrite", "always"])
    complaints += context.broken(place, second, sums, [0, 3])
    if first.summary and first["notStarted"]:
        complaints.append(f"{first['notStarted']} not started")
    context.say(f"corpus: {time.monotonic() - begin:.0f} s, {complaints or 'held'}")
    place.remove()
    figures = "no sums"
    if first.summary:
        figures = (
            f"{first['done']} done, {first['failed']} failed, {first['quarantined']} quarantined, {first['workerDeaths']} workers died, "
            f"largest worker {table.megabytes(first.worker_peak)}"
        )
    return table.Row(
        "odd and broken files", table.count(number, "file"), "each ends in a state, twice the same", figures, complaints
    )
