#!/usr/bin/env python3
"""Makes the pictures of this folder and, beside each, what other programs see in it.

Needs Pillow 9.4 with LittleCMS, NumPy, Debian's libvips-tools 8.14, ImageMagick 6.9 and
libimage-exiftool-perl 12.57, and libturbojpeg for the one kind of JPEG that none of them writes. The profiles are made here, so that
nobody's licence applies.

    ./make-pictures.py          # in this folder
"""
import ctypes
import ctypes.util
import glob
import io
import os
import struct
import subprocess
import zlib

import numpy as np
from PIL import Image, ImageCms

W, H = 24, 18

# --- profiles (ICC.1:2001-04) -----------------------------------------------------------------


def tag(kind, data):
    return kind.encode() + bytes(4) + data


def fixed(*values):
    return b"".join(struct.pack(">i", round(v * 65536)) for v in values)


def xyz(*values):
    return tag("XYZ ", fixed(*values))


def gamma(value):
    return tag("curv", struct.pack(">IH", 1, round(value * 256)))


def srgb_curve():
    levels = [i / 255 for i in range(256)]
    light = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in levels]
    return tag("curv", struct.pack(">I256H", 256, *(round(65535 * v) for v in light)))


def described(text):
    ascii_text = text.encode() + b"\0"
    return tag("desc", struct.pack(">I", len(ascii_text)) + ascii_text + bytes(78))


def profile(kind, space, connection, name, tags):
    all_tags = [("desc", described(name)), ("cprt", tag("text", b"CC0\0"))]
    all_tags += [("wtpt", xyz(0.9642, 1, 0.8249))] + list(tags.items())
    at = 132 + 12 * len(all_tags)
    table, body, known = b"", b"", {}
    for key, data in all_tags:
        data += bytes(-len(data) % 4)
        if data not in known:
            known[data] = at + len(body)
            body += data
        table += key.encode() + struct.pack(">II", known[data], len(data))
    head = struct.pack(">I4xI", at + len(body), 0x02100000)
    head += (kind + space + connection).encode() + struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    head += b"acsp" + bytes(28) + fixed(0.9642, 1, 0.8249) + bytes(48)
    return head + struct.pack(">I", len(all_tags)) + table + body


def rgb_profile(name, colorants, curve):
    tags = {c + "XYZ": xyz(*v) for c, v in zip("rgb", colorants)}
    tags.update({c + "TRC": curve for c in "rgb"})
    return profile("mntr", "RGB ", "XYZ ", name, tags)


SRGB_COLORANTS = [(0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410)]
ADOBE = rgb_profile(
    "Adobe-like",
    [(0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)],
    gamma(563 / 256))
P3 = rgb_profile(
    "P3-like",
    [(0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)],
    srgb_curve())
RED_IS_BLUE = rgb_profile("red is blue", SRGB_COLORANTS[::-1], srgb_curve())
PINK = rgb_profile(
    "grey is pink", [(0.55, 0.28, 0.02), (0.30, 0.62, 0.10), (0.1142, 0.10, 0.7049)], srgb_curve())
GREY = profile("mntr", "GRAY", "XYZ ", "grey 1.8", {"kTRC": gamma(1.8)})


