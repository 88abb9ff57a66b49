import DataFormats
import Datasets

/// An image from a file, as Draw shows it.
package struct OpenedImage: Equatable, Sendable {
    /// As the file has it, to be brought into the form of another data set.
    let source: GrayImage
    /// The form that it was brought into.
    package let form: NetworkImage
    /// What the network sees of it: the same as `trainspotter predict` gives it.
    package let input: GrayImage
    /// The same as large as the canvas, to be drawn on.
    package let picture: GrayImage

    /// - Returns: nil where a stroke is looked for, and none stands out from the ground.
    package init?(_ image: GrayImage, _ form: NetworkImage) {
        guard let input = form.prepared(image) else { return nil }
        (source, self.form, self.input) = (image, form, input)
        let side = DrawCanvas.side
        let large = NetworkImage(
            shape: ImageShape(rows: side, columns: side), levels: form.levels, reading: form.reading)
        let isOwnSize = image.rows == form.shape.rows && image.columns == form.shape.columns
        picture = (isOwnSize ? nil : large.prepared(image)) ?? input.fitted(rows: side, columns: side)
    }

    /// What the network sees of it, in words.
    var words: String {
        if input == form.levels.shown(source) || input == source { return "taken as it is" }
        return form.reading == .stroke ? "its stroke as the network sees it" : "the whole image as the network sees it"
    }
}
