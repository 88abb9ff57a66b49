import TerminalUI
import Training

/// The predictions for the selected digit over the epochs: the true class's probability as bars, and below each the
/// predicted class.
enum DigitPastView {
    static func drawPanel(_ state: Shared, in area: Rect, on buffer: inout Buffer) {
        let dim = state.look.theme.style(.dim)
        let rows = state.source == .test ? "test" : "validation"
        let inner = Panel(
            title: "over the epochs", detail: [Span("p(true), predicted", dim)], footer: [Span(rows, dim)]
        ).draw(in: area, on: &buffer, look: state.look)
        draw(state, in: inner.inset(left: 1, right: 1), on: &buffer)
    }

    static func draw(_ state: Shared, in area: Rect, on buffer: inout Buffer) {
        guard area.height >= 2, let evaluation = state.evaluation, let row = state.selection.row else { return }
        let theme = state.look.theme
        let history = evaluation.source == .test ? state.pastOfTest : state.past
        let width = area.width
        let past = history.predictions(ofRow: row).suffix(width)
        guard let first = past.first, let last = past.last else { return }
        // Few epochs are drawn wider.
        let each = max(1, min(3, width / past.count))
        let labels = area.height >= 4
        let bars = area.splitBottom(labels ? 2 : 1).rest
        let truth = Int(evaluation.labels[row])
        for (index, entry) in past.enumerated() {
            let x = area.x + index * each
            let role: Theme.Role = entry.predicted == truth ? .good : .bad
            let bar = Rect(x: x, y: bars.y, width: max(1, each - 1), height: bars.height)
            for column in bar.x..<bar.maxX {
                drawBar(entry.truthShare, x: column, bar, theme.style(role), on: &buffer, look: state.look)
            }
            buffer.write(
                String(entry.predicted, radix: 36), x: x, y: bars.maxY, theme.style(role).bold(), maxWidth: each)
        }
        guard labels else { return }
        buffer.write("epoch \(first.epoch)", x: area.x, y: area.maxY - 1, theme.style(.dim), maxWidth: width)
        let end = "\(last.epoch)"
        if past.count * each >= end.count + 10 {
            buffer.write(end, rightAlignedAt: area.x + past.count * each, y: area.maxY - 1, theme.style(.dim))
        }
    }

    private static let heights: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    private static func drawBar(
        _ share: Double, x: Int, _ bar: Rect, _ style: Style, on buffer: inout Buffer, look: Look
    ) {
        let steps = max(1, Int((share * Double(8 * bar.height)).rounded()))
        for row in 0..<bar.height {
            let part = min(8, steps - row * 8)
            guard part > 0 else { break }
            let scalar: Unicode.Scalar = look.glyphs == .ascii ? (part >= 4 ? "#" : "_") : heights[part - 1]
            buffer[x, bar.maxY - 1 - row] = Cell(scalar, style: style)
        }
    }
}
