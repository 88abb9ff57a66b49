/// Labelled grey-level images of one size.
public struct ImageSet: Sendable {
    /// count × rows × columns bytes, row by row; 0 is background.
    public let pixels: [UInt8]
    /// One class an image, from 0.
    public let labels: [UInt8]
    public let count: Int
    public let rows: Int
    public let columns: Int

    /// - Parameters:
    ///   - pixels: count × rows × columns bytes.
    ///   - labels: count classes.
    public init(pixels: [UInt8], labels: [UInt8], rows: Int, columns: Int) {
        precondition(pixels.count == labels.count * rows * columns, "pixels must be count × rows × columns")
        self.pixels = pixels
        self.labels = labels
        self.count = labels.count
        self.rows = rows
        self.columns = columns
    }

    /// The rows × columns bytes of one image.
    public func image(_ index: Int) -> ArraySlice<UInt8> {
        let size = rows * columns
        return pixels[(index * size)..<((index + 1) * size)]
    }
}
