/// How often each value occurs among the bytes of some images.
package struct PixelLevels: Sendable, Equatable {
    /// One count for each value, 0 to 255.
    package let counts: [Int]
    /// Bytes that were counted.
    package let total: Int

    /// - Parameter counts: one for each value, 0 to 255.
    package init(counts: [Int]) {
        precondition(counts.count == 256, "a count for each value of a byte")
        self.counts = counts
        total = counts.reduce(0, +)
    }

    /// The least value; 0 without any bytes.
    package var least: Int { counts.firstIndex { $0 > 0 } ?? 0 }
    /// The greatest value; 0 without any bytes.
    package var greatest: Int { counts.lastIndex { $0 > 0 } ?? 0 }
    /// The mean value, 0 ... 255; 0 without any bytes.
    package var mean: Double { total == 0 ? 0 : sum { Double($0) } / Double(total) }

    /// The standard deviation of the values, of all of them and not of a sample: NumPy's `std()`.
    package var deviation: Double {
        let mean = mean
        return total == 0 ? 0 : (sum { (Double($0) - mean) * (Double($0) - mean) } / Double(total)).squareRoot()
    }

    /// The share of bytes that are not 0, which is background, 0 ... 1.
    package var ink: Double { total == 0 ? 0 : 1 - Double(counts[0]) / Double(total) }

    /// The counts in fewer steps, each the mean of neighbours, as many or one more: a histogram of so many columns.
    ///
    /// - Parameter steps: 1 to 256.
    package func bins(_ steps: Int) -> [Double] {
        (0..<min(256, max(1, steps))).map { step in
            let (first, end) = (step * 256 / steps, (step + 1) * 256 / steps)
            return Double(counts[first..<end].reduce(0, +)) / Double(end - first)
        }
    }

    private func sum(_ value: (Int) -> Double) -> Double {
        counts.enumerated().reduce(0) { $0 + Double($1.element) * value($1.offset) }
    }
}
