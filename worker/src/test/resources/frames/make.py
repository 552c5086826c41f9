"""Draws the files of this folder; run with Pillow 9.4 and exiftool 12.57 at hand.

Colors are flat so that a lossy codec returns them nearly as they are.
"""
import io
import struct
import subprocess
from PIL import Image, ImageCms, ImageDraw

RED, GREEN, BLUE, CLEAR = (255, 0, 0, 255), (0, 128, 0, 255), (0, 0, 255, 255), (0, 0, 0, 0)

# Three pages: 12x8 red, 10x20 green (lies on its side: orientation 6), 5x5 grey.
pages = [Image.new("RGB", (12, 8), RED[:3]), Image.new("RGB", (10, 20), GREEN[:3]), Image.new("L", (5, 5), 77)]
pages[0].save("pages.tif", save_all=True, append_images=pages[1:])
subprocess.run(["exiftool", "-q", "-overwrite_original", "-n", "-IFD1:Orientation=6", "pages.tif"], check=True)

# A Windows icon with three pictures, each another color.
Image.new("RGBA", (48, 48), RED).save(
    "sizes.ico", sizes=[(16, 16), (32, 32), (48, 48)], bitmap_format="bmp",
    append_images=[Image.new("RGBA", (16, 16), BLUE), Image.new("RGBA", (32, 32), GREEN)])

# A red square of 4x4 that walks over a transparent canvas of 16x12, three frames of 100, 200, 300 ms, shown 4 times in all.
walk = []
for i in range(3):
    frame = Image.new("RGBA", (16, 12), CLEAR)
    ImageDraw.Draw(frame).rectangle((4 * i, 4, 4 * i + 3, 7), RED)
    walk.append(frame)
walk[0].save("walk.webp", save_all=True, append_images=walk[1:], duration=[100, 200, 300], loop=4, lossless=True)
walk[0].save("walk.png", save_all=True, append_images=walk[1:], duration=[100, 200, 300], loop=4)

# With EXIF (orientation 8), XMP, IPTC and a profile of version 4.
photo = Image.new("RGB", (40, 30), (200, 150, 100))
profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
photo.save("described.jpg", icc_profile=profile, progressive=True, quality=85, subsampling="4:2:2")
subprocess.run(["exiftool", "-q", "-overwrite_original", "-n", "-EXIF:Orientation=8", "-XMP:Title=t", "-IPTC:City=c",
                "described.jpg"], check=True)

# A DCX: magic, positions up to a zero, then whole PCX files.
faxes = []
for size, color in ((6, 4), RED), ((3, 9), BLUE):
    out = io.BytesIO()
    Image.new("RGB", size, color[:3]).save(out, "PCX")
    faxes.append(out.getvalue())
with open("faxes.dcx", "wb") as dcx:
    dcx.write(struct.pack("<4I", 0x3ADE68B1, 16, 16 + len(faxes[0]), 0) + b"".join(faxes))

# The same walk as a GIF, each frame a patch that is cleared again.
walk[0].save("walk.gif", save_all=True, append_images=walk[1:], duration=[100, 200, 300], loop=3, disposal=2)
