import Kernels

/// How much each setting alone explains of the differences between trials: functional analysis of variance over a forest of
/// regression trees.
///
/// Hutter, Hoos and Leyton-Brown, "An Efficient Approach for Assessing Hyperparameter Importance" (2014): a tree is a function
/// that is constant on boxes, so that its mean over all other settings, and the variance of that, are sums over its leaves.
/// The forest: Breiman, "Random Forests" (2001).
package struct SettingImportance: Equatable, Sendable {
    /// One for each dimension of the space, 0 to 1: its share of the variance.
    package let shares: [Double]
    /// What settings explain only together, 0 to 1.
    package var together: Double { max(0, 1 - shares.reduce(0, +)) }

    /// Fewer trials say nothing.
    package static let leastTrials = 10
    private static let trees = 64
    private static let leastRows = 3
    /// More trials make it slow, and hardly better.
    private static let mostTrials = 600

    /// - Parameters:
    ///   - space: of the points.
    ///   - points: what was chosen.
    ///   - values: what was reached, one a point; finite.
    /// - Returns: nil where there are too few points, or all values are equal.
    package init?(_ space: SearchSpace, points: [SearchPoint], values: [Double]) {
        precondition(points.count == values.count, "a value for each point")
        guard points.count >= Self.leastTrials, !space.dimensions.isEmpty else { return nil }
        let (points, values) = (points.suffix(Self.mostTrials), Array(values.suffix(Self.mostTrials)))
        var generator = SeededGenerator(seed: 1, stream: 0x464F_5245)
        let rows = points.map { Self.row($0, space, using: &generator) }
        let texts = space.dimensions.map { dimension -> Int? in
            if case .choice(let count) = dimension.kind { count } else { nil }
        }
        var sums = Array(repeating: 0.0, count: texts.count)
        var grown = 0
        for _ in 0..<Self.trees {
            let drawn = rows.indices.map { _ in
                min(rows.count - 1, Int(Double(generator.uniform()) * Double(rows.count)))
            }
            let tree = RegressionTree(
                rows: drawn.map { rows[$0] }, values: drawn.map { values[$0] }, texts: texts,
                leastRows: Self.leastRows, tried: (texts.count * 5 + 5) / 6, using: &generator)
            guard let shares = Self.shares(tree, texts) else { continue }
            grown += 1
            for (dimension, share) in shares.enumerated() { sums[dimension] += share }
        }
        guard grown > 0 else { return nil }
        shares = sums.map { min(1, $0 / Double(grown)) }
    }

    /// A value that does not count is drawn by chance: it says nothing of the trial.
    private static func row(
        _ point: SearchPoint, _ space: SearchSpace, using generator: inout SeededGenerator
    ) -> [Double] {
        zip(space.dimensions, point.values).map { dimension, value in
            let chance = Double(generator.uniform())
            switch dimension.kind {
            case .choice(let count):
                return value.isNaN ? min(Double(count - 1), (chance * Double(count)).rounded(.down)) : value
            case .number(let interval): return value.isNaN ? chance : interval.share(of: value)
            }
        }
    }

    /// For each dimension, the variance of the tree's mean over all others, as a share of the tree's variance; nil where that
    /// is zero.
    static func shares(_ tree: RegressionTree, _ texts: [Int?]) -> [Double]? {
        let sizes = tree.leaves.map(\.size)
        let mean = zip(tree.leaves, sizes).reduce(0) { $0 + $1.0.value * $1.1 }
        let variance = zip(tree.leaves, sizes).reduce(0) {
            $0 + ($1.0.value - mean) * ($1.0.value - mean) * $1.1
        }
        guard variance > 1e-12 else { return nil }
        return texts.indices.map { dimension in
            let parts = parts(tree.leaves, dimension, texts[dimension])
            return parts.reduce(0) { sum, part in
                let middle = (part.lowerBound + part.upperBound) / 2
                let marginal = zip(tree.leaves, sizes).reduce(0) { sum, leaf in
                    let side = leaf.0.box[dimension]
                    return covers(side, middle) ? sum + leaf.0.value * leaf.1 / side.size : sum
                }
                return sum + (part.upperBound - part.lowerBound) * (marginal - mean) * (marginal - mean)
            } / variance
        }
    }

    /// The parts of a dimension on which the mean does not change, as parts of 0 to 1.
    private static func parts(_ leaves: [RegressionTree.Leaf], _ dimension: Int, _ texts: Int?) -> [ClosedRange<Double>]
    {
        var ends: Set<Double> = [0, 1]
        if let texts {
            for text in 0..<texts { ends.insert(Double(text) / Double(texts)) }
        } else {
            for case .interval(let low, let high) in leaves.map({ $0.box[dimension] }) { ends.formUnion([low, high]) }
        }
        let sorted = ends.sorted()
        return zip(sorted, sorted.dropFirst()).map { $0...$1 }
    }

    private static func covers(_ side: RegressionTree.Side, _ place: Double) -> Bool {
        switch side {
        case .interval(let low, let high): place > low && place < high
        case .texts(let isIn): isIn[min(isIn.count - 1, Int(place * Double(isIn.count)))]
        }
    }
}
