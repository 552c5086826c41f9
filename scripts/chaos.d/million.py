"""One million files with a small coordinator."""

import os

import promises
import table
from pictures import draw_png
from run import Place

VERB = ["resize", "--size", "16"]
DISTINCT = 40
HEAP = "-Xmx256m"
# A million take minutes, s.
LIMIT = 7200


def campaign(context):
    number = context.size(1_000_000, 10_000)
    small = Place(context, "million-small")
    small.source.mkdir()
    for i in range(DISTINCT):
        (small.source / f"{i}.png").write_bytes(draw_png(24, 18, i))
    expected, _ = context.undisturbed(small.source, VERB)
    place = Place(context, "million")
    names = {}
    for i in range(number):
        folder = f"{i // 1000:04}"
        if i % 1000 == 0:
            (place.source / folder).mkdir(parents=True)
        os.link(small.source / f"{i % DISTINCT}.png", place.source / folder / f"{i}.png")
        names[f"{folder}/{i}.png".encode()] = expected[f"{i % DISTINCT}.png".encode()]
    first = place.run(VERB, options=HEAP, limit=LIMIT)
    complaints = promises.broken(place, first, names, [0])
    again = place.run(VERB, options=HEAP, limit=LIMIT)
    if first.summary and first["done"] != number:
        complaints.append(f"{first['done']} of {number} done")
    if not again.summary or again["skipped"] != number:
        complaints.append("the next run did something again")
    context.say(f"million: {complaints or 'held'}")
    small.remove()
    place.remove()
    return [
        table.Row(
            f"{number:,} files, coordinator at {HEAP}",
            f"{table.count(number, 'file')}, {number // 1000:,} folders",
            "all done; the next run finds all up to date",
            f"{first.seconds:.0f} s, {number / first.seconds:,.0f} files a second; up to date: {again.seconds:.1f} s, "
            f"{number / again.seconds:,.0f} files a second; largest coordinator "
            f"{table.megabytes(max(first.coordinator_peak, again.coordinator_peak))}",
            complaints,
        )
    ]
