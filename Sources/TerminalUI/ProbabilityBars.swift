import Foundation

/// The probability of each class as a bar: `7 ━━━━━━━━━╸ 92 %`, a very small one as `9 3e-5`.
package struct ProbabilityBars: Widget, Equatable {
    /// One for each class, 0 to 1.
    package var values: [Float]
    /// The true class; nil where it is not known.
    package var truth: Int?
    /// The class with the greatest probability; nil marks none.
    package var predicted: Int?
    /// One for each class.
    package var labels: [String]
    /// Rows from one bar to the next.
    package var pitch = 1

    package init(values: [Float], truth: Int? = nil, predicted: Int? = nil, labels: [String] = []) {
        self.values = values
        self.truth = truth
        self.predicted = predicted
        self.labels = labels
    }

    /// Columns of the widest figure, `99.7 %`.
    private static let figure = 6

    /// A probability as a figure: per cent, and from 1 % down one digit and a power of ten, since what comes second and
    /// how far behind is what a prediction of 100 % doesn't say.
    package static func text(_ value: Float) -> String {
        let share = Double(value)
        guard share.isFinite else { return "–" }
        if share >= 0.9995 { return "100 %" }
        if share >= 0.995 { return FixedNumber.fixed(share * 100, decimals: 1) + " %" }
        if share >= 0.0995 { return FixedNumber.fixed(share * 100, decimals: 0) + " %" }
        if share >= 0.00995 { return FixedNumber.fixed(share * 100, decimals: 1) + " %" }
        guard share > 0 else { return "0" }
        let power = Int(log10(share).rounded(.down))
        let digit = Int((share / pow(10, Double(power))).rounded())
        return digit == 10 ? "1e\(power + 1)" : "\(digit)e\(power)"
    }

    /// Draws a row for each class; where there are too few rows, the most probable classes and the true one, the most
    /// probable first.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard !area.isEmpty, !values.isEmpty else { return }
        let pitch = max(1, pitch)
        let lines = (area.height + pitch - 1) / pitch
        // The last line says what has no room.
        let hasMore = values.count > lines && lines >= 3
        let shown = rows(count: hasMore ? lines - 1 : lines)
        let labelWidth = min(shown.map { label($0).columns }.max() ?? 1, max(1, area.width / 3))
        buffer.clipped(to: area) { buffer in
            for (row, index) in shown.enumerated() {
                draw(
                    index, x: area.x, y: area.y + row * pitch, width: area.width, labelWidth: labelWidth, &buffer, look)
            }
            guard hasMore else { return }
            let rest = values.indices.filter { !shown.contains($0) }
            let most = rest.map { values[$0] }.max() ?? 0
            let text = most.isFinite ? ProbabilityBars.text(most) : ""
            let y = area.y + (lines - 1) * pitch
            let dim = look.theme.style(.dim)
            let forms = ["\(rest.count) more, at most", "\(rest.count) more"]
            let words = forms.first { $0.count + 1 + ProbabilityBars.figure <= area.width } ?? forms[1]
            buffer.write(words, x: area.x, y: y, dim, maxWidth: area.width)
            if words == forms[0] { buffer.write(text, rightAlignedAt: area.maxX, y: y, dim) }
        }
    }

    /// The classes to show: all in their order, or the most probable ones, the true one among them.
    private func rows(count: Int) -> [Int] {
        guard values.count > count else { return Array(values.indices) }
        var shown = Array(ranked.prefix(count))
        if let truth, values.indices.contains(truth), !shown.contains(truth), !shown.isEmpty {
            shown[shown.count - 1] = truth
        }
        return shown
    }

    /// The classes, the most probable first; the predicted one before its equals.
    private var ranked: [Int] {
        values.indices.sorted {
            (share($0), $0 == predicted ? 1 : 0, $1) > (share($1), $1 == predicted ? 1 : 0, $0)
        }
    }

    private func label(_ index: Int) -> String { index < labels.count ? labels[index] : String(index) }

    private func share(_ index: Int) -> Double {
        let value = Double(values[index])
        return value.isFinite ? min(1, max(0, value)) : 0
    }

    private func draw(
        _ index: Int, x: Int, y: Int, width: Int, labelWidth: Int, _ buffer: inout Buffer, _ look: Look
    ) {
        let theme = look.theme
        let marked = index == truth || index == predicted
        let role: Theme.Role = index == truth ? .good : index == predicted ? (truth == nil ? .train : .bad) : .dim
        let style = marked ? theme.style(role).bold() : theme.style(.dim)
        buffer.write(label(index), rightAlignedAt: x + labelWidth, y: y, style, maxWidth: labelWidth)
        let room = width - labelWidth - 1
        let bar = Rect(x: x + labelWidth + 1, y: y, width: room - 1 - ProbabilityBars.figure, height: 1)
        drawBar(share(index), in: bar, theme.style(marked ? role : .probability), &buffer, look)
        let text = ProbabilityBars.text(values[index])
        guard marked || share(index) >= 0.005 || share(index) > 0 && ranked.prefix(3).contains(index) else { return }
        buffer.write(text, rightAlignedAt: x + width, y: y, style, maxWidth: max(0, room))
    }

    /// A line in halves of a column.
    private func drawBar(_ share: Double, in bar: Rect, _ style: Style, _ buffer: inout Buffer, _ look: Look) {
        let steps = Int((share * Double(bar.width * 2)).rounded())
        for column in 0..<bar.width where steps > column * 2 {
            let isWhole = steps >= column * 2 + 2
            let scalar: Unicode.Scalar = look.glyphs == .ascii ? (isWhole ? "=" : "-") : isWhole ? "━" : "╸"
            buffer[bar.x + column, bar.y] = Cell(scalar, style: style)
        }
    }
}
