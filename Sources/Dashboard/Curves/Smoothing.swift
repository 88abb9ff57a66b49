import TerminalUI

/// How much of what came before stays in a smoothed line.
package struct Smoothing: Equatable, Sendable {
    /// The steps of the keys.
    package static let weights = [0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99]

    /// The share that the average keeps at each point, 0 ..< 1; 0 leaves the line as it is.
    package private(set) var weight: Double

    /// - Parameter weight: the nearest of `weights` is taken.
    package init(weight: Double = 0) {
        self.weight = Smoothing.weights.min { abs($0 - weight) < abs($1 - weight) } ?? 0
    }

    var isOn: Bool { weight > 0 }

    mutating func step(by steps: Int) {
        let index = (Smoothing.weights.firstIndex(of: weight) ?? 0) + steps
        weight = Smoothing.weights[min(max(0, index), Smoothing.weights.count - 1)]
    }

    /// The exponential moving average, freed from its start at zero as TensorBoard does it: after n values it is divided
    /// by 1 − weightⁿ. A value that is not finite stays as it is, and the average goes on behind it.
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
