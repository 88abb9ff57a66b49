/// The rows to test with of a data set that has no test part: a share of each class, chosen by a seed.
///
/// The rule, which a program elsewhere can follow: row i, from 0, has the key SplitMix64 gives for the seed at step i
/// (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014). Of a class of n rows those with the
/// least keys are held out, share · n of them, rounded, halves up; at least one of two or more, and never all. Rows stay
/// in the files' order.
package struct TestHoldout: Sendable, Equatable {
    /// The share of each class that is held out, above 0 and below 1.
    package let share: Double
    /// Another seed chooses other rows.
    package let seed: UInt64

    package init(share: Double, seed: UInt64) { (self.share, self.seed) = (share, seed) }

    /// A fifth, by the seed 1, unless the user said something else.
    package init(_ options: DatasetOptions) {
        self.init(share: options.test ?? 0.2, seed: options.testSeed ?? 1)
    }

    /// Row numbers of both parts, each in order.
    ///
    /// - Parameter labels: the class of every row.
    package func rows(_ labels: [UInt8]) -> (train: [Int], test: [Int]) {
        var counts = [Int](repeating: 0, count: 256)
        for label in labels { counts[Int(label)] += 1 }
        var left = counts.map(heldOut)
        let keys = labels.indices.map { SplitMix64.key($0, seed: seed) }
        var isTest = [Bool](repeating: false, count: labels.count)
        // A step of the generator is a bijection, so no two keys are equal.
        for row in labels.indices.sorted(by: { keys[$0] < keys[$1] }) where left[Int(labels[row])] > 0 {
            left[Int(labels[row])] -= 1
            isTest[row] = true
        }
        return (labels.indices.filter { !isTest[$0] }, labels.indices.filter { isTest[$0] })
    }

    /// How many of so many rows of a class.
    private func heldOut(of count: Int) -> Int {
        min(max(Int((share * Double(count) + 0.5).rounded(.down)), count > 1 ? 1 : 0), max(0, count - 1))
    }

    /// The same rule in NumPy: `held_out` gives an array of booleans. It calls `SplitMix64.python`.
    static let python = """
        def held_out(labels, share, seed):
            \"\"\"Which rows are to test with: of each class a share, those with the least keys of SplitMix64.\"\"\"
            keys = row_keys(len(labels), seed)
            rows = np.zeros(len(labels), bool)
            for label in np.unique(labels):
                own = np.flatnonzero(labels == label)
                count = min(max(int(share * len(own) + 0.5), int(len(own) > 1)), len(own) - 1)
                rows[own[np.argsort(keys[own])[:count]]] = True
            return rows
        """

    /// What is said of it: `there is no test part: 360 of 1,797 rows are held out, …`.
    func note(heldOut: Int, of count: Int) -> String {
        "the files have no test part: \(heldOut) of \(count) rows are held out to test with, "
            + "\(DatasetOptions.number(share * 100)) % of each class, chosen by the seed \(seed) (test=, testseed=)"
    }
}
