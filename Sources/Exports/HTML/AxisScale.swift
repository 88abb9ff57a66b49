import Scales

/// Round numbers for the axis of some values.
package struct AxisScale: Equatable {
    /// Ascending; the first and the last one are the ends of the axis.
    package let ticks: [Double]

    /// - Parameters:
    ///   - least: the least value.
    ///   - greatest: the greatest value, at least `least`.
    ///   - steps: the approximate number of steps between ticks.
    ///   - ceiling: no tick is greater.
    package init(least: Double, greatest: Double, steps: Int, ceiling: Double = .infinity) {
        let spread = greatest - least
        // A constant value is in the middle of a span of its own size.
        let span = spread > 0 ? spread : max(abs(greatest), 1) / 2
        let step = RoundStep.least(from: span / Double(steps))
        let first = ((spread > 0 ? least : least - span / 2) / step).rounded(.down)
        let last = (min(spread > 0 ? greatest : greatest + span / 2, ceiling) / step).rounded(.up)
        let ticks = stride(from: first, through: max(last, first + 1), by: 1).map { $0 * step }
        let held = ticks.filter { $0 <= ceiling + step * 1e-9 }
        self.ticks = held.count > 1 ? held : ticks
    }

    /// The position of a value: 0 at the first tick, 1 at the last one.
    package func share(of value: Double) -> Double {
        guard let first = ticks.first, let last = ticks.last, last > first else { return 0.5 }
        return (value - first) / (last - first)
    }
}
