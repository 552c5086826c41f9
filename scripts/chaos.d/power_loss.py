"""A disk that loses its power: a program of its own, `power-loss`, as its rounds share little with other campaigns."""

import json
import subprocess

import table
from context import HERE


def campaign(context):
    return [on(context, file_system) for file_system in ("ext4", "xfs")]


def on(context, file_system):
    name = f"power loss, {file_system}"
    rounds = context.size(len(context.seeds) * 4, 2)
    pictures = context.size(400, 100)
    command = [HERE / "power-loss", "--fs", file_system, "--rounds", rounds, "--pictures", pictures, "--seed", context.seeds[0]]
    ended = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    try:
        figures = json.loads(ended.stdout)
    except ValueError:
        return table.Row(name, broken=[f"exit {ended.returncode}: {ended.stderr[-300:]}"])
    context.say(f"{name}: {figures}")
    if ended.returncode == 77:
        return table.Row(name, skipped=figures["skipped"])
    return table.Row(
        name,
        f"{rounds} rounds over {table.count(figures['pictures'], 'picture')}, {figures['cutInTheMiddle']} in the middle of a run",
        "what the ledger calls done is there and whole; a control run without fsync must lose something",
        f"{figures['calledDone']} called done, {figures['doneButLostOrTorn']} lost or torn, {figures['tornUnderFinalNames']} torn under final names, "
        f"resumed runs identical {figures['resumedIdentical']} of {figures['rounds']}; without fsync {figures['controlLostOrTorn']} lost or torn",
        [] if ended.returncode == 0 else [f"exit {ended.returncode}: {ended.stdout.strip()}"],
    )
