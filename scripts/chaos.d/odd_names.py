"""Names that trip programs up, in locales that cannot say them."""

import os

import promises
import table
from pictures import draw_png
from run import Place

VERB = ["resize", "--size", "20"]
NAMES = [
    b"new\nline.png",
    b"tab\there.png",
    b"-lead.png",
    b"--help.png",
    b"0" * 247 + b".png",
    "ü".encode() * 123 + b"0.png",
    b"bytes\xff\xfe.png",
    "composed-é.png".encode(),
    "composed-e\u0301.png".encode(),
    "ü中🌊.png".encode(),
    b"a.PNG",
    b"a.png",
    b"%41.png",
    b"back\\slash.png",
    b"$(id) `id` *?.png",
    b"q\"uo'te.png",
    b" blank .png",
    b"{stem}|x.png",
    b"folder\xff\n /x.png",
]
LOCALES = [
    ("env -i", {"clean": True}),
    ("LC_ALL=C", {"environment": {"LC_ALL": "C"}}),
    ("LC_ALL=C.UTF-8", {"environment": {"LC_ALL": "C.UTF-8"}}),
]


def campaign(context):
    place = Place(context, "odd-names")
    for number, name in enumerate(NAMES):
        file = os.path.join(os.fsencode(place.source), name)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "wb") as picture:
            picture.write(draw_png(60, 40, number))
    complaints = []
    first = None
    faithful = 0
    for number, (locale, how) in enumerate(LOCALES):
        place.output = place.folder / f"out{number}"
        ended = place.run(VERB, **how)
        there = promises.checksums(place.output)
        first = first or there
        found = context.broken(place, ended, first, [0])
        found += [f"no output for {os.fsdecode(name)!r}" for name in NAMES if name not in there]
        faithful += sum(name in there for name in NAMES)
        # Whoever reads the ledger in another locale finds the same names in it.
        again = place.run(VERB, **LOCALES[number - 1][1])
        found += context.broken(place, again, first, [0])
        if again.summary and again["skipped"] != len(NAMES):
            found.append(f"{again['skipped']} of {len(NAMES)} were up to date in another locale")
        complaints += [f"{locale}: {complaint}" for complaint in found]
    context.say(f"odd names: {complaints or 'held'}")
    place.remove()
    return [
        table.Row(
            "odd names and locales",
            f"{len(NAMES)} names under {', '.join(locale for locale, _ in LOCALES)}",
            "each done, its name the same bytes, the same in all locales, up to date in another one",
            f"{faithful} of {len(NAMES) * len(LOCALES)} names faithful",
            complaints,
        )
    ]
