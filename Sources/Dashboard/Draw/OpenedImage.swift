import DataFormats
import Datasets

/// An image from a file, as Draw shows it.
package struct OpenedImage: Equatable, Sendable {
    /// What the network sees of it: the same as `trainspotter predict` gives it.
    package let input: GrayImage
    /// The same as large as the canvas, to be drawn on.
    package let picture: GrayImage

    /// - Returns: nil where a stroke is looked for, and none stands out from the ground.
    package init?(_ image: GrayImage, _ form: NetworkImage) {
        guard let input = form.prepared(image) else { return nil }
        self.input = input
        let side = DrawCanvas.side
        let isOwnSize = image.rows == form.shape.rows && image.columns == form.shape.columns
        let large = NetworkImage(
            shape: ImageShape(rows: side, columns: side), levels: form.levels, reading: form.reading)
        picture = (isOwnSize ? nil : large.prepared(image)) ?? input.fitted(rows: side, columns: side)
    }
}
