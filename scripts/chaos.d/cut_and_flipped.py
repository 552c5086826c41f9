"""Files of every format, cut short and with bits flipped."""

import random

import promises
import table
from context import HERE
from pictures import draw_png
from run import Place

VERB = ["convert", "--to", "png"]
SAMPLES = HERE.parents[1] / "samples"
# What imgpipe makes of a drawn picture, and files of formats that it only reads.
MADE = {
    "baseline.jpg": ["jpeg"],
    "progressive.jpg": ["jpeg", "progressive"],
    "plain.png": ["png"],
    "interlaced.png": ["png", "progressive"],
    "palette.png": ["png", "colors=64"],
    "lossy.webp": ["webp"],
    "lossless.webp": ["webp", "lossless"],
    "still.gif": ["gif"],
    "plain.tif": ["tiff"],
    "plain.bmp": ["bmp"],
    "lossy.avif": ["avif"],
}
READ = ["other formats/balloon.tga", "other formats/coast.psd", "other formats/lake-tiled.tif", "graphics/flight.gif"]


def campaign(context):
    wholes = make(context)
    return [cut(context, wholes), flipped(context, wholes)]


def make(context):
    """Name and content of a whole file of each format."""
    place = Place(context, "whole")
    place.source.mkdir()
    wholes = {}
    for name, words in MADE.items():
        (place.source / "drawn.png").write_bytes(draw_png(157, 101, 7))
        place.output = place.folder / name
        ended = place.run(["run", " ".join(words)])
        if ended.code == 0:
            wholes[name] = next(place.output.glob("drawn.*")).read_bytes()
        else:
            context.say(f"{name} is not written here: {promises.last_line(ended.error)}")
    for name in READ:
        wholes[name.rpartition("/")[2]] = (SAMPLES / name).read_bytes()
    place.remove()
    return wholes


def cut(context, wholes):
    place = Place(context, "cut")
    names = {}
    for whole, content in wholes.items():
        stem, _, extension = whole.partition(".")
        folder = place.source / f"{stem}-{extension}"
        folder.mkdir(parents=True)
        (folder / f"whole.{extension}").write_bytes(content)
        for percent in range(1, 100, context.size(1, 7)):
            (folder / f"cut-{percent}.{extension}").write_bytes(content[: len(content) * percent // 100])
            names[f"{folder.name}/cut-{percent}.png".encode()] = f"{folder.name}/whole.png".encode()
    ended = place.run(VERB)
    there = promises.checksums(place.output)
    missing = [name for name in set(names.values()) if name not in there]
    expected = {name: there.get(whole, "") for name, whole in names.items()} | {name: there[name] for name in there if name not in names}
    complaints = context.broken(place, ended, expected, [3]) + [f"{name.decode()} was not done" for name in missing]
    complaints += harmed(ended)
    done = [name for name in names if name in there]
    wrong = [name for name in done if there[name] != expected[name]]
    context.say(f"cut: {complaints or 'held'}")
    place.remove()
    return table.Row(
        "cut files",
        f"{table.count(len(names), 'file')} of {len(wholes)} kinds, cut at 1 to 99 %",
        "fails, or comes out as the whole file does",
        f"{len(names) - len(done)} failed, {len(done) - len(wrong)} came out whole, {len(wrong)} damaged and not said; no worker died"
        if not harmed(ended)
        else "workers died",
        complaints,
    )


def flipped(context, wholes):
    done, failed, broken, number = 0, 0, [], 0
    for seed in context.seeds:
        chance = random.Random(seed)
        place = Place(context, f"flipped-{seed}")
        for whole, content in wholes.items():
            stem, _, extension = whole.partition(".")
            folder = place.source / f"{stem}-{extension}"
            folder.mkdir(parents=True)
            for i in range(context.size(100, 15)):
                damaged = bytearray(content)
                # In half of them near the begin, where the structure is.
                reach = len(damaged) if i % 2 else min(len(damaged), 300)
                for _ in range(chance.choice([1, 1, 3, 10])):
                    damaged[chance.randrange(reach)] ^= 1 << chance.randrange(8)
                (folder / f"{i}.{extension}").write_bytes(damaged)
                number += 1
        ended = place.run(VERB)
        there = promises.checksums(place.output)
        complaints = context.broken(place, ended, there, [0, 3]) + harmed(ended)
        if ended.summary:
            done += ended["done"]
            failed += ended["failed"]
        broken += [f"seed {seed}: {complaint}" for complaint in complaints]
        context.say(f"flipped, seed {seed}: {complaints or 'held'}")
        place.remove()
    return table.Row(
        "files with bits flipped",
        f"{table.count(number, 'file')} of {len(wholes)} kinds",
        "each is done or failed; no worker dies, none needs its deadline",
        f"{done} done, {failed} failed, {'no' if not broken else 'a'} worker died",
        broken,
    )


def harmed(ended):
    if ended.summary is None:
        return ["no sums"]
    slow = [failure["source"] for failure in ended["failures"] if failure["kind"] in ("TIMEOUT", "CRASH", "INTERNAL", "MEMORY")]
    complaints = [f"{ended['workerDeaths']} workers died"] if ended["workerDeaths"] else []
    return complaints + ([f"not simply failed: {slow[:5]}"] if slow else [])
