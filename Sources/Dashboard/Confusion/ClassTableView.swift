import Foundation
import TerminalUI
import Training

/// Precision, recall and F1 of each class and their macro means.
enum ClassTableView {
    private typealias Column = (end: Int, title: String, text: (ConfusionMetrics.PerClass) -> String)

    static func draw(_ state: DashboardState, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        guard let metrics = state.metrics else {
            _ = Panel(title: "classes").draw(in: area, on: &buffer, look: state.look)
            return
        }
        let detail = [
            Span("accuracy ", theme.style(.dim)),
            Span("\(Figures.percent(metrics.accuracy, digits: 2)) %", theme.style(.title)),
        ]
        let footer = [
            Span("macro ROC AUC ", theme.style(.dim)), Span(Figures.area(metrics.rocAUCMacro), theme.style(.title)),
        ]
        let inner = Panel(title: "classes", detail: detail, footer: footer).draw(
            in: area, on: &buffer, look: state.look)
        let names = state.classNames.fitting(inner.width - 33)
        let columns = columns(inner, names)
        for column in columns {
            buffer.write(column.title, rightAlignedAt: column.end, y: inner.y, theme.style(.dim))
        }
        let rows = min(metrics.perClass.count, max(0, inner.height - 2))
        for (index, figures) in metrics.perClass.prefix(rows).enumerated() {
            let y = inner.y + 1 + index
            buffer.write(names[index], x: inner.x + 1, y: y, theme.style(.dim))
            for column in columns {
                buffer.write(column.text(figures), rightAlignedAt: column.end, y: y, theme.style(.text))
            }
        }
        guard inner.height >= 3 else { return }
        let foot = min(inner.maxY - 1, inner.y + rows + 2)
        buffer.write("macro", x: inner.x + 1, y: foot, theme.style(.dim))
        let macro = metrics.macro
        let rowCount = metrics.perClass.reduce(0) { $0 + $1.support }
        let means = [macro.precision, macro.recall, macro.f1].map { Figures.percent($0) } + [Figures.grouped(rowCount)]
        for (column, text) in zip(columns, means) {
            buffer.write(text, rightAlignedAt: column.end, y: foot, theme.style(.title).bold())
        }
    }

    /// Three figures, and the images where there is room; names take the room of longer titles.
    private static func columns(_ inner: Rect, _ names: ClassNames) -> [Column] {
        let precision: (ConfusionMetrics.PerClass) -> String = { Figures.percent($0.precision) }
        let recall: (ConfusionMetrics.PerClass) -> String = { Figures.percent($0.recall) }
        let f1: (ConfusionMetrics.PerClass) -> String = { Figures.percent($0.f1) }
        let images: (ConfusionMetrics.PerClass) -> String = { Figures.grouped($0.support) }
        let isWide = inner.width >= 40
        if isWide, names.isEmpty {
            return [
                (inner.x + 18, "precision %", precision), (inner.x + 28, "recall %", recall),
                (inner.x + 34, "F1 %", f1), (inner.x + 42, "images", images),
            ]
        }
        let x = inner.x + max(13, names.longest + 8)
        let narrow: [Column] = [(x, "prec %", precision), (x + 9, "recall %", recall), (x + 15, "F1 %", f1)]
        return narrow + (isWide ? [(x + 23, "images", images)] : [])
    }
}
