/// Labelled grey-level images of one size.
package struct ImageSet: Sendable {
    /// count × rows × columns bytes, row by row; 0 is background.
    package let pixels: [UInt8]
    /// One class an image, from 0.
    package let labels: [UInt8]
    /// The number of images.
    package let count: Int
    /// The height of an image in pixels.
    package let rows: Int
    /// The width of an image in pixels.
    package let columns: Int

    /// - Parameters:
    ///   - pixels: count × rows × columns bytes.
    ///   - labels: count classes.
    package init(pixels: [UInt8], labels: [UInt8], rows: Int, columns: Int) {
        precondition(pixels.count == labels.count * rows * columns, "pixels must be count × rows × columns")
        self.pixels = pixels
        self.labels = labels
        self.count = labels.count
        self.rows = rows
        self.columns = columns
    }

    /// The rows × columns bytes of one image.
    package func image(_ index: Int) -> ArraySlice<UInt8> {
        let size = rows * columns
        return pixels[(index * size)..<((index + 1) * size)]
    }
}
