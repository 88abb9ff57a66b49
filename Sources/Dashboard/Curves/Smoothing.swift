import TerminalUI

/// The weight of earlier values in a smoothed line.
package struct Smoothing: Equatable, Sendable {
    /// The levels of the key.
    package static let weights = [0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99]

    /// The weight of the average before each point, 0 ..< 1; 0 leaves the line unsmoothed.
    package private(set) var weight: Double

    /// - Parameter weight: replaced by the nearest of `weights`.
    package init(weight: Double = 0) {
        self.weight = Smoothing.weights.min { abs($0 - weight) < abs($1 - weight) } ?? 0
    }

    var isOn: Bool { weight > 0 }

    /// The next level; after the last one none.
    mutating func stepInTurn() {
        let index = (Smoothing.weights.firstIndex(of: weight) ?? 0) + 1
        weight = Smoothing.weights[index % Smoothing.weights.count]
    }

    /// The exponential moving average without the bias of its start at zero, as in TensorBoard: after n values it is
    /// divided by 1 − weightⁿ. A value that is not finite stays, and the average continues after it.
    package func applied(to points: [LineChart.Point]) -> [LineChart.Point] {
        guard isOn else { return points }
        var average = 0.0
        var remainder = 1.0
        return points.map { point in
            guard point.y.isFinite else { return point }
            average = average * weight + (1 - weight) * point.y
            remainder *= weight
            return LineChart.Point(x: point.x, y: average / (1 - remainder))
        }
    }
}
