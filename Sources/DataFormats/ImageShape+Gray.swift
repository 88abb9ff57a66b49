/// Images of several channels, shown in grey, and grey drawings for a network that takes several.
extension ImageShape {
    /// An image in grey levels: its bytes where it has one channel; of red, green and blue their luma after ITU-R BT.601;
    /// of others the mean.
    ///
    /// - Parameter image: rows × columns × channels bytes.
    package func gray(_ image: [UInt8]) -> GrayImage {
        guard channels > 1 else { return GrayImage(rows: rows, columns: columns, pixels: image) }
        let shares = channels == 3 ? [0.299, 0.587, 0.114] : Array(repeating: 1 / Double(channels), count: channels)
        let pixels = (0..<(rows * columns)).map { pixel in
            let sum = (0..<channels).reduce(0) { $0 + shares[$1] * Double(image[pixel * channels + $1]) }
            return UInt8(min(255, sum.rounded()))
        }
        return GrayImage(rows: rows, columns: columns, pixels: pixels)
    }

    /// A grey image of this size with the same level in every channel: rows × columns × channels bytes.
    package func bytes(of gray: GrayImage) -> [UInt8] {
        channels == 1 ? gray.pixels : gray.pixels.flatMap { Array(repeating: $0, count: channels) }
    }

    /// The sum over each pixel's channels: what a unit's weights add up to for a grey image.
    ///
    /// - Parameter values: rows × columns × channels, one for each byte.
    /// - Returns: rows × columns.
    package func sums(_ values: [Float]) -> [Float] {
        guard channels > 1 else { return values }
        return stride(from: 0, to: values.count, by: channels).map { start in
            values[start..<min(start + channels, values.count)].reduce(0, +)
        }
    }
}
