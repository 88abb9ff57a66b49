/// The rows that scikit-learn's `StratifiedShuffleSplit` draws: of each class its share, with the same draws in the same
/// order (`_split.py` and `_approximate_mode` of `extmath.py`, version 1.7).
struct Stratification {
    let training: [Int32]
    let validation: [Int32]

    /// - Parameters:
    ///   - labels: of all rows.
    ///   - heldOut: rows that validate, at least one.
    init(labels: [UInt8], heldOut: Int, seed: UInt32) throws(Split.Problem) {
        // The classes that occur, in order, each with its rows.
        var rows = [[Int32]](repeating: [], count: 256)
        for (row, label) in labels.enumerated() { rows[Int(label)].append(Int32(row)) }
        if let lone = rows.firstIndex(where: { $0.count == 1 }) { throw .loneRow(label: lone) }
        rows.removeAll(where: \.isEmpty)
        let trained = labels.count - heldOut
        guard min(trained, heldOut) >= rows.count else {
            throw .fewRows(training: trained, validation: heldOut, classes: rows.count)
        }
        var random = LegacyRandomState(seed: seed)
        let counts = rows.map(\.count)
        let trainedOfEach = Self.shares(counts, of: trained, &random)
        let heldOutOfEach = Self.shares(zip(counts, trainedOfEach).map(-), of: heldOut, &random)
        var (training, validation): ([Int32], [Int32]) = ([], [])
        for (index, rows) in rows.enumerated() {
            let order = random.permutation(rows)
            let end = trainedOfEach[index]
            training += order[..<end]
            validation += order[end..<(end + heldOutOfEach[index])]
        }
        self.training = random.permutation(training)
        self.validation = random.permutation(validation)
    }

    /// How many of `draws` rows are of each class: its share, rounded down; those that are missing then go to the
    /// classes with the greatest remainders, by chance among equal ones.
    private static func shares(_ counts: [Int], of draws: Int, _ random: inout LegacyRandomState) -> [Int] {
        let all = Double(counts.reduce(0, +))
        // The order of these operations decides which remainders are equal.
        let exact = counts.map { Double($0) / all * Double(draws) }
        var shares = exact.map { Int($0.rounded(.down)) }
        let remainders = exact.map { $0 - $0.rounded(.down) }
        var missing = draws - shares.reduce(0, +)
        for value in Set(remainders).sorted(by: >) {
            guard missing > 0 else { break }
            let classes = remainders.indices.filter { remainders[$0] == value }
            let chosen = random.choice(classes, count: min(classes.count, missing))
            for index in chosen { shares[index] += 1 }
            missing -= chosen.count
        }
        return shares
    }
}
