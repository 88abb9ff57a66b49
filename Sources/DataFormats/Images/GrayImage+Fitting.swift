/// Other sizes. All is whole numbers, so that another program gets the same bytes.
extension GrayImage {
    /// The image in another size: scaled with its proportions kept, until it fills the height or the width, and in the
    /// middle of what its background is.
    ///
    /// - Parameters:
    ///   - rows: height of the result.
    ///   - columns: width of the result.
    package func fitted(rows: Int, columns: Int) -> GrayImage {
        guard (rows, columns) != (self.rows, self.columns) else { return self }
        let isTall = rows * self.columns <= columns * self.rows
        let height = isTall ? rows : max(1, (2 * self.rows * columns + self.columns) / (2 * self.columns))
        let width = isTall ? max(1, (2 * self.columns * rows + self.rows) / (2 * self.rows)) : columns
        let scaled = scaled(rows: height, columns: width)
        var pixels = [UInt8](repeating: background, count: rows * columns)
        let (top, left) = ((rows - height) / 2, (columns - width) / 2)
        for row in 0..<height {
            let start = (top + row) * columns + left
            pixels.replaceSubrange(
                start..<(start + width), with: scaled.pixels[(row * width)..<((row + 1) * width)])
        }
        return GrayImage(rows: rows, columns: columns, pixels: pixels)
    }

    /// The median of the pixels at the edges: of an even number the lower one of the two in the middle. The top and
    /// bottom rows count whole, the columns at the sides without their ends.
    package var background: UInt8 {
        var counts = [Int](repeating: 0, count: 256)
        var all = 0
        func count(_ row: Int, _ column: Int) {
            counts[Int(pixels[row * columns + column])] += 1
            all += 1
        }
        for column in 0..<columns {
            count(0, column)
            count(rows - 1, column)
        }
        for row in 0..<rows where row > 0 && row < rows - 1 {
            count(row, 0)
            count(row, columns - 1)
        }
        var below = 0
        for (level, count) in counts.enumerated() {
            below += count
            if 2 * below >= all { return UInt8(level) }
        }
        return 0
    }

    /// Each pixel is the mean of the area that it covers, rounded, halves up.
    package func scaled(rows: Int, columns: Int) -> GrayImage {
        let (down, across) = (Overlap.all(of: self.rows, rows), Overlap.all(of: self.columns, columns))
        let area = self.rows * self.columns
        var sums = [Int](repeating: 0, count: self.columns)
        let scaled = [UInt8](unsafeUninitializedCapacity: rows * columns) { scaled, count in
            pixels.withUnsafeBufferPointer { pixels in
                sums.withUnsafeMutableBufferPointer { sums in
                    for (row, lines) in down.enumerated() {
                        sums.update(repeating: 0)
                        for (line, weight) in zip(lines.first..., lines.weights) {
                            let start = line * sums.count
                            for place in 0..<sums.count { sums[place] += weight * Int(pixels[start + place]) }
                        }
                        for (column, places) in across.enumerated() {
                            var sum = 0
                            for (place, weight) in zip(places.first..., places.weights) { sum += weight * sums[place] }
                            scaled[row * columns + column] = UInt8((2 * sum + area) / (2 * area))
                        }
                    }
                }
            }
            count = rows * columns
        }
        return GrayImage(rows: rows, columns: columns, pixels: scaled)
    }

    /// Which pixels of a line a scaled pixel covers, and how much of each: in parts of which a pixel has as many as the
    /// scaled line has pixels.
    private struct Overlap {
        let first: Int
        let weights: [Int]

        static func all(of size: Int, _ scaled: Int) -> [Overlap] {
            (0..<scaled).map { index in
                let (start, end) = (index * size, (index + 1) * size)
                let first = start / scaled
                let weights = (first...((end - 1) / scaled)).map { pixel in
                    min(end, (pixel + 1) * scaled) - max(start, pixel * scaled)
                }
                return Overlap(first: first, weights: weights)
            }
        }
    }
}
