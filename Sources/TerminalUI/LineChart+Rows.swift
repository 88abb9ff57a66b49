import Foundation
import Scales

extension LineChart {
    /// A vertical axis whose ticks are the same whole number of rows apart.
    struct RowTicks: Equatable {
        /// The values in the middle of the bottom row and of the top row.
        var range: ClosedRange<Double>
        /// From the bottom up.
        var ticks: [Double]
        /// The distance of two ticks.
        var step: Double
        /// How far it is from the best: the logarithm of the part of the axis that is not needed, and more for ticks that
        /// are close together or far apart.
        var cost: Double
    }

    /// The axis that shows a range best: first so many rows are chosen for a step, then a round step, and the ends
    /// of the axis follow from both.
    ///
    /// - Parameters:
    ///   - seen: what has to be on the axis.
    ///   - limits: the values that can be: ticks beyond them are not drawn, and an axis that ends there is better.
    ///   - steps: the least and the greatest step.
    static func rowTicks(
        _ seen: ClosedRange<Double>, rows: Int, limits: ClosedRange<Double>,
        steps: ClosedRange<Double> = 0 ... .infinity
    ) -> RowTicks {
        let span = seen.upperBound - seen.lowerBound
        guard rows > 1, span > 0, span.isFinite else {
            return RowTicks(range: seen, ticks: [seen.lowerBound], step: max(span, .leastNonzeroMagnitude), cost: 100)
        }
        var best: RowTicks?
        for pitch in 1...max(1, min(rows - 1, 12)) {
            let least = RoundStep.least(from: max(steps.lowerBound, span * Double(pitch) / Double(rows - 1)))
            for step in [least, RoundStep.least(from: least * 1.5)] where step <= steps.upperBound {
                for fromTop in [false, true] {
                    let axis = axis(seen, rows: rows, limits: limits, pitch: pitch, step: step, fromTop: fromTop)
                    if let axis, axis.cost < best?.cost ?? .infinity { best = axis }
                }
            }
        }
        return best ?? RowTicks(range: seen, ticks: [seen.lowerBound], step: span, cost: 100)
    }

    /// - Parameters:
    ///   - pitch: rows from one tick to the next.
    ///   - fromTop: whether the top row is the nearest that holds the greatest value, rather than the bottom row the
    ///     nearest that holds the least.
    /// - Returns: nil where the axis would not hold the range.
    private static func axis(
        _ seen: ClosedRange<Double>, rows: Int, limits: ClosedRange<Double>, pitch: Int, step: Double, fromTop: Bool
    ) -> RowTicks? {
        // A row of the axis; its ends are whole numbers of it, so that each tick is on a row.
        let unit = step / Double(pitch)
        let length = unit * Double(rows - 1)
        let tolerance = 1e-6
        let low =
            fromTop
            ? (seen.upperBound / unit - tolerance).rounded(.up) * unit - length
            : (seen.lowerBound / unit + tolerance).rounded(.down) * unit
        let high = low + length
        let slack = unit * 1e-3
        guard low.isFinite, high.isFinite, high > low, low <= seen.lowerBound + slack, high >= seen.upperBound - slack
        else { return nil }
        let first = (max(low, limits.lowerBound) / step - tolerance).rounded(.up)
        let last = (min(high, limits.upperBound) / step + tolerance).rounded(.down)
        guard last >= first, last - first <= Double(rows) else { return nil }
        // `+ 0` turns a negative zero into zero.
        let ticks = (0...Int(last - first)).map { (first + Double($0)) * step + 0 }
        let wanted: Double = rows >= 12 ? 3 : rows >= 5 ? 2 : 1
        var cost = log2(length / (seen.upperBound - seen.lowerBound)) + 0.35 * abs(log2(Double(pitch) / wanted))
        if low < limits.lowerBound - slack || high > limits.upperBound + slack { cost += 0.12 }
        // Two ticks don't say whether the axis is logarithmic.
        cost += ticks.count < 2 ? 10 : ticks.count < 3 && rows >= 9 ? 0.35 : 0
        return RowTicks(range: low...high, ticks: ticks, step: step, cost: cost)
    }

