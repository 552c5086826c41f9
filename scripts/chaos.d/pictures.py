"""Pictures drawn without any library: PNG needs zlib alone. imgpipe then makes other formats of them."""

import math
import os
import random
import shutil
import struct
import zlib


def png_chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_header(width, height, color, depth=8):
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0))


def draw_png(width, height, seed):
    """Waves of color with a patch of noise, different for every seed."""
    chance = random.Random(seed)
    waves = []
    for _ in range(3):
        length = chance.uniform(60, 600)
        phase = chance.uniform(0, 7)
        wave = bytes(int(128 + 127 * math.sin(phase + x * 2 * math.pi / length)) for x in range(2 * width + height))
        waves.append((wave, chance.randint(0, width)))
    side = min(width, height) // 3
    left, top = chance.randint(0, width - side), chance.randint(0, height - side)
    rows = bytearray()
    row = bytearray(3 * width)
    for y in range(height):
        for channel, (wave, shift) in enumerate(waves):
            begin = y if channel != 1 else shift
            row[channel::3] = wave[begin : begin + width]
        if top <= y < top + side:
            row[3 * left : 3 * (left + side)] = chance.randbytes(3 * side)
        rows += b"\0" + row
    return png_header(width, height, 2) + png_chunk(b"IDAT", zlib.compress(bytes(rows), 1)) + png_chunk(b"IEND", b"")


def picture_set(context, number, width=640, height=480):
    """A folder with so many different pictures: nine of ten JPEG, the others PNG. Made once and kept in the cache."""
    folder = context.cache / f"{number}-{width}x{height}"
    if folder.is_dir():
        return folder
    context.say(f"drawing {number} pictures of {width}x{height}, once")
    new = context.cache / f"new-{os.getpid()}"
    shutil.rmtree(new, ignore_errors=True)
    drawn = new / "drawn"
    for i in range(number):
        file = drawn / f"{i // 100:02}" / f"{i:05}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(draw_png(width, height, i))
    context.imgpipe("convert", "--to", "jpeg", "--quality", "90", "--quiet", str(drawn), str(new / "in"))
    shutil.rmtree(new / "in" / ".imgpipe")
    for i in range(0, number, 10):
        name = f"{i // 100:02}/{i:05}"
        (new / "in" / f"{name}.jpg").unlink()
        shutil.move(drawn / f"{name}.png", new / "in" / f"{name}.png")
    os.rename(new / "in", folder)
    shutil.rmtree(new)
    return folder
