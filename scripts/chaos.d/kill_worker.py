"""Workers killed at random, as by the system when memory is short."""

import random
import signal
import time

import table
from run import Place

VERB = ["resize", "--size", "320"]


def campaign(context):
    number = context.size(2000, 200)
    source = context.pictures(number)
    return [by_progress(context, source, number), by_the_clock(context, source, number)]


def by_progress(context, source, number):
    kills = number // 10

    def injure(run, chance):
        marks = sorted(chance.randrange(number - kills // 4) for _ in range(kills))
        injected = 0
        while run.is_alive() and marks:
            if run.place.recorded() < marks[0]:
                time.sleep(0.005)
            elif kill_one(run, chance):
                injected += 1
                marks.pop(0)
                time.sleep(chance.uniform(0.02, 0.25))
        return injected

    return over_seeds(context, "worker killed at random", source, number, injure)


def by_the_clock(context, source, number):
    def injure(run, chance):
        injected = 0
        while run.is_alive():
            time.sleep(0.5)
            injected += kill_one(run, chance)
        return injected

    return over_seeds(context, "a worker killed every 0.5 s", source, number, injure)


def kill_one(run, chance):
    """Whether there was one to kill."""
    workers = run.workers()
    return bool(workers) and chance.choice(workers).signal(signal.SIGKILL)


def over_seeds(context, fault, source, number, injure):
    expected, _ = context.undisturbed(source, VERB)
    kills, deaths, identical, lost, seconds, broken = [], 0, 0, 0, [], []
    for seed in context.seeds:
        place = Place(context, f"kill-worker-{seed}", source=source)
        with place.start(VERB) as run:
            injected = injure(run, random.Random(seed))
            ended = run.end()
        complaints = context.broken(place, ended, expected, [0])
        if ended.summary is not None:
            lost += number - ended["done"]
            deaths += ended["workerDeaths"]
            if ended["done"] != number:
                complaints.append(f"{ended['done']} of {number} done")
        identical += not complaints
        kills.append(injected)
        seconds.append(ended.seconds)
        broken += [f"seed {seed}: {complaint}" for complaint in complaints]
        context.say(f"{fault}, seed {seed}: {injected} kills, {ended.seconds:.0f} s, {complaints or 'held'}")
        place.remove()
    return table.Row(
        fault,
        f"{table.count(sum(kills), 'kill')} in {len(kills)} runs of {table.count(number, 'picture')}",
        "nothing lost or quarantined, the bytes of the undisturbed run",
        f"{lost} lost, {identical} of {len(kills)} runs identical, {deaths} deaths noticed, longest run {table.at_most(seconds)}",
        broken,
    )
