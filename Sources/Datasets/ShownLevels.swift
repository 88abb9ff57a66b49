import DataFormats

/// The pixel values that a data set's pictures show as black and as white.
///
/// 0 and 255, but for images of low contrast: of those the least and the greatest value of the training images, so that a
/// set of values from 0 to 16 is no set of black pictures.
package struct ShownLevels: Sendable, Equatable {
    /// Shown as black.
    package let least: UInt8
    /// Shown as white.
    package let greatest: UInt8

    /// Values that are apart by less are of low contrast: half of what a byte can have.
    private static let leastContrast = 128
    /// Bytes that are looked at, at most: of a larger set, images at even distances.
    private static let mostBytes = 1 << 23

    /// - Parameter images: of the training file.
    package init(_ images: ImageSet) {
        let step = max(1, images.pixels.count / ShownLevels.mostBytes)
        var (least, greatest) = (UInt8.max, UInt8.min)
        images.pixels.withUnsafeBufferPointer { pixels in
            for image in stride(from: 0, to: images.count, by: step) {
                for pixel in pixels[(image * images.imageBytes)..<((image + 1) * images.imageBytes)] {
                    least = min(least, pixel)
                    greatest = max(greatest, pixel)
                }
            }
        }
        let isLow = greatest > least && Int(greatest) - Int(least) < ShownLevels.leastContrast
        (self.least, self.greatest) = isLow ? (least, greatest) : (0, 255)
    }

    /// Whether pictures have more contrast than the images.
    package var areStretched: Bool { (least, greatest) != (0, 255) }

    /// The image as a picture shows it.
    package func shown(_ image: GrayImage) -> GrayImage {
        guard areStretched else { return image }
        let width = Int(greatest) - Int(least)
        let pixels = image.pixels.map { pixel in
            UInt8(min(255, max(0, (Int(pixel) - Int(least)) * 255 + width / 2) / width))
        }
        return GrayImage(rows: image.rows, columns: image.columns, pixels: pixels)
    }

    /// A deviation of images as a picture shows it: half of the range, the greatest that there can be, is white.
    package func shownDeviation(_ image: GrayImage) -> GrayImage {
        let width = Int(greatest) - Int(least)
        return GrayImage(
            rows: image.rows, columns: image.columns,
            pixels: image.pixels.map { UInt8(min(255, 2 * 255 * Int($0) / width)) })
    }

    /// What is said of stretched pictures.
    var note: String? {
        areStretched ? "pixels are \(least) to \(greatest) of 255: pictures show them from black to white" : nil
    }
}
