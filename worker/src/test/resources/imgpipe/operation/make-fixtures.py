#!/usr/bin/env python3
"""Makes the pictures beside it that PixelFixturesTest compares with: with libvips (vips), ImageMagick 6 (convert), Pillow and numpy.

usage: make-fixtures.py PHOTO        such as "samples/lake.jpg", which becomes source.ppm
"""
import subprocess
import sys

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 64, 48


def run(*command):
    subprocess.run(command, check=True)


def light(signal):
    """IEC 61966-2-1."""
    return np.where(signal <= 0.04045, signal / 12.92, ((signal + 0.055) / 1.055) ** 2.4)


def signal(light):
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def resized(plane, size):
    """Pillow's Lanczos3, in 32-bit floats: it does not round between the directions."""
    return np.asarray(Image.fromarray(plane.astype(np.float32)).resize(size, Image.LANCZOS)).astype(float)


def pgm(name, plane):
    Image.fromarray(np.clip(np.floor(plane + 0.5), 0, 255).astype(np.uint8)).save(name)


Image.open(sys.argv[1]).convert("RGB").resize((WIDTH, HEIGHT), Image.BOX).save("source.ppm")
pixels = np.asarray(Image.open("source.ppm")).astype(float)

# Opaque on the left, transparent on the right, and a hard edge between.
across = np.linspace(1.6, -0.6, WIDTH)[None, :].repeat(HEIGHT, 0)
across[HEIGHT // 2:] = np.where(np.arange(WIDTH) < 40, 1, 0)
alpha = np.round(np.clip(across, 0, 1) * 255)
pgm("alpha.pgm", alpha)

run("vips", "gaussblur", "source.ppm", "blurred.v", "2", "--min-ampl", "0.001", "--precision", "float")
run("vips", "round", "blurred.v", "rounded.v", "rint")
run("vips", "cast", "rounded.v", "blur-2-vips.ppm", "uchar")
run("rm", "blurred.v", "rounded.v")
run("convert", "source.ppm", "-unsharp", "0x2+1.5+0", "-depth", "8", "sharpen-2-150-imagemagick.ppm")

small = (21, 16)
linear = light(pixels / 255)
bands = [signal(resized(linear[:, :, i], small)) * 255 for i in range(3)]
Image.fromarray(np.stack([np.clip(np.floor(b + 0.5), 0, 255) for b in bands], 2).astype(np.uint8)).save(
    "linear-21x16-pillow.ppm")

opacity = resized(alpha, small)
bands = []
for i in range(3):
    with np.errstate(divide="ignore", invalid="ignore"):
        bands.append(signal(np.where(opacity > 0, resized(linear[:, :, i] * alpha, small) / opacity, 0)) * 255)
Image.fromarray(np.stack([np.clip(np.floor(b + 0.5), 0, 255) for b in bands], 2).astype(np.uint8)).save(
    "linear-21x16-alpha-pillow.ppm")
pgm("alpha-21x16-pillow.pgm", opacity)
