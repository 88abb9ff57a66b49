import DataFormats

/// Labelled images of one size, a byte for each channel of a pixel.
package struct ImageSet: Sendable {
    /// count × rows × columns × channels bytes, in this order; 0 is background.
    package let pixels: [UInt8]
    /// One class an image, from 0.
    package let labels: [UInt8]
    /// The size of every image.
    package let shape: ImageShape

    /// - Parameters:
    ///   - pixels: count × rows × columns × channels bytes.
    ///   - labels: count classes.
    package init(pixels: [UInt8], labels: [UInt8], shape: ImageShape) {
        precondition(pixels.count == labels.count * shape.bytes, "pixels must be count × rows × columns × channels")
        (self.pixels, self.labels, self.shape) = (pixels, labels, shape)
    }

    /// Grey levels.
    package init(pixels: [UInt8], labels: [UInt8], rows: Int, columns: Int) {
        self.init(pixels: pixels, labels: labels, shape: ImageShape(rows: rows, columns: columns))
    }

    init(_ images: LabelledImages, shape: ImageShape) {
        self.init(pixels: images.pixels, labels: images.labels, shape: shape)
    }

    /// The number of images.
    package var count: Int { labels.count }
    /// The height of an image in pixels.
    package var rows: Int { shape.rows }
    /// The width of an image in pixels.
    package var columns: Int { shape.columns }
    /// Bytes of an image: what a network has for inputs.
    package var imageBytes: Int { shape.bytes }

    /// The rows × columns × channels bytes of one image.
    package func image(_ index: Int) -> ArraySlice<UInt8> {
        pixels[(index * imageBytes)..<((index + 1) * imageBytes)]
    }

    /// One image in grey levels, for a picture.
    package func grayImage(_ index: Int) -> GrayImage { shape.gray(Array(image(index))) }
}
