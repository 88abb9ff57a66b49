/// Images of several channels, shown in grey, and grey drawings for a network that takes several.
extension ImageShape {
    /// An image in grey levels: its bytes where it has one channel; of red, green and blue their luma after ITU-R BT.601;
    /// of others the mean.
    ///
    /// - Parameter image: rows × columns × channels bytes.
    package func gray(_ image: [UInt8]) -> GrayImage {
        guard channels > 1 else { return GrayImage(rows: rows, columns: columns, pixels: image) }
        let pixels = stride(from: 0, to: rows * columns * channels, by: channels).map { start in
            if channels == 3 { return Luma.level(image[start], image[start + 1], image[start + 2]) }
            let sum = image[start..<(start + channels)].reduce(0) { $0 + Int($1) }
            return UInt8((2 * sum + channels) / (2 * channels))
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