    /// The vertical axis of the chart: its ends and its ticks.
    package func vertical(rows: Int) -> (range: ClosedRange<Double>, ticks: [Tick]) {
        let seen = LineChart.widened(visibleRange())
        if logarithmic { return logarithmicAxis(seen, rows: rows) }
        let axis = LineChart.rowTicks(seen, rows: rows, limits: yLimits)
        let labels = LineChart.labels(axis.ticks, step: axis.step)
        return (
            axis.range,
            zip(axis.ticks, labels).map { Tick(place: $0, label: yFormat?($0) ?? $1) }
        )
    }

    /// One notation for all: powers of ten, or decimals.
    private static func labels(_ values: [Double], step: Double) -> [String] {
        let greatest = values.map(abs).max() ?? 0
        if greatest >= 1e6 || step < 1e-5 { return values.map(FixedNumber.scientific) }
        return values.map { FixedNumber.tick($0, step: step) }
    }

    /// Powers of ten as ticks, or where there is room powers of two times a power of ten: each a fixed number of times
    /// the one before.
    private func logarithmicAxis(
        _ seen: ClosedRange<Double>, rows: Int
    ) -> (range: ClosedRange<Double>, ticks: [Tick]) {
        let endless = -Double.infinity ... .infinity
        var axis = LineChart.rowTicks(seen, rows: rows, limits: endless, steps: 1 ... .infinity)
        var values = axis.ticks.map { pow(10, $0) }
        // In doublings from a power of ten: 0.05, 0.1, 0.2, 0.4, 0.8 are short, further ones are not.
        let decade = seen.lowerBound.rounded(.down)
        for start in [decade, decade + 1] {
            let two = log10(2.0)
            let places = ((seen.lowerBound - start) / two)...((seen.upperBound - start) / two)
            let doublings = LineChart.rowTicks(places, rows: rows, limits: endless, steps: 1...1)
            guard doublings.cost < axis.cost, let first = doublings.ticks.first, let last = doublings.ticks.last,
                first >= -1, last <= 4
            else { continue }
            axis = doublings
            axis.range = (doublings.range.lowerBound * two + start)...(doublings.range.upperBound * two + start)
            axis.ticks = doublings.ticks.map { $0 * two + start }
            values = doublings.ticks.map { pow(2, $0) * pow(10, start) }
        }
        let labels = LineChart.logarithmicLabels(values)
        let ticks = zip(axis.ticks, zip(values, labels)).map { Tick(place: $0, label: yFormat?($1.0) ?? $1.1) }
        return (axis.range, ticks)
    }

    /// One notation for all: `0.001`, `0.01`, `10`, or `1e-6`, `1e-5`, `1e0`.
    private static func logarithmicLabels(_ values: [Double]) -> [String] {
        guard let least = values.min(), let greatest = values.max(), least >= 9e-5, greatest < 99_999 else {
            return values.map(FixedNumber.scientific)
        }
        return values.map { value in
            let decimals = (0...5).first { abs(FixedNumber.rounded(value, decimals: $0) - value) < value * 1e-6 } ?? 5
            return FixedNumber.fixed(value, decimals: decimals)
        }
    }

    /// What the y axis has to show: every value of the lines. Bands don't count where there is a line: their extremes
    /// would make everything else flat, and are cut at the edge.
    private func visibleRange() -> ClosedRange<Double> {
        if let yRange {
            guard logarithmic else { return yRange }
            let low = transformed(yRange.lowerBound)
            let high = transformed(yRange.upperBound)
            if low.isFinite, high.isFinite, low < high { return low...high }
        }
        let lines = series.filter { $0.kind == .line }.flatMap { series in
            series.points.filter { xRange.contains($0.x) }.map { transformed($0.y) }
        }
        let bands = series.filter { $0.kind == .envelope && !$0.isOuter }.flatMap { series in
            series.envelope.filter { xRange.contains($0.x) }.flatMap { [transformed($0.low), transformed($0.high)] }
        }
        for values in [lines, bands] {
            let known = values.filter { abs($0) <= LineChart.greatest }
            if let low = known.min(), let high = known.max() { return low...high }
        }
        return logarithmic ? -2...0 : 0...1
    }
}
