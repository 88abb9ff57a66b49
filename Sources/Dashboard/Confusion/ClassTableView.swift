import Foundation
import TerminalUI
import Training

/// Precision, recall and F1 of each class and their macro means, from the confusion matrix.
enum ClassTableView {
    static func draw(_ state: DashboardState, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        guard let evaluation = state.evaluation else {
            _ = Panel(title: "classes").draw(in: area, on: &buffer, look: state.look)
            return
        }
        let detail = [
            Span("accuracy ", theme.style(.dim)),
            Span("\(Figures.percent(evaluation.accuracy, digits: 2)) %", theme.style(.title)),
        ]
        let inner = Panel(title: "classes", detail: detail).draw(in: area, on: &buffer, look: state.look)
        let figures = ConfusionFigures(evaluation.confusion)
        let wide = inner.width >= 40
        header(wide, in: inner, theme, on: &buffer)
        let rows = min(figures.classes.count, max(0, inner.height - 2))
        for (index, line) in figures.classes.prefix(rows).enumerated() {
            draw(
                line, name: "\(index)", wide, at: inner.y + 1 + index, in: inner, theme.style(.text), theme, on: &buffer
            )
        }
        guard inner.height >= 3 else { return }
        let foot = min(inner.maxY - 1, inner.y + rows + 2)
        draw(figures.macro, name: "macro", wide, at: foot, in: inner, theme.style(.title).bold(), theme, on: &buffer)
    }

    private static func header(_ wide: Bool, in inner: Rect, _ theme: Theme, on buffer: inout Buffer) {
        for (column, name) in columns(wide, inner) {
            buffer.write(name, rightAlignedAt: column, y: inner.y, theme.style(.dim))
        }
    }

    private static func columns(_ wide: Bool, _ inner: Rect) -> [(Int, String)] {
        wide
            ? [
                (inner.x + 18, "precision %"), (inner.x + 28, "recall %"), (inner.x + 34, "F1 %"),
                (inner.x + 42, "images"),
            ]
            : [(inner.x + 13, "prec %"), (inner.x + 22, "recall %"), (inner.x + 28, "F1 %")]
    }

    private static func draw(
        _ line: ConfusionFigures.Line, name: String, _ wide: Bool, at y: Int, in inner: Rect, _ style: Style,
        _ theme: Theme, on buffer: inout Buffer
    ) {
        buffer.write(name, x: inner.x + 1, y: y, theme.style(.dim))
        let texts = [
            Figures.percent(line.precision), Figures.percent(line.recall), Figures.percent(line.f1),
            Figures.grouped(line.support),
        ]
        for ((column, _), text) in zip(columns(wide, inner), texts) {
            buffer.write(text, rightAlignedAt: column, y: y, style)
        }
    }
}

/// Per-class and macro figures of a confusion matrix, as scikit-learn has them: 0 divided by 0 counts as 0, and the
/// macro means run over the classes that occur in truth or prediction.
struct ConfusionFigures {
    struct Line {
        var precision = 0.0
        var recall = 0.0
        var f1 = 0.0
        var support = 0
    }

    let classes: [Line]
    let macro: Line

    init(_ confusion: [[Int]]) {
        var lines: [Line] = []
        var macro = Line()
        var present = 0
        for (label, row) in confusion.enumerated() {
            let right = row[label]
            let support = row.reduce(0, +)
            let predicted = confusion.reduce(0) { $0 + $1[label] }
            func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
            let line = Line(
                precision: ratio(right, predicted), recall: ratio(right, support),
                f1: ratio(2 * right, support + predicted), support: support)
            lines.append(line)
            macro.support += support
            guard support + predicted > 0 else { continue }
            present += 1
            macro.precision += line.precision
            macro.recall += line.recall
            macro.f1 += line.f1
        }
        let count = Double(max(1, present))
        macro.precision /= count
        macro.recall /= count
        macro.f1 /= count
        classes = lines
        self.macro = macro
    }
}
