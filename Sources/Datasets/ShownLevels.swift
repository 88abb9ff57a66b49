import DataFormats

/// The pixel values that a data set's pictures show as black and as white, and that black and white of other pictures
/// become where the network is asked about them.
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

    /// - Parameters:
    ///   - least: shown as black.
    ///   - greatest: shown as white, above `least`.
    package init(least: UInt8, greatest: UInt8) {
        precondition(least < greatest, "black is below white")
        (self.least, self.greatest) = (least, greatest)
    }

    /// 0 and 255.
    package static let full = ShownLevels(least: 0, greatest: 255)

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
    package var areStretched: Bool { self != .full }

    /// The image as a picture shows it.
    package func shown(_ image: GrayImage) -> GrayImage {
        guard areStretched else { return image }
        let width = Int(greatest) - Int(least)
        let pixels = image.pixels.map { pixel in
            UInt8(min(255, max(0, (Int(pixel) - Int(least)) * 255 + width / 2) / width))
        }
        return GrayImage(rows: image.rows, columns: image.columns, pixels: pixels)
    }

    /// What a network is fed with for a picture: its black becomes the least value of the set, its white the greatest.
    ///
    /// - Parameters:
    ///   - picture: of the shape's rows and columns, as `shown` makes them.
    ///   - shape: of the data set's images.
    /// - Returns: rows × columns × channels bytes. Of what `shown` made of values within the range, these values.
    package func input(of picture: GrayImage, _ shape: ImageShape) -> [UInt8] {
        guard areStretched else { return shape.bytes(of: picture) }
        let width = Int(greatest) - Int(least)
        let pixels = picture.pixels.map { UInt8(Int(least) + (Int($0) * width + 127) / 255) }
        return shape.bytes(of: GrayImage(rows: picture.rows, columns: picture.columns, pixels: pixels))
    }

    /// Whether an image has the values of a set of low contrast, as those of a folder of pale photos have: none lies beyond
    /// the range by more than half of its width.
    func holds(_ image: GrayImage) -> Bool {
        guard areStretched, let lowest = image.pixels.min(), let highest = image.pixels.max() else { return false }
        let margin = (Int(greatest) - Int(least)) / 2
        return Int(lowest) >= Int(least) - margin && Int(highest) <= Int(greatest) + margin
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
