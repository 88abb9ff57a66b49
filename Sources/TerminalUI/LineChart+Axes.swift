import Foundation
import Scales

extension LineChart {
    /// Round values within a range (1, 2 or 5 times a power of ten apart), about `count` of them.
    ///
    /// An empty or infinite range has only its start as a tick, or none.
    package static func niceTicks(_ range: ClosedRange<Double>, count: Int) -> [Double] {
        let span = range.upperBound - range.lowerBound
        guard range.lowerBound.isFinite, span.isFinite else { return [] }
        guard span > 0, count > 0 else { return [range.lowerBound] }
        return ticks(range, step: niceStep(span: span, count: count))
    }

    /// The multiples of a step within a range.
    private static func ticks(_ range: ClosedRange<Double>, step: Double) -> [Double] {
        let first = (range.lowerBound / step - 1e-9).rounded(.up)
        let last = (range.upperBound / step + 1e-9).rounded(.down)
        guard last >= first, last - first < 1000 else { return [range.lowerBound] }
        // `+ 0` turns a negative zero into zero.
        return (0...Int(last - first)).map { (first + Double($0)) * step + 0 }
    }

    /// The least step of 1, 2 or 5 times a power of ten that divides the span into at most `count` parts.
    static func niceStep(span: Double, count: Int) -> Double {
        guard span > 0, span.isFinite else { return 1 }
        return RoundStep.least(from: span / Double(max(1, count)))
    }

    struct Tick: Equatable {
        /// Where it lies on the axis (a logarithm on a logarithmic one).
        var place: Double
        var label: String
    }

    /// The places of plot, axes and labels.
    struct Frame {
        var plot: Rect
        var x: ClosedRange<Double>
        var y: ClosedRange<Double>
        var yTicks: [Tick]
        var xTicks: [Tick]
        /// The column of `┤`, if the y axis is drawn.
        var yAxis: Int?
        /// The row of `┴`, if the x axis is drawn.
        var xAxis: Int?
        var xLabels: Int?
        /// Columns left of the plot.
        var gutter: Int
    }

    func frame(in area: Rect) -> Frame {
        let hasAxis = !labelsOnBorder && area.height >= 4
        let hasLabels = !labelsOnBorder && area.height >= 5
        let rows = area.height - (hasAxis ? 1 : 0) - (hasLabels ? 1 : 0)
        let (y, yTicks) = vertical(rows: rows)
        let widest = yTicks.map { $0.label.columns }.max() ?? 0
        // Charts one above the other line up, and the axis has room for its name.
        let gutter = max(widest, labelsOnBorder ? xName.columns - 1 : 0) + 3
        let hasGutter = !yTicks.isEmpty && area.width >= gutter + 6
        let left = hasGutter ? gutter : 0
        let right = tagColumns(area.width - left, rows: rows)
        let plot = Rect(x: area.x + left, y: area.y, width: area.width - left - right, height: rows)
        let x = LineChart.widened(xRange)
        return Frame(
            plot: plot, x: x, y: y, yTicks: yTicks, xTicks: horizontal(x, columns: plot.width),
            yAxis: hasGutter ? area.x + left - 1 : nil, xAxis: hasAxis || labelsOnBorder ? area.y + rows : nil,
            xLabels: labelsOnBorder ? area.y + rows : hasLabels ? area.y + rows + 1 : nil, gutter: left)
    }

    /// A value beyond this counts as infinite: sums and quotients of the others don't overflow.
    private static let greatest = 1e100

    /// A range that can be divided by its length, and whose length is large enough beside its bounds.
    static func widened(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
        guard range.lowerBound.isFinite, range.upperBound.isFinite else { return 0...1 }
        let low = min(greatest, max(-greatest, range.lowerBound))
        let high = min(greatest, max(-greatest, range.upperBound))
        let size = max(abs(low), abs(high))
        if high - low > max(size * 1e-9, 1e-90) { return low...high }
        let margin = size < 1e-80 ? 1 : size * 0.1
        return (low - margin)...(high + margin)
    }

    private func horizontal(_ range: ClosedRange<Double>, columns: Int) -> [Tick] {
        guard columns > 1 else { return [] }
        var count = max(1, columns / (labelsOnBorder ? 8 : 12))
        while true {
            let values = LineChart.niceTicks(range, count: count)
            let step = values.count > 1 ? values[1] - values[0] : range.upperBound - range.lowerBound
            let ticks = values.map { Tick(place: $0, label: xFormat?($0) ?? FixedNumber.tick($0, step: step)) }
            let widest = ticks.map { $0.label.columns }.max() ?? 0
            if count == 1 || ticks.count * (widest + 2) <= columns + 2 { return ticks }
            count -= 1
        }
    }