def lab_of(linear):
    """Linear sRGB to L*a*b* with D50."""
    white = np.array([0.9642, 1, 0.8249])
    ratio = np.asarray(linear) @ np.array(SRGB_COLORANTS) / white
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.stack(
        [116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


def ink_profile():
    """CMYK by a table of 4^4 colors: light through inks with side absorptions."""
    through = np.array([[.10, .35, .80], [.75, .12, .25], [.85, .80, .08], [.05, .05, .05]])
    grid = np.stack(np.meshgrid(*[np.arange(4) / 3] * 4, indexing="ij"), -1).reshape(-1, 4)
    light = np.prod(1 - grid[:, :, None] * (1 - through[None] ** 1.2), axis=1)
    lab = lab_of(light)
    table = np.column_stack([lab[:, 0] * 2.55, lab[:, 1] + 128, lab[:, 2] + 128])
    table = np.clip(np.round(table), 0, 255).astype(np.uint8).tobytes()
    ramp = bytes(range(256))
    lut = tag("mft1", bytes([4, 3, 4, 0]) + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + ramp * 4 + table + ramp * 3)
    return profile("prtr", "CMYK", "Lab ", "inks", {"A2B0": lut})


INKS = ink_profile()

# --- the drawn picture ------------------------------------------------------------------------

y, x = np.mgrid[0:H, 0:W].astype(float)
u, v = x / (W - 1), y / (H - 1)
F = np.stack(
    [0.5 + 0.45 * np.sin(2 * np.pi * (0.9 * u + 0.05)), 0.05 + 0.85 * v + 0.1 * u,
     0.5 + 0.45 * np.cos(2 * np.pi * (0.6 * u + 0.5 * v))], -1)
F[-2:, : W // 2], F[-2:, W // 2 :] = 1, 0
F = np.clip(F, 0, 1)
RGB = np.round(255 * F).astype(np.uint8)
RGB16 = np.round(65535 * F).astype(np.uint16)
LIGHT = F @ [0.3, 0.6, 0.1]
LEVELS = np.round(255 * LIGHT).astype(np.uint8)
LEVELS16 = np.round(65535 * LIGHT).astype(np.uint16)
ALPHA = np.round(255 * np.clip(1.4 * u, 0, 1)).astype(np.uint8)
CMYK = np.dstack([255 - RGB, np.round(150 * v * (1 - u)).astype(np.uint8)])
rgb, grey = Image.fromarray(RGB), Image.fromarray(LEVELS)
cmyk, negative = Image.fromarray(CMYK, "CMYK"), Image.fromarray(255 - CMYK, "CMYK")
palette = rgb.quantize(40, dither=0)
bilevel = grey.convert("1")
JPEG = dict(quality=95, subsampling=0)


def run(command):
    subprocess.run(command, shell=True, check=True)


# --- files that no program writes on request ---------------------------------------------------


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(name, bits, kind, rows, extra=b""):
    head = struct.pack(">IIBBBBB", W, H, bits, kind, 0, 0, 0)
    with open(name, "wb") as file:
        file.write(
            b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra
            + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + r for r in rows), 9)) + chunk(b"IEND", b""))


def wide(samples):
    return [row.astype(">u2").tobytes() for row in samples]


def packed(samples, bits):
    per = 8 // bits
    cells = np.pad(samples, ((0, 0), (0, -samples.shape[1] % per))).reshape(len(samples), -1, per)
    weights = 1 << (bits * np.arange(per)[::-1])
    return [row.tobytes() for row in (cells * weights).sum(-1).astype(np.uint8)]


def tiff(name, samples, bits, photometric, kind=1, more=()):
    """One uncompressed strip, little-endian (TIFF 6.0, section 2)."""
    count = 1 if samples.ndim == 2 else samples.shape[2]
    data = samples.tobytes()
    tags = [(256, 3, [W]), (257, 3, [H]), (258, 3, [bits] * count), (259, 3, [1]), (262, 3, [photometric]),
            (273, 4, [0]), (277, 3, [count]), (278, 3, [H]), (279, 4, [len(data)]), (339, 3, [kind] * count)]
    tags = sorted(tags + list(more))

    def encoded(form, values):
        return struct.pack("<%d%s" % (len(values), {3: "H", 4: "I", 7: "B"}[form]), *values)

    body_at = 8 + 2 + 12 * len(tags) + 4
    long_values = sum(len(encoded(f, v)) for _, f, v in tags if len(encoded(f, v)) > 4)
    table, body = b"", b""
    for number, form, values in tags:
        if number == 273:
            values = [body_at + long_values]
        value = encoded(form, values)
        if len(value) > 4:
            table += struct.pack("<HHII", number, form, len(values), body_at + len(body))
            body += value
        else:
            table += struct.pack("<HHI", number, form, len(values)) + value.ljust(4, b"\0")
    with open(name, "wb") as file:
        file.write(b"II*\0" + struct.pack("<IH", 8, len(tags)) + table + bytes(4) + body + data)


