"""The job with Pillow and a pool of processes: pillow.py IN OUT BOX PROCESSES"""

import io
import multiprocessing
import os
import sys

from PIL import Image, ImageCms, ImageOps

Image.MAX_IMAGE_PIXELS = None
folder_in, folder_out, box, processes = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])


def one(name):
    try:
        with Image.open(os.path.join(folder_in, name)) as picture:
            profile = picture.info.get("icc_profile")
            if picture.mode not in ("L", "LA", "RGB", "RGBA", "CMYK"):
                picture = picture.convert("RGBA" if "transparency" in picture.info or picture.mode == "PA" else "RGB")
            picture.thumbnail((box, box), Image.LANCZOS)  # decodes a JPEG at a reduced scale by itself
            picture = ImageOps.exif_transpose(picture)
            if profile and picture.mode in ("RGB", "RGBA"):
                picture = to_srgb(picture, profile)
            elif picture.mode == "CMYK":
                picture = picture.convert("RGB")
            picture.info.pop("icc_profile", None)
            picture.info.pop("exif", None)
            options = {} if name.endswith(".png") else {"quality": 80, "subsampling": "4:2:0"}
            picture.save(os.path.join(folder_out, name), **options)
        return True
    except Exception as error:  # a picture that fails is counted, and the others go on
        print(f"{name}: {error}", file=sys.stderr)
        return False


def to_srgb(picture, profile):
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=picture.mode)
    except ImageCms.PyCMSError:
        return picture


if __name__ == "__main__":
    names = sorted(os.listdir(folder_in))
    with multiprocessing.Pool(processes) as pool:
        chunk = max(1, min(16, len(names) // (8 * processes)))
        done = sum(pool.imap_unordered(one, names, chunk))
    sys.exit(0 if done == len(names) else 1)
