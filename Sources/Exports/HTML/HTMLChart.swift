import Foundation
import Markup
import Reports
import Scales

/// Curves over the epochs as an SVG picture, with the colours of the page's style sheet.
package struct HTMLChart {
    /// One curve.
    package struct Series {
        let name: String
        let cssClass: String
        let values: [Double?]

        /// - Parameters:
        ///   - cssClass: of the style sheet.
        ///   - values: one an epoch; nil breaks the line.
        package init(name: String, cssClass: String, values: [Double?]) {
            self.name = name
            self.cssClass = cssClass
            self.values = values
        }
    }

    let title: String
    let series: [Series]
    let text: (Double) -> String
    let best: (epoch: Int, value: Double)?
    let ceiling: Double

    /// - Parameters:
    ///   - text: how a value is written.
    ///   - best: the epoch, from 1, that is marked as the best one.
    ///   - ceiling: ticks don't go beyond it.
    package init(
        title: String, series: [Series], text: @escaping (Double) -> String, best: (epoch: Int, value: Double)?,
        ceiling: Double = .infinity
    ) {
        self.title = title
        self.series = series
        self.text = text
        self.best = best
        self.ceiling = ceiling
    }

    private static let size = (width: 560.0, height: 300.0)
    private static let plot = (left: 62.0, top: 14.0, right: 448.0, bottom: 260.0)
    /// The greatest number of points of a line: two for each column of pixels.
    private static let mostColumns = 400

    private var epochs: Int { series.map(\.values.count).max() ?? 0 }

    /// The whole `svg` element; nil where no epoch has a figure.
    package var svg: String? {
        let values = series.flatMap { $0.values.compactMap { $0 } }.filter(\.isFinite)
        guard let least = values.min(), let greatest = values.max() else { return nil }
        let scale = AxisScale(least: least, greatest: greatest, steps: 5, ceiling: ceiling)
        let parts = [grid(scale), bestMarker(scale)] + series.map { line($0, scale) } + [labels(scale)]
        return """
            <svg viewBox="0 0 \(Int(Self.size.width)) \(Int(Self.size.height))" role="img" \
            aria-label="\(MarkupText.escaped(alternative))">
            \(parts.filter { !$0.isEmpty }.joined(separator: "\n"))
            </svg>
            """
    }

    /// The picture in words, for screen readers.
    private var alternative: String {
        let ends = series.compactMap { series -> String? in
            guard let first = series.values.first ?? nil, let last = series.values.last ?? nil else { return nil }
            return "\(series.name) from \(text(first)) to \(text(last))"
        }
        let marked = best.map { "; best at epoch \($0.epoch) with \(text($0.value))" } ?? ""
        return "\(title) over \(epochs) \(epochs == 1 ? "epoch" : "epochs"): \(ends.joined(separator: ", "))\(marked)."
    }

    // MARK: - Places

    private func x(_ epoch: Double) -> Double {
        let share = epochs <= 1 ? 0.5 : (epoch - 1) / Double(epochs - 1)
        return Self.plot.left + share * (Self.plot.right - Self.plot.left)
    }

    private func y(_ value: Double, _ scale: AxisScale) -> Double {
        Self.plot.bottom - scale.share(of: value) * (Self.plot.bottom - Self.plot.top)
    }

    private func number(_ value: Double) -> String { FigureText.fixed(value, 1) }

    // MARK: - Parts

    private func grid(_ scale: AxisScale) -> String {
        let (left, right, bottom) = (Self.plot.left, Self.plot.right, Self.plot.bottom)
        let horizontal = scale.ticks.map { tick in
            let place = number(y(tick, scale))
            return "<path class=\"grid\" d=\"M\(number(left)) \(place)H\(number(right))\"/>"
                + "<text class=\"tick\" x=\"\(number(left - 8))\" y=\"\(number(y(tick, scale) + 4))\" "
                + "text-anchor=\"end\">\(MarkupText.escaped(text(tick)))</text>"
        }
        let vertical = epochTicks.map { epoch in
            "<text class=\"tick\" x=\"\(number(x(Double(epoch))))\" y=\"\(number(bottom + 18))\" "
                + "text-anchor=\"middle\">\(epoch)</text>"
        }
        let axis =
            "<text class=\"tick\" x=\"\(number((left + right) / 2))\" y=\"\(number(bottom + 37))\" "
            + "text-anchor=\"middle\">epoch</text>"
        return (horizontal + vertical + [axis]).joined(separator: "\n")
    }

    /// Integers, the last epoch among them.
    private var epochTicks: [Int] {
        guard epochs > 1 else { return epochs == 1 ? [1] : [] }
        let step = max(1, Int(RoundStep.least(from: Double(epochs - 1) / 6).rounded(.up)))
        let ticks = [1] + Array(stride(from: step, through: epochs, by: step)).filter { $0 > 1 }
        // A tick too near to the next one would overlap with its number.
        let last = ticks.filter { $0 == epochs || epochs - $0 >= (step + 1) / 2 }
        let inner = last.filter { $0 == 1 || $0 - 1 >= step / 2 }
        return inner.last == epochs ? inner : inner + [epochs]
    }

    private func bestMarker(_ scale: AxisScale) -> String {
        guard let best, epochs > 1 else { return "" }
        let (place, top, bottom) = (x(Double(best.epoch)), Self.plot.top, Self.plot.bottom)
        return "<path class=\"best\" d=\"M\(number(place)) \(number(top))V\(number(bottom))\"/>"
            + "<circle class=\"best\" cx=\"\(number(place))\" cy=\"\(number(y(best.value, scale)))\" r=\"5\"/>"
    }

    private func line(_ series: Series, _ scale: AxisScale) -> String {
        let points = Self.thinned(series.values)
        var path = ""
        var isBroken = true
        for (epoch, value) in points {
            guard let value, value.isFinite else {
                isBroken = true
                continue
            }
            path += "\(isBroken ? "M" : "L")\(number(x(epoch))) \(number(y(value, scale)))"
            isBroken = false
        }
        let dots =
            points.count > 24
            ? []
            : points.compactMap { epoch, value -> String? in
                guard let value, value.isFinite else { return nil }
                return "<circle class=\"dot \(series.cssClass)\" cx=\"\(number(x(epoch)))\" "
                    + "cy=\"\(number(y(value, scale)))\" r=\"2.6\"/>"
            }
        return "<path class=\"line \(series.cssClass)\" d=\"\(path)\"/>" + dots.joined()
    }

    /// Epochs and values. Where there are many epochs, the least and the greatest value of each column, so that no
    /// spike is lost.
    package static func thinned(_ values: [Double?]) -> [(epoch: Double, value: Double?)] {
        guard values.count > 2 * mostColumns else { return values.enumerated().map { (Double($0 + 1), $1) } }
        return (0..<mostColumns).flatMap { column -> [(epoch: Double, value: Double?)] in
            let range = (column * values.count / mostColumns)..<((column + 1) * values.count / mostColumns)
            let found = range.compactMap { index in
                values[index].flatMap { $0.isFinite ? (Double(index + 1), $0) : nil }
            }
            guard let least = found.min(by: { $0.1 < $1.1 }), let greatest = found.max(by: { $0.1 < $1.1 }) else {
                return [(Double(range.lowerBound + 1), nil)]
            }
            return [least, greatest].sorted { $0.0 < $1.0 }.map { ($0.0, $0.1) }
        }
    }

    /// The lines' names beside their ends, no two at the same height.
    private func labels(_ scale: AxisScale) -> String {
        var places = series.compactMap { series -> (series: Series, y: Double)? in
            guard let last = series.values.compactMap({ $0 }).last(where: \.isFinite) else { return nil }
            return (series, y(last, scale))
        }.sorted { $0.y < $1.y }
        for index in places.indices.dropFirst() {
            places[index].y = max(places[index].y, places[index - 1].y + 16)
        }
        let overflow = max(0, (places.last?.y ?? 0) - Self.plot.bottom)
        return places.map { series, place in
            "<text class=\"name \(series.cssClass)\" x=\"\(number(Self.plot.right + 10))\" "
                + "y=\"\(number(place - overflow + 4))\">\(MarkupText.escaped(series.name))</text>"
        }.joined(separator: "\n")
    }
}