def without_adobe_marker(image, name):
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", **JPEG)
    data = buffer.getvalue()
    kept, at = data[:2], 2
    while data[at + 1] != 0xDA:
        end = at + 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
        if data[at + 1] != 0xEE:
            kept += data[at:end]
        at = end
    with open(name, "wb") as file:
        file.write(kept + data[at:])


def ycck(name, icc=None):
    found = ctypes.util.find_library("turbojpeg")
    found = found or glob.glob(os.path.expanduser("~/.cache/imgpipe/native/*/libturbojpeg.so.0"))[0]
    library = ctypes.CDLL(found)
    library.tjInitCompress.restype = ctypes.c_void_p
    target, length = ctypes.c_void_p(None), ctypes.c_ulong(0)
    pixels = np.ascontiguousarray(255 - CMYK).ctypes.data_as(ctypes.c_void_p)
    handle = ctypes.c_void_p(library.tjInitCompress())
    cmyk_pixels, s444 = 11, 0
    assert 0 == library.tjCompress2(
        handle, pixels, W, 0, H, cmyk_pixels, ctypes.byref(target), ctypes.byref(length), s444, 95, 0)
    data = ctypes.string_at(target, length.value)
    if icc:
        segment = b"\xff\xe2" + struct.pack(">H", len(icc) + 16) + b"ICC_PROFILE\0\1\1" + icc
        data = data[:2] + segment + data[2:]
    with open(name, "wb") as file:
        file.write(data)


# --- what others see --------------------------------------------------------------------------


def pillow(name):
    """RGB, or RGB and alpha, in sRGB by the embedded profile with the perceptual intent."""
    image = Image.open(name)
    icc = image.info.get("icc_profile")
    alpha = None
    if image.mode == "RGBA":
        alpha, image = image.getchannel("A"), image.convert("RGB")
    if image.mode in ("P", "1"):
        image = image.convert("RGB" if image.mode == "P" else "L")
    if image.mode.startswith("I"):
        image = Image.fromarray(np.round(np.asarray(image) / 257.0).astype(np.uint8))
    srgb = ImageCms.createProfile("sRGB")
    if icc:
        source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        image = ImageCms.profileToProfile(image, source, srgb, 0, "RGB")
    elif image.mode == "LAB":
        lab = ImageCms.createProfile("LAB")
        image = ImageCms.applyTransform(image, ImageCms.buildTransform(lab, srgb, "LAB", "RGB"))
    image = image.convert("RGB")
    if alpha:
        image.putalpha(alpha)
    return image


def vips(name):
    run(f"vips icc_transform {name} seen.png srgb --embedded --intent perceptual")
    return Image.open("seen.png")


def magick(name):
    run(f"convert {name} -depth 8 PNG24:seen.png")
    return Image.open("seen.png")


def expect(name, image):
    """A PPM, or a PAM where there is alpha."""
    samples = np.asarray(image)
    with open(name + ".expected", "wb") as file:
        if image.mode == "RGBA":
            file.write(b"P7\nWIDTH %d\nHEIGHT %d\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n" % (W, H))
        else:
            file.write(b"P6\n%d %d\n255\n" % (W, H))
        file.write(samples.tobytes())


KINDS = ("jpg", "png", "tif", "webp")
SAVED = {"jpg": dict(quality=97, subsampling=0), "png": {}, "tif": dict(compression="tiff_lzw"),
         "webp": dict(lossless=True)}


def turned():
    """The same picture stored in eight ways, each with the orientation that undoes it."""
    ways = [None, Image.FLIP_LEFT_RIGHT, Image.ROTATE_180, Image.FLIP_TOP_BOTTOM, Image.TRANSPOSE,
            Image.ROTATE_90, Image.TRANSVERSE, Image.ROTATE_270]
    for number, way in enumerate(ways, 1):
        stored = rgb if way is None else rgb.transpose(way)
        for kind in KINDS:
            name = f"turned-{number}.{kind}"
            stored.save(name, **SAVED[kind])
            run(f"exiftool -q -overwrite_original -IFD0:Orientation#={number} {name}")


