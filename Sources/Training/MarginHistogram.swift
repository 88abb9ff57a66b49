/// The margins of all rows in bins of equal width from −1 to 1. A wrong prediction has a negative one.
package struct MarginHistogram: Sendable, Equatable {
    /// Rows in each bin, the least margin first. A bin holds its lower end, the last one 1 as well.
    package let counts: [Int]
    /// Rows whose margin is no number.
    package let unknown: Int

    /// - Parameter bins: an even number, so that 0 lies between two bins.
    package init(_ evaluation: Evaluation, bins: Int) {
        precondition(bins > 0 && bins.isMultiple(of: 2), "0 lies between two bins")
        var counts = [Int](repeating: 0, count: bins)
        var unknown = 0
        for row in 0..<evaluation.count {
            let margin = evaluation.margin(ofRow: row)
            guard margin.isFinite else {
                unknown += 1
                continue
            }
            counts[min(bins - 1, max(0, Int((margin + 1) / 2 * Float(bins))))] += 1
        }
        self.counts = counts
        self.unknown = unknown
    }

    /// The margins that a bin holds: from the first one up to the second.
    package func edges(ofBin index: Int) -> (from: Double, upTo: Double) {
        let width = 2 / Double(counts.count)
        return (Double(index) * width - 1, Double(index + 1) * width - 1)
    }
}
