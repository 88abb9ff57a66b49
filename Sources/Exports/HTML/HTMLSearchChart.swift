import Foundation
import Markup
import Reports
import Scales

/// The results of a search as dots, and the best so far as steps, as an SVG picture.
struct HTMLSearchChart {
    let title: String
    /// What the x axis counts.
    let unit: String
    let results: [HTMLSearch.Point]
    /// By rising x and value.
    let best: [HTMLSearch.Point]

    private static let size = (width: 560.0, height: 300.0)
    private static let plot = (left: 62.0, top: 24.0, right: 540.0, bottom: 252.0)
    /// More dots could not be told apart.
    private static let mostDots = 2000

    /// The whole `svg` element; nil where there is nothing to draw.
    var svg: String? {
        guard let first = best.first, let last = best.last else { return nil }
        let all = results.map(\.value).sorted()
        // The line and the better half of the dots decide the range: a trial that learned nothing would flatten it.
        let least = min(first.value, all.isEmpty ? first.value : all[all.count / 2])
        let scale = AxisScale(least: 100 * least, greatest: 100 * last.value, steps: 5, ceiling: 100)
        let right = max(results.map(\.x).max() ?? 0, last.x, 1)
        let ticks = AxisScale(least: 0, greatest: right, steps: 6).ticks.filter { $0 <= right }
        let words =
            "\(title): the best validation accuracy so far rises from \(FigureText.perCent(first.value)) to "
            + "\(FigureText.perCent(last.value)) over \(results.count) results."
        return """
            <svg viewBox="0 0 \(Int(Self.size.width)) \(Int(Self.size.height))" role="img" \
            aria-label="\(MarkupText.escaped(words))">
            \(grid(scale, ticks, right))
            \(dots(scale, right))
            <path class="line train" d="\(steps(scale, right))"/>
            </svg>
            """
    }

    private func x(_ value: Double, _ right: Double) -> String {
        FigureText.fixed(Self.plot.left + value / right * (Self.plot.right - Self.plot.left), 1)
    }

    private func y(_ per: Double, _ scale: AxisScale) -> Double {
        Self.plot.bottom - scale.share(of: per) * (Self.plot.bottom - Self.plot.top)
    }

    private func grid(_ scale: AxisScale, _ ticks: [Double], _ right: Double) -> String {
        let step = scale.ticks.count > 1 ? scale.ticks[1] - scale.ticks[0] : 1
        let digits = max(0, Int((-log10(step)).rounded(.up)))
        let horizontal = scale.ticks.map { tick in
            let place = FigureText.fixed(y(tick, scale), 1)
            return "<path class=\"grid\" d=\"M\(Self.plot.left) \(place)H\(Self.plot.right)\"/>"
                + "<text class=\"tick\" x=\"\(Self.plot.left - 8)\" y=\"\(FigureText.fixed(y(tick, scale) + 4, 1))\" "
                + "text-anchor=\"end\">\(FigureText.fixed(tick, digits)) %</text>"
        }
        let vertical = ticks.map { tick in
            "<text class=\"tick\" x=\"\(x(tick, right))\" y=\"\(Self.plot.bottom + 18)\" text-anchor=\"middle\">"
                + "\(FigureText.significant(tick))</text>"
        }
        let name =
            "<text class=\"tick\" x=\"\((Self.plot.left + Self.plot.right) / 2)\" y=\"\(Self.plot.bottom + 38)\" "
            + "text-anchor=\"middle\">\(MarkupText.escaped(unit))</text>"
            + "<text class=\"tick\" x=\"\(Self.plot.left)\" y=\"12\">\(MarkupText.escaped(title))</text>"
        return (horizontal + vertical + [name]).joined(separator: "\n")
    }

    private func dots(_ scale: AxisScale, _ right: Double) -> String {
        results.suffix(Self.mostDots).compactMap { point -> String? in
            let place = y(100 * point.value, scale)
            guard place <= Self.plot.bottom + 1 else { return nil }
            return
                "<circle class=\"result\" cx=\"\(x(point.x, right))\" cy=\"\(FigureText.fixed(place, 1))\" r=\"2.4\"/>"
        }.joined()
    }

    private func steps(_ scale: AxisScale, _ right: Double) -> String {
        var path = ""
        for point in best {
            let place = FigureText.fixed(y(100 * point.value, scale), 1)
            path += path.isEmpty ? "M\(x(point.x, right)) \(place)" : "H\(x(point.x, right))V\(place)"
        }
        return path + "H\(x(right, right))"
    }
}

/// The settings of all trials side by side, as an SVG picture.
struct HTMLSearchAxes {
    let axes: [HTMLSearch.Axis]
    let lines: [HTMLSearch.Line]

    private static let height = 340.0
    private static let plot = (top: 34.0, bottom: 324.0)
    private static let pitch = 150.0
    private static let left = 110.0
    /// More could not be told apart: of more the best are drawn.
    private static let mostLines = 600

    /// The whole `svg` element; nil where there is nothing to draw.
    var svg: String? {
        guard axes.count > 1, !lines.isEmpty else { return nil }
        let width = Self.left + Self.pitch * Double(axes.count - 1) + 40
        let sorted = lines.sorted { $0.rank < $1.rank }.suffix(Self.mostLines)
        let names = axes.map(\.name).joined(separator: ", ")
        return """
            <svg viewBox="0 0 \(Int(width)) \(Int(Self.height))" role="img" \
            aria-label="\(MarkupText.escaped("\(lines.count) trials across \(names)."))">
            \(sorted.map(line).joined(separator: "\n"))
            \(axes.enumerated().map { axis($0.element, at: $0.offset) }.joined(separator: "\n"))
            </svg>
            """
    }

    private func x(_ axis: Int) -> Double { Self.left + Self.pitch * Double(axis) }

    private func y(_ share: Double) -> String {
        FigureText.fixed(Self.plot.bottom - share * (Self.plot.bottom - Self.plot.top), 1)
    }

    /// The better, the darker: the rank's square, as the best few are what is looked for.
    private func line(_ line: HTMLSearch.Line) -> String {
        var (path, isBroken) = ("", true)
        for (axis, share) in line.shares.enumerated() {
            guard let share else {
                isBroken = true
                continue
            }
            path += "\(isBroken ? "M" : "L")\(FigureText.fixed(x(axis), 0)) \(y(share))"
            isBroken = false
        }
        let opacity = FigureText.fixed(0.08 + 0.82 * line.rank * line.rank, 2)
        return "<path class=\"trial\" d=\"\(path)\" stroke-opacity=\"\(opacity)\">"
            + "<title>\(MarkupText.escaped(line.title))</title></path>"
    }

    private func axis(_ axis: HTMLSearch.Axis, at place: Int) -> String {
        let x = FigureText.fixed(x(place), 0)
        let ticks = axis.ticks.map { tick in
            "<text class=\"tick\" x=\"\(FigureText.fixed(self.x(place) - 6, 0))\" y=\"\(y(tick.share - 0.012))\" "
                + "text-anchor=\"end\">\(MarkupText.escaped(tick.label))</text>"
        }
        return "<path class=\"axis\" d=\"M\(x) \(y(0))V\(y(1))\"/>"
            + "<text class=\"title\" x=\"\(x)\" y=\"18\" text-anchor=\"middle\">\(MarkupText.escaped(axis.name))</text>"
            + ticks.joined()
    }
}
