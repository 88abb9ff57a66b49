import DataFormats
import Datasets
import Specs

/// The form of the ink in a Python program: what `InkForm` computes, in NumPy.
struct KerasInkForm {
    private let form: InkForm
    private let shape: ImageShape

    /// Nil where images are taken as they are.
    init?(_ model: SavedModel) {
        guard let form = InkForm(model.spec.training) else { return nil }
        let inputs = model.spec.network.inputs
        let side = Int(Double(inputs).squareRoot())
        self.form = form
        shape =
            model.report?.dataset.images?.shape(inputs: inputs)
            ?? (side * side == inputs
                ? ImageShape(rows: side, columns: side) : ImageShape(rows: 1, columns: inputs))
    }

    /// The function `formed` of the program.
    var function: String {
        let slant =
            form.straightens
            ? """
                down = (ink * y * y).sum() / total - row * row
                    both = (ink * x * y).sum() / total - row * column
                    slant = 0.0 if down < 1e-9 else min(1.0, max(-1.0, both / down))
            """ : "    slant = 0.0"
        let factor =
            form.width.map { width in
                """
                    dark = image.max(axis=2) >= \(InkForm.leastInk)
                        at = (x - slant * (y - row))[dark]
                        width = at.max() - at.min() + 1 if dark.any() else \(shape.columns)
                        factor = min(2.0, max(0.5, width / (\(PythonText.number(width)) * \(shape.columns) / 28)))
                """
            } ?? "    factor = 1.0"
        return """
            def formed(pixels):
                \"\"\"Pixel bytes, (count, pixels), with the ink brought into form as in training.\"\"\"
                images = pixels.reshape(-1, \(shape.rows), \(shape.columns), \(shape.channels)).astype("float64")
                y, x = np.mgrid[: \(shape.rows), : \(shape.columns)].astype("float64")
                out = images.copy()
                for image, target in zip(images, out):
                    ink = image.sum(axis=2)
                    total = ink.sum()
                    if total == 0:
                        continue
                    row, column = (ink * y).sum() / total, (ink * x).sum() / total
                \(slant)
                \(factor)
                    place = column + (x - column) * factor + slant * (y - row)
                    left = np.floor(place)
                    share = (place - left)[..., None]
                    # Two columns of background at either side.
                    padded = np.pad(image, ((0, 0), (2, 2), (0, 0)))
                    index = np.clip(left, -2, \(shape.columns)).astype(int)[..., None] + 2
                    here = np.take_along_axis(padded, index, axis=1)
                    beside = np.take_along_axis(padded, index + 1, axis=1)
                    target[:] = np.floor(here * (1 - share) + beside * share + 0.5)
                return out.reshape(len(pixels), -1).astype("uint8")

            """
    }
}
