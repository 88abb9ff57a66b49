/// A warning that the rows held out for validation have other classes than the rest, as the last rows of a sorted file
/// do: their figures then don't show what was learned.
package struct SplitDifference: Equatable, Sendable {
    /// The class whose shares differ most.
    package let label: Int
    /// Its share of the rows that are held out, 0 ... 1.
    package let heldOut: Double
    /// Its share of the rows to train on, 0 ... 1.
    package let trained: Double

    /// From this distance on, the shares differ more than those of a random choice of rows. The distance is that of
    /// total variation: how many of the rows held out would have to be of another class.
    private static let greatestDistance = 0.5

    /// Nil where the rows held out have about the same shares of classes as the rest.
    ///
    /// - Parameters:
    ///   - labels: of all rows of the training file.
    ///   - classes: labels are below it.
    package init?(_ split: Split, labels: [UInt8], classes: Int) {
        guard !split.training.isEmpty, !split.validation.isEmpty else { return nil }
        let heldOut = Self.shares(split.validation.values(of: labels), classes)
        let trained = Self.shares(split.training.values(of: labels), classes)
        let differences = zip(heldOut, trained).map { $0 - $1 }
        let unknown = heldOut.indices.filter { heldOut[$0] > 0 && trained[$0] == 0 }
        // The shares of a few rows say little.
        let isFar = differences.reduce(0) { $0 + abs($1) } / 2 >= Self.greatestDistance
        guard !unknown.isEmpty || (isFar && split.validation.count >= 2 * classes) else { return nil }
        let candidates = unknown.isEmpty ? Array(heldOut.indices) : unknown
        guard let label = candidates.max(by: { abs(differences[$0]) < abs(differences[$1]) }) else { return nil }
        (self.label, self.heldOut, self.trained) = (label, heldOut[label], trained[label])
    }

    /// The share of each class.
    private static func shares(_ labels: [UInt8], _ classes: Int) -> [Double] {
        var counts = Array(repeating: 0, count: classes)
        for label in labels where Int(label) < classes { counts[Int(label)] += 1 }
        return counts.map { Double($0) / Double(labels.count) }
    }
}
