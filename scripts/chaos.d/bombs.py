"""Small files that ask for a lot: all are to be refused by their headers, before memory or time is spent on them."""

import shutil
import struct
import zlib

import promises
import table
from pictures import png_chunk, png_header
from run import Place

VERB = ["resize", "--size", "100"]
GOOD = 20
# One plane of the large PNG would be as large, kB.
TOO_MUCH = 390_000
MODEST = 256


def campaign(context):
    place = Place(context, "bombs")
    shutil.copytree(context.pictures(GOOD), place.source)
    expected, _ = context.undisturbed(place.source, VERB)
    harmless = lay(place.source / "bombs")
    number = sum(1 for _ in (place.source / "bombs").iterdir())
    rows = []
    for name, options, verb in [
        ("bombs", "", []),
        (f"bombs, coordinator and workers at -Xmx{MODEST}m", f"-Xmx{MODEST}m", ["--worker-memory", f"{MODEST}m", "--metadata", "all"]),
    ]:
        place.output = place.folder / f"out{len(rows)}"
        ended = place.run([*VERB, *verb], options=options)
        rows.append(judged(context, place, ended, expected, name, number, harmless))
        context.say(f"{name}: {rows[-1].broken or 'held'}")
    place.remove()
    return rows


def judged(context, place, ended, expected, name, number, harmless):
    there = promises.checksums(place.output)
    allowed = expected | {name: there[name] for name in harmless if name in there}
    complaints = context.broken(place, ended, allowed, [3])
    kinds = {}
    if ended.summary:
        for failure in ended["failures"]:
            kinds[failure["kind"]] = kinds.get(failure["kind"], 0) + 1
            if failure["kind"] not in ("LIMIT", "TRUNCATED", "CORRUPT", "UNSUPPORTED"):
                complaints.append(f"{failure['source']} is not refused but {failure['kind']}: {failure['message']}")
        if ended["workerDeaths"]:
            complaints.append(f"{ended['workerDeaths']} workers died")
        if ended["done"] < GOOD:
            complaints.append(f"{ended['done']} of {GOOD} good pictures done")
    for who, peak in (("coordinator", ended.coordinator_peak), ("worker", ended.worker_peak)):
        if peak > TOO_MUCH:
            complaints.append(f"a {who} took {table.megabytes(peak)}")
    return table.Row(
        name,
        f"{table.count(number, 'bomb')} among {GOOD} good ones",
        "refused from the header, good ones done, no worker dies",
        f"refused {sum(kinds.values())} ({', '.join(f'{kind} {kinds[kind]}' for kind in sorted(kinds))}), "
        f"done without what is large in them {len(allowed) - len(expected)}; largest coordinator {table.megabytes(ended.coordinator_peak)}, "
        f"largest worker {table.megabytes(ended.worker_peak)}; {ended.seconds:.1f} s",
        complaints,
    )


def lay(folder):
    """Makes the bombs; the relative names of those that may also be done, as what is large in them need not be read."""
    folder.mkdir()
    (folder / "large-png.png").write_bytes(zeros_png(20_000, 20_000))
    (folder / "large-jpg.jpg").write_bytes(jpeg_start(65_500, 65_500, b"\xc0") + jpeg_scan(0, 0, b"\0" * 100) + b"\xff\xd9")
    (folder / "scans.jpg").write_bytes(many_scans(10_000))
    (folder / "frames.gif").write_bytes(many_frames(100_000))
    (folder / "large-gif.gif").write_bytes(gif_start(65_535, 65_535) + gif_frame(65_535, 65_535) + b";")
    (folder / "large-bmp.bmp").write_bytes(b"BM" + struct.pack("<IHHIIiiHHIIiiII", 154, 0, 0, 54, 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(100))
    (folder / "large-tif.tif").write_bytes(tiff(60_000, 60_000))
    (folder / "large-psd.psd").write_bytes(b"8BPS" + struct.pack(">H6xHIIHHIIIH", 1, 3, 30_000, 30_000, 8, 3, 0, 0, 0, 0) + bytes(100))
    (folder / "large-tga.tga").write_bytes(struct.pack("<BBB5xHHHHBB", 0, 0, 2, 0, 0, 65_535, 65_535, 24, 0) + bytes(100))
    (folder / "large-webp.webp").write_bytes(webp_header(16_383, 16_383))
    text = png_chunk(b"zTXt", b"Comment\0\0" + zeros(400 << 20))
    profile = png_chunk(b"iCCP", b"icc\0\0" + zeros(400 << 20))
    (folder / "text.png").write_bytes(zeros_png(64, 64, text))
    (folder / "profile.png").write_bytes(zeros_png(64, 64, profile))
    return [b"bombs/text.png", b"bombs/profile.png"]


def zeros(number):
    """So many zero bytes, deflated."""
    deflate = zlib.compressobj(9)
    block = bytes(1 << 20)
    parts = [deflate.compress(block) for _ in range(number >> 20)]
    parts += [deflate.compress(bytes(number & (1 << 20) - 1)), deflate.flush()]
    return b"".join(parts)


def zeros_png(width, height, chunk=b""):
    rows = zeros((3 * width + 1) * height)
    return png_header(width, height, 2) + chunk + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")


def jpeg_start(width, height, frame):
    """A grey JPEG up to its first scan, with a Huffman table of each kind that has the code 0 for the value 0 alone."""
    quantization = b"\xff\xdb" + struct.pack(">HB", 67, 0) + b"\1" * 64
    header = b"\xff" + frame + struct.pack(">HBHHBBBB", 11, 8, height, width, 1, 1, 0x11, 0)
    tables = b"".join(b"\xff\xc4" + struct.pack(">HB", 20, kind) + b"\1" + bytes(15) + b"\0" for kind in (0x00, 0x10))
    return b"\xff\xd8" + quantization + header + tables


def jpeg_scan(first, last, data):
    return b"\xff\xda" + struct.pack(">HBBBBBB", 8, 1, 1, 0, first, last, 0) + data


def many_scans(number):
    # 64 blocks, one bit each: no difference, end of block.
    return jpeg_start(64, 64, b"\xc2") + jpeg_scan(0, 0, bytes(8)) + jpeg_scan(1, 63, bytes(8)) * number + b"\xff\xd9"


def gif_start(width, height):
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)


def gif_frame(width, height):
    # Clear, one pixel, end; codes of 3 bits.
    return b"!\xf9\4\0\1\0\0\0," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\2\2\x44\1\0"


def many_frames(number):
    return gif_start(1, 1) + gif_frame(1, 1) * number + b";"


def tiff(width, height):
    entries = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 200), (277, 3, 1), (278, 4, height), (279, 4, 100)]
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\0" + struct.pack("<I", 8) + directory + bytes(4 + 300 - len(directory))


def webp_header(width, height):
    lossless = b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14) + bytes(50)
    body = b"WEBPVP8L" + struct.pack("<I", len(lossless)) + lossless + b"\0" * (len(lossless) & 1)
    return b"RIFF" + struct.pack("<I", len(body)) + body
