import Foundation
import TerminalUI
import Training

/// One digit in full size with the network's probabilities.
enum DigitDetailView {
    static func draw(_ state: DashboardState, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        guard let evaluation = state.evaluation, let data = state.data.loaded, let row = state.digits.row else {
            _ = Panel(title: "digit").draw(in: area, on: &buffer, look: state.look)
            return
        }
        let truth = Int(evaluation.labels[row])
        let predicted = Int(evaluation.predictions[row])
        let detail = [
            Span("true ", theme.style(.dim)), Span("\(truth)", theme.style(.good).bold()),
            Span("  predicted ", theme.style(.dim)),
            Span("\(predicted)", theme.style(truth == predicted ? .good : .bad).bold()),
        ]
        let number = Figures.grouped(evaluation.firstRow + row)
        let inner = Panel(title: "digit \(number)", detail: detail).draw(in: area, on: &buffer, look: state.look)
        let image = DigitsView.image(evaluation.firstRow + row, evaluation.source, data)
        let classes = evaluation.classes
        let facts = factSpans(evaluation, row, state)
        let bars = ProbabilityBars(
            values: Array(evaluation.probabilities(ofRow: row)), truth: truth, predicted: predicted,
            labels: (0..<classes).map(String.init))
        if inner.width >= 46 {
            let (left, right) = inner.splitLeft(29)
            let height = min(inner.height - 2, 14)
            image.draw(
                in: Rect(x: left.x, y: inner.y, width: 28, height: height), form: .auto, on: &buffer, look: state.look)
            let top = inner.y + max(0, (height - classes) / 2)
            bars.draw(
                in: Rect(x: right.x + 1, y: top, width: right.width - 1, height: min(classes, height)), on: &buffer,
                look: state.look)
            drawFacts(facts, in: inner, from: inner.y + height + 1, on: &buffer)
        } else {
            let full = inner.height >= 14 + classes + 1
            let height = full ? 14 : min(7, max(0, inner.height - classes - 1))
            let x = inner.x + max(0, (inner.width - (full ? 28 : 14)) / 2)
            image.draw(
                in: Rect(x: x, y: inner.y, width: full ? 28 : 14, height: height), form: full ? .auto : .braille,
                on: &buffer, look: state.look)
            let bottom = inner.y + height
            bars.draw(
                in: Rect(x: inner.x + 1, y: bottom, width: inner.width - 2, height: min(classes, inner.maxY - bottom)),
                on: &buffer, look: state.look)
            drawFacts(facts, in: inner, from: bottom + classes, on: &buffer)
        }
    }

    private static func drawFacts(_ lines: [[Span]], in inner: Rect, from top: Int, on buffer: inout Buffer) {
        for (index, spans) in lines.enumerated() where top + index < inner.maxY {
            buffer.write(spans, x: inner.x + 1, y: top + index, maxWidth: inner.width - 2)
        }
    }

    private static func factSpans(_ evaluation: Evaluation, _ row: Int, _ state: DashboardState) -> [[Span]] {
        let theme = state.look.theme
        let margin = String(format: "%+.2f", evaluation.margin(ofRow: row))
        let place = "\(state.digits.cursor + 1) of \(Figures.grouped(state.digits.rows.count))"
        return [
            [
                Span("loss ", theme.style(.dim)),
                Span(Figures.loss(Double(evaluation.losses[row])), theme.style(.text)),
                Span("   margin ", theme.style(.dim)), Span(margin, theme.style(.text)),
                Span("   \(place)", theme.style(.dim)),
            ]
        ]
    }
}
