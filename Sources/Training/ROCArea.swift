extension ScoredRows {
    /// The area under each class's ROC curve, that class against the rest; `roc_auc_score` with `average=None`.
    ///
    /// - Returns: one area a class; nil for a class that is absent from the truth or is all of it, and for every class
    ///   where a probability is no finite number.
    package func rocAreas() -> [Double?] {
        guard areScores else { return [Double?](repeating: nil, count: classes) }
        return (0..<classes).map(rocArea)
    }

    /// The Mann–Whitney statistic: the probability that a row of the class scores above another row, where a tie counts
    /// half.
    private func rocArea(of label: Int) -> Double? {
        var positives: [UInt32] = []
        var negatives: [UInt32] = []
        negatives.reserveCapacity(labels.count)
        for (row, truth) in labels.enumerated() {
            let key = Self.sortKey(probabilities[row * classes + label])
            if truth == label { positives.append(key) } else { negatives.append(key) }
        }
        guard !positives.isEmpty, !negatives.isEmpty else { return nil }
        Self.radixSort(&positives)
        Self.radixSort(&negatives)
        // In halves of a pair, so that the sum is exact.
        var halves = 0
        var below = 0
        var upTo = 0
        for score in positives {
            while below < negatives.count, negatives[below] < score { below += 1 }
            upTo = max(upTo, below)
            while upTo < negatives.count, negatives[upTo] == score { upTo += 1 }
            halves += below + upTo
        }
        return Double(halves) / (2 * Double(positives.count) * Double(negatives.count))
    }

    /// A whole number that orders as the finite score does: the sign bit flipped, all bits of a negative one.
    static func sortKey(_ score: Float) -> UInt32 {
        // −0 and 0 are one score, with two bit patterns.
        let bits = score == 0 ? 0 : score.bitPattern
        return bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
    }

    /// Sorts in three stable passes of 11 bits; a comparing sort takes several times as long for thousands of keys.
    private static func radixSort(_ keys: inout [UInt32]) {
        guard keys.count > 256 else { return keys.sort() }
        let buckets = 2_048
        var sorted = keys
        for shift: UInt32 in [0, 11, 22] {
            var starts = [Int](repeating: 0, count: buckets + 1)
            for key in keys { starts[Int(key >> shift) & (buckets - 1) + 1] += 1 }
            for bucket in 1...buckets { starts[bucket] += starts[bucket - 1] }
            for key in keys {
                let bucket = Int(key >> shift) & (buckets - 1)
                sorted[starts[bucket]] = key
                starts[bucket] += 1
            }
            swap(&keys, &sorted)
        }
    }
}
