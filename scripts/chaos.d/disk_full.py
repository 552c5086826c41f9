"""Outputs on a file system that is too small; it is made larger afterwards, and the same command goes on."""

import ctypes
import os
import subprocess

import table
from run import Place

VERB = ["resize", "--size", "320"]
CLONE_NEWNS = 0x00020000


def campaign(context):
    name = "disk full, inodes full"
    if not context.is_root():
        return [table.Row(name, skipped="needs root, to mount a tmpfs")]
    # What is mounted from here on is seen by this process and its children alone, and goes with them, however they end.
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS) != 0:
        return [table.Row(name, skipped=f"needs mounts of its own: {os.strerror(ctypes.get_errno())}")]
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    number = context.size(2000, 200)
    source = context.pictures(number)
    expected, _ = context.undisturbed(source, VERB)
    pages = sum(-(-size // 4096) for size in sizes(context, source))
    return [
        full(context, source, expected, "disk full", lambda part: f"size={int(pages * part) * 4096}"),
        full(context, source, expected, "inodes full", lambda part: f"nr_inodes={int(number * part)}"),
    ]


def sizes(context, source):
    place = Place(context, "sizes", source=source)
    place.run(VERB)
    found = [os.path.getsize(os.path.join(path, name)) for path, _, names in os.walk(place.output) for name in names]
    place.remove()
    return found


def full(context, source, expected, name, option):
    parts = [0.02, 0.2, 0.5, 0.9] if not context.quick else [0.02, 0.5]
    identical, torn, fours, seconds, broken = 0, 0, 0, [], []
    for part in parts:
        place = Place(context, f"full-{name.partition(' ')[0]}-{part}", source=source)
        place.output.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", option(part), "tmpfs", place.output], check=True)
        try:
            ended = place.run(VERB)
            complaints = context.broken(place, ended, expected, [4])
            torn += sum("not what the undisturbed" in complaint for complaint in complaints)
            fours += ended.code == 4
            seconds.append(ended.seconds)
            subprocess.run(["mount", "-o", f"remount,{option(3)}", place.output], check=True)
            ended = place.run(VERB)
            complaints += context.broken(place, ended, expected, [0])
            if ended.summary and ended["done"] + ended["skipped"] != len(expected):
                complaints.append(f"resumed: {ended['done']} done, {ended['skipped']} skipped of {len(expected)}")
        finally:
            subprocess.run(["umount", place.output], check=False)
        identical += not complaints
        broken += [f"{name} at {part:.0%}: {complaint}" for complaint in complaints]
        place.remove()
    context.say(f"{name}: {broken or 'held'}")
    return table.Row(
        name,
        f"{table.count(len(parts), 'tmpfs')[:-1]} with room for {', '.join(f'{part:.0%}' for part in parts)} of the outputs",
        "exit 4, no torn file; with more room the same command completes it",
        f"exit 4: {fours} of {len(parts)}, torn files {torn}, resumed runs identical {identical} of {len(parts)}, ended after {table.at_most(seconds)} at most",
        broken,
    )
