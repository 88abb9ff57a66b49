/// The same bytes in Python, by Pillow and NumPy: each function is the rule of a file here.
enum ImageFolderPython {
    /// `ImageFile`, `Luma` and `PGMFile`.
    static let readImage = #"""
        def read_pgm(data):
            """Grey levels of a portable grey map, stretched to 255."""
            blank = rb"(?:\s|#[^\n]*\n)*"
            header = re.match(rb"P([25])" + 3 * (blank + rb"(\d+)"), data)
            columns, rows, greatest = (int(header[group]) for group in (2, 3, 4))
            if header[1] == b"5":
                levels = np.frombuffer(data, ">u2" if greatest > 255 else "u1", rows * columns, header.end() + 1)
            else:
                levels = np.array(re.sub(rb"#[^\n]*", b"", data[header.end() :]).split(), dtype="i8")
            return ((levels.reshape(rows, columns).astype("i8") * 255 + greatest // 2) // greatest).astype("u1")


        def read_image(path):
            """Grey levels by Rec. 601, upright; what is transparent lies on white."""
            data = path.read_bytes()
            if data[:2] in (b"P2", b"P5"):
                return read_pgm(data)
            image = PIL.Image.open(path)
            if image.format == "JPEG":
                image = PIL.ImageOps.exif_transpose(image)
            elif data[24] == 16:
                if image.mode not in ("I", "I;16", "I;16B") or "transparency" in image.info:
                    raise ValueError(f"{path}: 16 bits a colour, which Pillow does not keep; convert it to 8")
                return ((np.asarray(image).astype("i8") * 255 + 32895) >> 16).astype("u1")
            pixels = np.asarray(image.convert("RGB" if image.format == "JPEG" else "RGBA")).astype("i8")
            levels = (299 * pixels[:, :, 0] + 587 * pixels[:, :, 1] + 114 * pixels[:, :, 2] + 500) // 1000
            if pixels.shape[2] == 4:
                opacity = pixels[:, :, 3]
                levels = (levels * opacity + 255 * (255 - opacity) + 127) // 255
            return levels.astype("u1")
        """#

    /// `GrayImage.fitted`.
    static let fitted = #"""
        def overlaps(size, scaled):
            """How much of each pixel of a line lies in each scaled pixel, (scaled, size), in parts of a pixel."""
            ends, pixels = np.arange(1, scaled + 1)[:, None] * size, np.arange(1, size + 1)[None] * scaled
            return np.clip(np.minimum(ends, pixels) - np.maximum(ends - size, pixels - scaled), 0, None)


        def fitted(image, rows, columns):
            """The image scaled by areas with its proportions kept, on the median level of its edges."""
            height, width = image.shape
            if (height, width) == (rows, columns):
                return image
            if rows * width <= columns * height:
                tall, wide = rows, max(1, (2 * width * rows + height) // (2 * height))
            else:
                tall, wide = max(1, (2 * height * columns + width) // (2 * width)), columns
            sums = overlaps(height, tall) @ image.astype("i8") @ overlaps(width, wide).T
            edges = np.sort(np.concatenate([image[0], image[-1], image[1:-1, 0], image[1:-1, -1]]))
            result = np.full((rows, columns), edges[(len(edges) - 1) // 2])
            top, left = (rows - tall) // 2, (columns - wide) // 2
            area = height * width
            result[top : top + tall, left : left + wide] = (2 * sums + area) // (2 * area)
            return result
        """#

    /// `ImageFolder`.
    static let readPart = #"""
        def is_image(path):
            if path.name.lower().endswith((".png", ".jpg", ".jpeg", ".pgm")):
                return True
            with path.open("rb") as file:
                start = file.read(8)
            return re.match(rb"\x89PNG|\xff\xd8\xff|P[25](#|\s[\s#0-9])", start) is not None


        def class_images(folder, root):
            """Paths of the images in a folder, by name, without hidden files and links that lead out."""
            names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
            # Bytes that are no UTF-8 stand in names as halves of surrogate pairs.
            visible = [folder / name for name in names if not re.match(r"\.|.*[\ud800-\udfff]", name, re.DOTALL)]
            return [path for path in visible if path.resolve().is_relative_to(root) and path.is_file() and is_image(path)]


        def read_part(folder, place, rows, columns):
            """Images of one size and their classes, in an order that mixes the classes."""
            root = pathlib.Path(folder).resolve()
            part = pathlib.Path(folder) / place
            found = [(path, label) for label, name in enumerate(CLASSES) for path in class_images(part / name, root)]
            found = [found[row] for row in np.argsort(row_keys(len(found), 0))]
            images = np.stack([fitted(read_image(path), rows, columns) for path, _ in found])
            return images, np.array([label for _, label in found])
        """#
}
