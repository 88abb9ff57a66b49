import Foundation

/// Values over time as one line of shades, on a logarithmic scale: the greater the stronger.
package struct HeatStrip: Widget, Equatable {
    /// Oldest first.
    package var values: [Double]
    /// The values that have the faintest and the strongest shade.
    package var range: ClosedRange<Double>

    package init(_ values: [Double], range: ClosedRange<Double>) { (self.values, self.range) = (values, range) }

    /// The positive finite values from the least to the greatest; nil without any.
    package static func range(_ values: [Double]) -> ClosedRange<Double>? {
        let shown = values.filter { $0.isFinite && $0 > 0 }
        guard let least = shown.min(), let greatest = shown.max() else { return nil }
        return least...greatest
    }

    private static let shades: [Unicode.Scalar] = ["░", "▒", "▓", "█"]
    private static let ascii: [Unicode.Scalar] = [".", ":", "+", "#"]

    /// Fills the first line of an area; each column has the greatest of the values that fall on it.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard !area.isEmpty, !values.isEmpty else { return }
        let columns = min(area.width, values.count)
        for column in 0..<columns {
            let part = values[(column * values.count / columns)..<((column + 1) * values.count / columns)]
            buffer[area.x + column, area.y] = cell(
                part.max { ($0.isNaN ? .infinity : $0) < ($1.isNaN ? .infinity : $1) } ?? 0, look)
        }
    }

    private func cell(_ value: Double, _ look: Look) -> Cell {
        guard value.isFinite else { return Cell("!", style: look.theme.style(.bad).bold()) }
        let share = share(value)
        let step = min(3, Int(share * 4))
        if look.glyphs == .ascii || look.colors == .mono || look.colors == .palette16 {
            let scalars = look.glyphs == .ascii ? HeatStrip.ascii : HeatStrip.shades
            return Cell(scalars[step], style: look.theme.style(.train))
        }
        let color = look.theme.page.mixed(with: look.theme[.train], 0.15 + 0.85 * share)
        return Cell(" ", style: Style(foreground: color, background: color))
    }

    /// 0 to 1.
    private func share(_ value: Double) -> Double {
        guard value > range.lowerBound else { return 0 }
        let all = log(range.upperBound / range.lowerBound)
        return all > 0 ? min(1, log(value / range.lowerBound) / all) : 1
    }
}