def full_of_metadata():
    """KEEP marks what tells the owner, PLACE a place, OTHER the rest, NOWHERE what has no place."""
    tags = {
        "IFD0:Orientation#": 6, "IFD0:Make": "OTHERmake", "IFD0:Artist": "KEEPartist",
        "IFD0:Copyright": "KEEPcopyright", "IFD0:ImageDescription": "OTHERdescription",
        "ExifIFD:UserComment": "OTHERcomment", "ExifIFD:ISO": 400, "ExifIFD:ColorSpace#": 65535,
        "ExifIFD:ExifImageWidth": 4000, "ExifIFD:ExifImageHeight": 3000,
        "GPS:GPSLatitude": 48.2, "GPS:GPSLatitudeRef": "N", "GPS:GPSLongitude": 16.3,
        "GPS:GPSLongitudeRef": "E", "GPS:GPSMapDatum": "PLACEdatum",
        "XMP-dc:Creator": "KEEPcreator", "XMP-dc:Rights": "KEEPrights",
        "XMP-xmpRights:UsageTerms": "KEEPterms", "XMP-dc:Title": "OTHERtitle",
        "XMP-xmpMM:HistorySoftwareAgent": "OTHERhistory", "XMP-photoshop:City": "PLACEcity",
        "XMP-iptcCore:Location": "PLACElocation", "XMP-iptcExt:LocationShownCity": "PLACEshown",
        "XMP-exif:GPSLatitude": 48.2, "XMP-tiff:Orientation#": 6, "XMP-exif:ExifImageWidth": 4000,
        "Photoshop:URL": "NOWHEREurl"}
    iptc = {"IPTC:By-line": "KEEPbyline", "IPTC:CopyrightNotice": "KEEPnotice",
            "IPTC:Caption-Abstract": "OTHERcaption", "IPTC:City": "PLACEiptc"}
    with open("p3.icc", "wb") as file:
        file.write(P3)
    rgb.resize((8, 6)).save("thumbnail.jpg")
    for kind in KINDS:
        name = f"everything.{kind}"
        rgb.save(name, **SAVED[kind])
        wanted = dict(tags, **(iptc if kind in ("jpg", "tif") else {}))
        options = " ".join(f"'-{tag}={value}'" for tag, value in wanted.items())
        run(f"exiftool -q -m -overwrite_original {options} '-ICC_Profile<=p3.icc' {name}")
    run("exiftool -q -overwrite_original '-ThumbnailImage<=thumbnail.jpg' -Comment=NOWHEREcomment everything.jpg")
    run("exiftool -q -overwrite_original -PNG:Comment=NOWHEREtext everything.png")
    os.remove("p3.icc")
    os.remove("thumbnail.jpg")


