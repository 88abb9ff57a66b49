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
    package static func niceStep(span: Double, count: Int) -> Double {
        guard span > 0, span.isFinite else { return 1 }
        return RoundStep.least(from: span / Double(max(1, count)))
    }

    /// A labelled place of an axis.
    package struct Tick: Equatable, Sendable {
        /// Its place on the axis; a logarithm on a logarithmic one.
        package var place: Double
        /// Its label.
        package var label: String
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
        /// The column behind the area.
        var right: Int
    }

    func frame(in area: Rect) -> Frame {
        let hasAxis = !labelsOnBorder && area.height >= 4
        let hasLabels = !labelsOnBorder && area.height >= 5
        let rows = area.height - (hasAxis ? 1 : 0) - (hasLabels ? 1 : 0)
        let (y, yTicks) = vertical(rows: rows)
        let widest = yTicks.map { $0.label.columns }.max() ?? 0
        // Charts one above the other line up, and the axis has room for its name.
        let gutter = max(widest, labelsOnBorder ? xName.columns - 1 : 0, leastLabel) + 3
        let hasGutter = !yTicks.isEmpty && area.width >= gutter + 6
        let left = hasGutter ? gutter : 0
        let right = tagColumns(area.width - left)
        let columns = min(mostColumns, area.width - left - right)
        let plot = Rect(x: area.x + left, y: area.y, width: columns, height: rows)
        let x = LineChart.widened(xRange)
        return Frame(
            plot: plot, x: x, y: y, yTicks: yTicks, xTicks: horizontal(x, columns: plot.width),
            yAxis: hasGutter ? area.x + left - 1 : nil, xAxis: hasAxis || labelsOnBorder ? area.y + rows : nil,
            xLabels: labelsOnBorder ? area.y + rows : hasLabels ? area.y + rows + 1 : nil, gutter: left,
            right: area.maxX)
    }

    /// A value beyond this counts as infinite: sums and quotients of the others don't overflow.
    static let greatest = 1e100

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
            let span = range.upperBound - range.lowerBound
            let most = leastXStep > 0 ? Int(max(1, min(1000, span / leastXStep))) : count
            let values = LineChart.niceTicks(range, count: min(count, most))
            let step = values.count > 1 ? values[1] - values[0] : range.upperBound - range.lowerBound
            let ticks = values.map { Tick(place: $0, label: xFormat?($0) ?? FixedNumber.tick($0, step: step)) }
            let widest = ticks.map { $0.label.columns }.max() ?? 0
            if count == 1 || ticks.count * (widest + 2) <= columns + 2 { return ticks }
            count -= 1
        }
    }
}
