/// What one pass over the bytes of a part's images tells.
struct ImageScan {
    let levels: PixelLevels
    /// Rows whose bytes all have one value, in order.
    let constant: [Int32]
    /// A hash of each row's bytes.
    let hashes: [UInt64]

    /// - Returns: nil once `isCancelled` is true.
    init?(_ images: ImageSet, isCancelled: () -> Bool) {
        let bytes = images.imageBytes
        var constant: [Int32] = []
        var hashes: [UInt64] = []
        hashes.reserveCapacity(images.count)
        // Neighbours often have the same value: with one table each count would wait for the one before.
        var tables = [Int](repeating: 0, count: 4 * 256)
        let isComplete = images.pixels.withUnsafeBytes { pixels in
            tables.withUnsafeMutableBufferPointer { tables in
                for row in 0..<images.count {
                    if row % 1024 == 0, isCancelled() { return false }
                    let image = UnsafeRawBufferPointer(rebasing: pixels[(row * bytes)..<((row + 1) * bytes)])
                    for index in 0..<bytes { tables[(index & 3) << 8 | Int(image[index])] += 1 }
                    if let first = image.first, image.allSatisfy({ $0 == first }) { constant.append(Int32(row)) }
                    hashes.append(Self.hash(image))
                }
                return true
            }
        }
        guard isComplete else { return nil }
        levels = PixelLevels(counts: (0..<256).map { value in (0..<4).reduce(0) { $0 + tables[$1 << 8 | value] } })
        (self.constant, self.hashes) = (constant, hashes)
    }

    /// Multiplies and mixes eight bytes at a time. Equal hashes only make a comparison of the bytes worth while.
    private static func hash(_ image: UnsafeRawBufferPointer) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: image.count)
        func mix(_ word: UInt64) {
            hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
        }
        let whole = image.count & ~7
        for offset in stride(from: 0, to: whole, by: 8) {
            mix(image.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        var rest: UInt64 = 0
        for offset in whole..<image.count { rest = rest << 8 | UInt64(image[offset]) }
        mix(rest)
        return hash
    }
}