def main():
    for old in glob.glob("*.*"):
        if not old.endswith((".py", ".md")):
            os.remove(old)
    turned()
    full_of_metadata()

    def iccp(icc):
        return chunk(b"iCCP", b"x\0\0" + zlib.compress(icc, 9))

    # JPEG
    rgb.save("p3.jpg", icc_profile=P3, **JPEG)
    rgb.save("adobe-rgb.jpg", icc_profile=ADOBE, **JPEG)
    rgb.save("red-is-blue.jpg", icc_profile=RED_IS_BLUE, **JPEG)
    grey.save("grey-profile.jpg", icc_profile=GREY, **JPEG)
    cmyk.save("cmyk-adobe.jpg", **JPEG)
    cmyk.save("cmyk-adobe-profile.jpg", icc_profile=INKS, **JPEG)
    without_adobe_marker(cmyk, "cmyk-no-marker.jpg")
    ycck("ycck-adobe.jpg")
    ycck("ycck-adobe-profile.jpg", INKS)
    # PNG
    for bits in (1, 2, 4):
        top = (1 << bits) - 1
        png(f"grey{bits}.png", bits, 0, packed(np.round(LIGHT * top).astype(int), bits))
    png("grey16.png", 16, 0, wide(LEVELS16))
    png("grey16-profile.png", 16, 0, wide(LEVELS16), iccp(GREY))
    png("rgb16.png", 16, 2, wide(RGB16))
    png("rgb16-p3.png", 16, 2, wide(RGB16), iccp(P3))
    palette.save("palette-p3.png", icc_profile=P3)
    rgb.quantize(2, dither=0).save("palette1.png", bits=1)
    greys = b"".join(bytes([17 * i] * 3) for i in range(16))
    shades = packed(np.round(LIGHT * 15).astype(int), 4)
    png("grey-palette-pink.png", 4, 3, shades, iccp(PINK) + chunk(b"PLTE", greys))
    # TIFF
    for form in ("raw", "group4"):
        bilevel.save(f"bilevel-{form}.tif", compression=form)
    bilevel.save("bilevel.bmp")
    bilevel.save("bilevel.pbm")
    tiff("bilevel-white-is-zero.tif", np.packbits(~np.asarray(bilevel), axis=1), 1, 0)
    tiff("grey16-white-is-zero.tif", (65535 - LEVELS16).astype("<u2"), 16, 0)
    tiff("grey32.tif", np.round(LIGHT * 4294967295).astype("<u4"), 32, 1)
    tiff("rgb32.tif", np.round(F * 4294967295).astype("<u4"), 32, 2)
    grey.save("grey-profile.tif", icc_profile=GREY)
    rgb.save("p3.tif", icc_profile=P3, compression="tiff_lzw")
    palette.save("palette-p3.tif", icc_profile=P3)
    cmyk.save("cmyk.tif", compression="tiff_lzw")
    cmyk.save("cmyk-profile.tif", icc_profile=INKS, compression="tiff_lzw")
    opacity = ALPHA[..., None] / 255.0
    tiff("alpha-associated.tif", np.dstack([np.round(RGB * opacity).astype(np.uint8), ALPHA]), 8, 2, 1,
         [(338, 3, [1])])
    tiff("alpha-unassociated.tif", np.dstack([RGB, ALPHA]), 8, 2, 1, [(338, 3, [2])])
    light = np.where(F <= 0.04045, F / 12.92, ((F + 0.055) / 1.055) ** 2.4)
    lab = np.round(lab_of(light) * [2.55, 1, 1]).astype(int)
    tiff("lab.tif", (lab & 0xFF).astype(np.uint8), 8, 8)
    tiff("icc-lab.tif", (lab + [0, 128, 128]).astype(np.uint8), 8, 9)
    lab16 = np.round(lab_of(light) * [655.35, 256, 256]).astype(int)
    tiff("lab16.tif", (lab16 & 0xFFFF).astype("<u2"), 16, 8)
    tiff("signed16.tif", (LEVELS16.astype(int) - 32768).astype("<i2"), 16, 1, 2)
    # WebP, PSD, ICO
    rgb.save("p3.webp", lossless=True, icc_profile=P3)
    run("convert cmyk-profile.tif -compress none cmyk-profile.psd")

    by_pillow = [
        "p3.jpg", "adobe-rgb.jpg", "red-is-blue.jpg", "grey-profile.jpg", "cmyk-adobe.jpg",
        "cmyk-adobe-profile.jpg", "cmyk-no-marker.jpg", "ycck-adobe.jpg", "ycck-adobe-profile.jpg",
        "grey1.png", "grey2.png", "grey4.png", "grey16.png", "grey16-profile.png", "palette-p3.png",
        "palette1.png", "grey-palette-pink.png", "bilevel-raw.tif", "bilevel-group4.tif", "bilevel.bmp",
        "bilevel.pbm", "bilevel-white-is-zero.tif", "grey-profile.tif", "p3.tif", "palette-p3.tif",
        "cmyk.tif", "cmyk-profile.tif", "alpha-associated.tif", "alpha-unassociated.tif", "lab.tif", "p3.webp"]
    for name in by_pillow:
        expect(name, pillow(name))
    for name in ("rgb16.png", "rgb16-p3.png"):
        expect(name, vips(name))
    for name in ("grey16-white-is-zero.tif", "grey32.tif", "rgb32.tif"):
        expect(name, magick(name))
    # Of these the other programs take the samples for something else; what they hold is known.
    expect("lab16.tif", rgb)
    expect("icc-lab.tif", rgb)
    expect("cmyk-profile.psd", pillow("cmyk-profile.tif"))
    if os.path.exists("seen.png"):
        os.remove("seen.png")


main()
