/// A grey-level image from one file.
package struct GrayImage: Sendable, Equatable {
    /// Height in pixels.
    package let rows: Int
    /// Width in pixels.
    package let columns: Int
    /// rows × columns bytes, row by row; 0 is black.
    package let pixels: [UInt8]

    /// An image; `pixels` has rows × columns bytes.
    package init(rows: Int, columns: Int, pixels: [UInt8]) {
        precondition(pixels.count == rows * columns, "pixels must be rows × columns")
        self.rows = rows
        self.columns = columns
        self.pixels = pixels
    }

    /// The image with black and white exchanged.
    package var inverted: GrayImage { GrayImage(rows: rows, columns: columns, pixels: pixels.map { 255 - $0 }) }
}
