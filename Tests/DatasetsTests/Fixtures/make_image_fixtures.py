"""Small JPEG images, and their grey levels by Pillow and NumPy: images.json. python3 make_image_fixtures.py, with Pillow 13."""

import json
import pathlib

import numpy as np
import PIL.Image
import PIL.ImageOps

here = pathlib.Path(__file__).parent / "images"
rows, columns = 12, 20
y, x = np.mgrid[0:rows, 0:columns]
colors = np.stack([x * 12, y * 20, (x + y) * 7], axis=-1).astype("u1")
color = PIL.Image.fromarray(colors)
color.save(here / "color.jpg", quality=90)
color.save(here / "progressive.jpg", quality=90, progressive=True)
color.save(here / "all-samples.jpg", quality=95, subsampling=0)
color.convert("L").save(here / "gray.jpg", quality=90)
PIL.Image.merge("CMYK", [*color.split(), color.convert("L")]).save(here / "cmyk.jpg", quality=90)
for orientation in range(1, 9):
    exif = PIL.Image.Exif()
    exif[274] = orientation
    color.save(here / f"turned-{orientation}.jpg", quality=90, exif=exif)
color.save(here / "color.png")
color.quantize(7).save(here / "palette.png")
color.convert("1").save(here / "bits.png")
color.convert("L").save(here / "gray.pgm")
alpha = np.concatenate([colors, (255 - x * 12)[:, :, None].astype("u1")], axis=-1)
PIL.Image.fromarray(alpha).save(here / "opacity.png")
PIL.Image.fromarray(alpha).convert("LA").save(here / "gray-opacity.png")
PIL.Image.fromarray((x * 3449).astype("u2")).save(here / "wide.png")


def levels(path):
    image = PIL.Image.open(path)
    if image.mode == "I;16":
        return (np.asarray(image).astype("i8") * 255 + 32895) >> 16
    pixels = np.asarray(PIL.ImageOps.exif_transpose(image).convert("RGBA")).astype("i8")
    luma = (299 * pixels[:, :, 0] + 587 * pixels[:, :, 1] + 114 * pixels[:, :, 2] + 500) // 1000
    return (luma * pixels[:, :, 3] + 255 * (255 - pixels[:, :, 3]) + 127) // 255


found = {path.name: levels(path).tolist() for path in sorted(here.iterdir())}
(here.parent / "images.json").write_text(json.dumps(found, separators=(",", ":")) + "\n")
