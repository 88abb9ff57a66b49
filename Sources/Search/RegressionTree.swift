import Kernels

/// A regression tree over a box of numbers from 0 to 1 and choices: its leaves are parts of the box with the mean of the values
/// that fell there.
///
/// Breiman, Friedman, Olshen and Stone, "Classification and Regression Trees" (1984): each split lessens the squared error the
/// most; of a choice the texts are split in the order of their means, which finds the best of all splits in two.
struct RegressionTree {
    /// The part of a dimension that a leaf takes.
    enum Side: Equatable {
        case interval(Double, Double)
        /// One a text.
        case texts([Bool])

        /// Its share of the whole dimension.
        var size: Double {
            switch self {
            case .interval(let low, let high): high - low
            case .texts(let isIn): Double(isIn.count(where: \.self)) / Double(max(1, isIn.count))
            }
        }
    }

    struct Leaf {
        var box: [Side]
        var value: Double

        /// Its share of the whole box.
        var size: Double { box.reduce(1) { $0 * $1.size } }
    }

    private(set) var leaves: [Leaf] = []

    /// The split of a node: rows of one dimension up to a number, or with some texts, go left.
    private struct Split {
        var dimension = 0
        var gain = 0.0
        var left = Side.interval(0, 0)
        var right = Side.interval(0, 0)

        func takesLeft(_ value: Double) -> Bool {
            switch left {
            case .interval(_, let high): value < high
            case .texts(let isIn): isIn[Int(value)]
            }
        }
    }

    /// - Parameters:
    ///   - rows: of each the values of all dimensions: shares from 0 to 1, of a choice the number of its text.
    ///   - values: one a row.
    ///   - texts: how many texts a dimension has; nil for a number.
    ///   - leastRows: of a leaf.
    ///   - tried: dimensions that are tried at a split, drawn by chance.
    init(
        rows: [[Double]], values: [Double], texts: [Int?], leastRows: Int, tried: Int,
        using generator: inout SeededGenerator
    ) {
        let box = texts.map { $0.map { Side.texts(Array(repeating: true, count: $0)) } ?? .interval(0, 1) }
        var open: [(members: [Int], box: [Side])] = [(Array(rows.indices), box)]
        while let (members, box) = open.popLast() {
            let chosen = Self.draw(tried, of: texts.count, using: &generator)
            let splits = chosen.compactMap { Self.split(members, rows, values, $0, box[$0], leastRows) }
            guard let best = splits.max(by: { $0.gain < $1.gain }) else {
                let mean = members.reduce(0) { $0 + values[$1] } / Double(max(1, members.count))
                leaves.append(Leaf(box: box, value: mean))
                continue
            }
            for (side, isLeft) in [(best.left, true), (best.right, false)] {
                var part = box
                part[best.dimension] = side
                open.append((members.filter { best.takesLeft(rows[$0][best.dimension]) == isLeft }, part))
            }
        }
    }

    private static func draw(_ count: Int, of all: Int, using generator: inout SeededGenerator) -> [Int] {
        var order = (0..<all).map(Int32.init)
        generator.shuffle(&order)
        return order.prefix(max(1, count)).map(Int.init)
    }

    /// The best split in a dimension; nil where none lessens the error.
    private static func split(
        _ members: [Int], _ rows: [[Double]], _ values: [Double], _ dimension: Int, _ side: Side, _ leastRows: Int
    ) -> Split? {
        switch side {
        case .interval(let low, let high):
            let order = members.sorted { rows[$0][dimension] < rows[$1][dimension] }
            let groups = order.map { (key: rows[$0][dimension], count: 1, sum: values[$0]) }
            guard let (gain, place) = cut(groups, leastRows) else { return nil }
            let middle = (groups[place].key + groups[place + 1].key) / 2
            guard middle > low, middle < high else { return nil }
            return Split(dimension: dimension, gain: gain, left: .interval(low, middle), right: .interval(middle, high))
        case .texts(let isIn):
            var counts = Array(repeating: 0, count: isIn.count)
            var sums = Array(repeating: 0.0, count: isIn.count)
            for member in members {
                counts[Int(rows[member][dimension])] += 1
                sums[Int(rows[member][dimension])] += values[member]
            }
            let seen = isIn.indices.filter { counts[$0] > 0 }
                .sorted { sums[$0] / Double(counts[$0]) < sums[$1] / Double(counts[$1]) }
            let groups = seen.enumerated().map {
                (key: Double($0.offset), count: counts[$0.element], sum: sums[$0.element])
            }
            guard let (gain, place) = cut(groups, leastRows) else { return nil }
            let left = Set(seen.prefix(place + 1))
            // Texts that no row here has go with the right.
            return Split(
                dimension: dimension, gain: gain, left: .texts(isIn.indices.map { left.contains($0) }),
                right: .texts(isIn.indices.map { isIn[$0] && !left.contains($0) }))
        }
    }

    /// Behind which of the groups in their order the cut lessens the squared error the most, and by how much.
    private static func cut(
        _ groups: [(key: Double, count: Int, sum: Double)], _ leastRows: Int
    ) -> (gain: Double, place: Int)? {
        let (count, sum) = groups.reduce((0, 0.0)) { ($0.0 + $1.count, $0.1 + $1.sum) }
        let whole = sum * sum / Double(max(1, count))
        var (left, leftSum) = (0, 0.0)
        var best: (gain: Double, place: Int)?
        for (place, group) in groups.dropLast().enumerated() {
            left += group.count
            leftSum += group.sum
            guard left >= leastRows, count - left >= leastRows, group.key < groups[place + 1].key else { continue }
            let rightSum = sum - leftSum
            let gain = leftSum * leftSum / Double(left) + rightSum * rightSum / Double(count - left) - whole
            if gain > max(1e-12, best?.gain ?? 0) { best = (gain, place) }
        }
        return best
    }
}
