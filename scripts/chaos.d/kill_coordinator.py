"""The coordinator killed at random, again and again until a run comes to its end."""

import random
import signal
import time

import processes
import table
from run import Place

VERB = ["resize", "--size", "320"]
MOST_KILLS = 60


def campaign(context):
    number = context.size(2000, 400)
    source = context.pictures(number)
    expected, _ = context.undisturbed(source, VERB)
    kills, ends, identical, broken = 0, [], 0, []
    for seed in context.seeds:
        chance = random.Random(seed)
        place = Place(context, f"kill-coordinator-{seed}", source=source)
        complaints = []
        killed = 0
        while killed < MOST_KILLS:
            with place.start(VERB) as run:
                wait_at_random(run, chance, number)
                run.watch.look()
                if not run.signal(signal.SIGKILL):
                    break
                killed += 1
                gone = workers_gone(run)
                ends.append(gone)
                ended = run.end()
            complaints += context.broken(place, ended, expected, [137], complete=False)
            if gone > 2:
                complaints.append(f"workers outlived the coordinator by {gone:.1f} s")
        ended = place.run(VERB)
        complaints += context.broken(place, ended, expected, [0])
        there = ended.summary and ended["done"] + ended["skipped"]
        if there != number:
            complaints.append(f"{there} of {number} done")
        identical += not complaints
        kills += killed
        broken += [f"seed {seed}: {complaint}" for complaint in complaints]
        context.say(f"coordinator killed, seed {seed}: {killed} times, {complaints or 'held'}")
        place.remove()
    return [
        table.Row(
            "coordinator killed at random",
            f"{table.count(kills, 'kill')} in {len(context.seeds)} chains of runs over {table.count(number, 'picture')}",
            "workers gone within 2 s; the last run ends with the bytes of the undisturbed one",
            f"resumed runs identical {identical} of {len(context.seeds)}, workers gone after {table.at_most(ends)} at most",
            broken,
        )
    ]


def wait_at_random(run, chance, number):
    """Now and then during the start, else until some pictures more are recorded, and a little."""
    if chance.random() < 0.25:
        time.sleep(chance.uniform(0, 1))
    else:
        run.wait_for_progress(run.place.recorded() + chance.randrange(1, number // 6))
        time.sleep(chance.uniform(0, 0.05))


def workers_gone(run, limit=10):
    """Seconds from now until no descendant is left, at most the limit."""
    gone = processes.wait_until(lambda: not run.watch.survivors(), limit)
    return limit if gone is None else gone
