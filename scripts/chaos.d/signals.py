"""SIGTERM and SIGINT at random times."""

import random
import signal
import time

import table
from kill_coordinator import wait_at_random
from run import Place

VERB = ["resize", "--size", "320"]


def campaign(context):
    number = context.size(2000, 400)
    source = context.pictures(number)
    expected, _ = context.undisturbed(source, VERB)
    return [
        stopped(context, source, expected, "TERM and INT", one, 5),
        stopped(context, source, expected, "TERM, and TERM again", twice, 1),
        stopped(context, source, expected, "TERM or INT to the process group", group, 5),
        workers_told(context, source, expected),
    ]


def one(run, number, _):
    return run.signal(number)


def twice(run, number, chance):
    sent = run.signal(number)
    time.sleep(chance.uniform(0.01, 0.3))
    run.signal(number)
    return sent


def group(run, number, _):
    if run.is_alive():
        run.signal_group(number)
        return True
    return False


def stopped(context, source, expected, name, send, limit):
    """limit: within how many seconds the run has to end."""
    times = context.size(6, 2)
    sent, seconds, identical, broken = 0, [], 0, []
    for seed in context.seeds:
        chance = random.Random(seed)
        place = Place(context, f"signal-{send.__name__}-{seed}", source=source)
        complaints = []
        for _ in range(times):
            number = chance.choice([signal.SIGTERM, signal.SIGINT])
            with place.start(VERB) as run:
                wait_at_random(run, chance, len(expected))
                begin = time.monotonic()
                if not send(run, number, chance):
                    break
                ended = run.end()
            took = time.monotonic() - begin
            if ended.code == 0:
                break
            sent += 1
            seconds.append(took)
            # Before the JVM has begun, and at a second signal, nobody prints sums.
            complete = ended.summary is not None
            if not complete and send is not twice and place.ledger().exists() and place.runs == 1:
                complaints.append(f"no sums after {signal.Signals(number).name}")
            complaints += context.broken(place, ended, expected, [128 + number], complete=complete)
            if took > limit:
                complaints.append(f"it took {took:.1f} s to end")
        ended = place.run(VERB)
        complaints += context.broken(place, ended, expected, [0])
        if ended.summary and ended["done"] + ended["skipped"] != len(expected):
            complaints.append("resumed: not all are done")
        identical += not complaints
        broken += [f"{name}, seed {seed}: {complaint}" for complaint in complaints]
        place.remove()
    context.say(f"{name}: {sent} signals, {broken or 'held'}")
    return table.Row(
        name,
        table.count(sent, "stopped run"),
        f"exit 143 or 130 within {limit} s, sums match, nothing left over, resumable",
        f"ended after {table.at_most(seconds)} at most, resumed chains identical {identical} of {len(context.seeds)}",
        broken,
    )


def workers_told(context, source, expected):
    sent, broken = 0, []
    for seed in context.seeds:
        chance = random.Random(seed)
        place = Place(context, f"signal-workers-{seed}", source=source)
        with place.start(VERB) as run:
            run.wait_for_workers()
            while run.is_alive():
                for worker in run.workers():
                    sent += worker.signal(chance.choice([signal.SIGTERM, signal.SIGINT, signal.SIGHUP]))
                time.sleep(chance.uniform(0.05, 0.3))
            ended = run.end()
        complaints = context.broken(place, ended, expected, [0])
        if ended.summary and ended["workerDeaths"]:
            complaints.append(f"{ended['workerDeaths']} workers died")
        broken += [f"workers told, seed {seed}: {complaint}" for complaint in complaints]
        place.remove()
    context.say(f"workers told to end: {sent} signals, {broken or 'held'}")
    return table.Row(
        "TERM, INT and HUP to the workers",
        table.count(sent, "signal"),
        "workers heed none: only the coordinator ends them",
        f"{len(context.seeds)} runs, {'no' if not broken else 'some'} effect",
        broken,
    )