    private func vertical(rows: Int) -> (range: ClosedRange<Double>, ticks: [Tick]) {
        let count = max(1, min(8, rows >= 12 ? rows / 3 : rows >= 4 ? rows / 2 : rows - 1))
        let seen = LineChart.widened(visibleRange())
        if logarithmic { return logarithmicAxis(seen, rows: rows) }
        let step = LineChart.niceStep(span: seen.upperBound - seen.lowerBound, count: count)
        var range = seen
        if yRange == nil {
            let low = (seen.lowerBound / step + 1e-9).rounded(.down) * step
            let high = (seen.upperBound / step - 1e-9).rounded(.up) * step
            range = low...max(low + step, high)
        }
        return (
            range,
            LineChart.ticks(range, step: step).map {
                Tick(place: $0, label: yFormat?($0) ?? FixedNumber.tick($0, step: step))
            }
        )
    }

    /// Decades as ticks, with 2 and 5 between them where there is room.
    private func logarithmicAxis(
        _ seen: ClosedRange<Double>, rows: Int
    ) -> (range: ClosedRange<Double>, ticks: [Tick]) {
        let low = yRange == nil ? LineChart.roundLogarithm(seen.lowerBound, up: false) : seen.lowerBound
        let high = yRange == nil ? max(low + 0.3, LineChart.roundLogarithm(seen.upperBound, up: true)) : seen.upperBound
        let decades = high - low
        let factors: [Double] = Double(rows) / decades >= 6 ? [1, 2, 5] : [1]
        let every = max(1, Int((decades * 2 / Double(max(1, rows))).rounded(.up)))
        var ticks: [Tick] = []
        guard decades < 400 else { return (low...high, []) }
        for exponent in stride(from: Int(low.rounded(.down)), through: Int(high.rounded(.up)), by: every) {
            for factor in factors {
                let value = factor * pow(10, Double(exponent))
                let place = log10(value)
                guard place >= low - 1e-9, place <= high + 1e-9 else { continue }
                let label = yFormat?(value) ?? FixedNumber.tick(value, step: pow(10, Double(exponent)))
                ticks.append(Tick(place: place, label: label))
            }
        }
        return (low...high, ticks)
    }

    /// The next logarithm of 1, 2 or 5 times a power of ten.
    private static func roundLogarithm(_ value: Double, up: Bool) -> Double {
        let decade = (value + 1e-9).rounded(.down)
        let ladder = [0, log10(2), log10(5), 1].map { decade + $0 }
        if up { return ladder.first { $0 >= value - 1e-9 } ?? decade + 1 }
        return ladder.last { $0 <= value + 1e-9 } ?? decade
    }

    /// The values that the y axis has to show: all of the lines, and nearly all of the envelopes. Their few extremes
    /// would make everything else flat, and are cut at the edge.
    private func visibleRange() -> ClosedRange<Double> {
        if let yRange {
            guard logarithmic else { return yRange }
            let low = transformed(yRange.lowerBound)
            let high = transformed(yRange.upperBound)
            if low.isFinite, high.isFinite, low < high { return low...high }
        }
        var low = Double.infinity
        var high = -Double.infinity
        func take(_ value: Double) {
            guard abs(value) <= LineChart.greatest else { return }
            low = min(low, value)
            high = max(high, value)
        }
        for series in series where series.kind == .line {
            for point in series.points where xRange.contains(point.x) { take(transformed(point.y)) }
        }
        for series in series where series.kind == .envelope {
            let points = series.envelope.filter { xRange.contains($0.x) }
            let highs = points.map { transformed($0.high) }.filter(\.isFinite).sorted()
            let lows = points.map { transformed($0.low) }.filter(\.isFinite).sorted()
            if !highs.isEmpty { take(highs[Int(Double(highs.count - 1) * 0.94)]) }
            if !lows.isEmpty { take(lows[Int((Double(lows.count - 1) * 0.06).rounded(.up))]) }
        }
        guard low <= high else { return logarithmic ? -2...0 : 0...1 }
        return low...high
    }
}
