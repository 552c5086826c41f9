"""Workers that are stopped, pipes that vanish, and what others write into them."""

import os
import random
import signal
import stat
import time

import processes
import table
from run import Place

VERB = ["resize", "--size", "320"]
TIMEOUT = 8


def campaign(context):
    number = context.size(500, 100)
    source = context.pictures(number)
    expected, _ = context.undisturbed(source, VERB)
    return [
        stopped(context, source, expected),
        piped(context, source, expected, "a worker's pipes vanish before it opens them", os.unlink),
        piped(context, source, expected, "junk from elsewhere in a worker's pipe", write_junk),
        never_piped(context, source, expected),
    ]


def stopped(context, source, expected):
    """SIGSTOP to a worker, which neither answers nor ends then."""
    stops, overruns, broken = 0, [], []
    for seed in context.seeds:
        chance = random.Random(seed)
        place = Place(context, f"stopped-{seed}", source=source)
        with place.start([*VERB, "--timeout", f"{TIMEOUT}s"]) as run:
            for _ in range(2):
                run.wait_for_progress(place.recorded() + chance.randrange(1, 20))
                workers = run.workers()
                if workers:
                    # A new one has more time for its first picture.
                    worker = min(workers, key=lambda worker: worker.started)
                    stops += worker.signal(signal.SIGSTOP)
                    gone = processes.wait_until(lambda worker=worker: not worker.is_alive(), 60)
                    overruns.append((60 if gone is None else gone) - TIMEOUT)
            ended = run.end()
        complaints = context.broken(place, ended, expected, [0])
        broken += [f"stopped, seed {seed}: {complaint}" for complaint in complaints]
        place.remove()
    if overruns and max(overruns) > 1:
        broken.append(f"a stopped worker outlived its deadline by {max(overruns):.2f} s")
    context.say(f"stopped workers: {stops}, {broken or 'held'}")
    return table.Row(
        "SIGSTOPped worker",
        table.count(stops, "stop"),
        f"killed at its deadline ({TIMEOUT} s) + 1 s at most, the picture done by another",
        f"longest overrun of a deadline {max(max(overruns, default=0), 0):.2f} s, runs identical {len(context.seeds) - bool(broken)} of {len(context.seeds)}",
        broken,
    )


def pipes(place):
    """The pipes that lie there now."""
    found = []
    for path, _, names in os.walk(place.temporary):
        for name in names:
            file = os.path.join(path, name)
            try:
                if stat.S_ISFIFO(os.lstat(file).st_mode):
                    found.append(file)
            except FileNotFoundError:
                pass
    return found


def write_junk(pipe):
    """Only events have a reader that is waiting; it is there once the worker has come."""
    if "events" in os.path.basename(pipe):
        junk = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        os.write(junk, b"# A fatal error has been detected\n")
        os.close(junk)


def piped(context, source, expected, name, harm):
    """Harms the pipes of the first two workers that are seen."""
    harmed, noticed, broken = 0, [], []
    for seed in context.seeds:
        place = Place(context, f"pipes-{seed}", source=source)
        with place.start([*VERB, "--workers", "2", "--verbose"]) as run:
            victims = set()
            begin = time.monotonic()
            while run.is_alive() and len(victims) < 2 and time.monotonic() - begin < 30:
                for pipe in pipes(place):
                    if pipe not in victims and len(victims) < 2 and "events" in pipe:
                        try:
                            harm(pipe)
                            victims.add(pipe)
                        except OSError:
                            # Not open yet, or gone already.
                            pass
            harmed += len(victims)
            begin = time.monotonic()
            run.wait_for_progress(1, 30)
            noticed.append(time.monotonic() - begin)
            ended = run.end()
        complaints = context.broken(place, ended, expected, [0])
        if victims and ended.summary and not ended["workerDeaths"]:
            complaints.append("no death of a worker was told")
        broken += [f"{name}, seed {seed}: {complaint}" for complaint in complaints]
        if not broken:
            place.remove()
    context.say(f"{name}: {harmed}, {broken or 'held'}")
    return table.Row(
        name,
        table.count(harmed, "pipe"),
        "told, another worker takes its place within 10 s, all done",
        f"first pictures after {table.at_most(noticed)} at most",
        broken + ([f"it took {max(noticed):.1f} s"] if noticed and max(noticed) > 10 else []),
    )


def never_piped(context, source, expected):
    """Every pipe vanishes: no worker ever gets to work, and the run has to say so."""
    place = Place(context, "never-piped", source=source)
    with place.start([*VERB, "--workers", "1"]) as run:
        harmed = 0
        begin = time.monotonic()
        while run.is_alive() and time.monotonic() - begin < 120:
            for pipe in pipes(place):
                try:
                    os.unlink(pipe)
                    harmed += 1
                except FileNotFoundError:
                    pass
            time.sleep(0.001)
        ended = run.end(1)
    stopped_after = ended.seconds
    complaints = context.broken(place, ended, expected, [4])
    if "worker" not in ended.error:
        complaints.append("the error does not name the worker")
    ended = place.run(VERB)
    complaints += context.broken(place, ended, expected, [0])
    context.say(f"no pipe at all: {complaints or 'held'}")
    place.remove()
    return table.Row(
        "every pipe vanishes",
        table.count(harmed, "pipe"),
        "exit 4 with a named error, resumable",
        f"ended after {stopped_after:.1f} s",
        complaints,
    )
