import Foundation
import TerminalUI
import Training

/// Precision, recall and F1 of each class and their macro means.
enum ClassTableView {
    private struct Column {
        /// The figure of a class, and in which colour, against what it was before.
        typealias Cell = (ConfusionMetrics.PerClass, ConfusionMetrics.PerClass?) -> (String, Theme.Role)

        let end: Int
        let title: String
        let cell: Cell

        init(_ end: Int, _ title: String, _ cell: @escaping Cell) {
            self.end = end
            self.title = title
            self.cell = cell
        }
    }

    static func draw(_ state: Shared, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        guard let shown = state.shownConfusion else {
            _ = Panel(title: "classes").draw(in: area, on: &buffer, look: state.look)
            return
        }
        let isNewest = shown.evaluation != nil
        let metrics =
            isNewest ? state.metrics?.counts ?? ConfusionMetrics(shown.counts) : ConfusionMetrics(shown.counts)
        let before = shown.baseline.map { ConfusionMetrics($0) }
        let detail = [
            Span("accuracy ", theme.style(.dim)),
            Span("\(Figures.percent(metrics.accuracy, digits: 2)) %", theme.style(.title)),
        ]
        // The area needs the probabilities, which earlier epochs have no more.
        var footer = [
            Span("macro ROC AUC ", theme.style(.dim)),
            Span(Figures.area(state.metrics?.rocAUCMacro), theme.style(.title)),
        ]
        if !isNewest { footer = [] }
        if before != nil { footer = [Span("points more than \(shown.baselineName)", theme.style(.dim))] }
        let inner = Panel(title: "classes", detail: detail, footer: footer).draw(
            in: area, on: &buffer, look: state.look)
        let digits = "\(metrics.perClass.count - 1)".count
        let names = state.classNames.fitting(inner.width - 25 - digits)
        let columns = columns(inner, names, digits: digits)
        for column in columns {
            buffer.write(column.title, rightAlignedAt: column.end, y: inner.y, theme.style(.dim))
        }
        let rows = min(metrics.perClass.count, max(0, inner.height - 2))
        for (index, figures) in metrics.perClass.prefix(rows).enumerated() {
            let y = inner.y + 1 + index
            // The axes of the map have numbers only.
            if !names.isEmpty {
                buffer.write("\(index)", rightAlignedAt: inner.x + 1 + digits, y: y, theme.style(.dim))
            }
            buffer.write(
                names[index], x: inner.x + (names.isEmpty ? 1 : digits + 2), y: y,
                theme.style(names.isEmpty ? .dim : .text))
            let old = before.flatMap { $0.perClass.indices.contains(index) ? $0.perClass[index] : nil }
            for column in columns {
                let (text, role) = column.cell(figures, old)
                buffer.write(text, rightAlignedAt: column.end, y: y, theme.style(role))
            }
        }
        guard inner.height >= 3 else { return }
        let foot = min(inner.maxY - 1, inner.y + rows + 2)
        buffer.write("macro", x: inner.x + 1, y: foot, theme.style(.dim))
        let rowCount = metrics.perClass.reduce(0) { $0 + $1.support }
        let figures = [\ConfusionMetrics.Means.precision, \.recall, \.f1]
        var means = figures.map { cell(metrics.macro[keyPath: $0], before?.macro[keyPath: $0]) }
        means.append((Figures.grouped(rowCount), .text))
        for (column, (text, role)) in zip(columns, means) {
            let style = theme.style(before == nil ? .title : role).bold()
            buffer.write(text, rightAlignedAt: column.end, y: foot, style)
        }
    }

    /// Per cent, or the points that a figure has gained.
    private static func cell(_ value: Double, _ before: Double?) -> (String, Theme.Role) {
        guard let before else { return (Figures.percent(value), .text) }
        let text = Figures.percent(value - before)
        // What rounds to nothing has no sign.
        if text == "0.0" || text == "-0.0" { return ("·", .dim) }
        return value > before ? ("+" + text, .good) : (text, .bad)
    }

    /// Three figures, and the images where there is room; names take the room of longer titles.
    private static func columns(_ inner: Rect, _ names: ClassNames, digits: Int) -> [Column] {
        func share(_ figure: KeyPath<ConfusionMetrics.PerClass, Double>) -> Column.Cell {
            { cell($0[keyPath: figure], $1?[keyPath: figure]) }
        }
        let (precision, recall, f1) = (share(\.precision), share(\.recall), share(\.f1))
        let images: Column.Cell = { figures, _ in (Figures.grouped(figures.support), .text) }
        let isWide = inner.width >= 40
        if isWide, names.isEmpty {
            return [
                Column(inner.x + 18, "precision %", precision), Column(inner.x + 28, "recall %", recall),
                Column(inner.x + 34, "F1 %", f1), Column(inner.x + 42, "images", images),
            ]
        }
        let place = max(13, names.longest + 9 + digits)
        let x = inner.x + place
        // Names leave a column of air between the figures.
        let (f1End, imagesEnd) = names.isEmpty ? (15, 23) : (14, 21)
        let narrow = [
            Column(x, "prec %", precision), Column(x + 9, "recall %", recall), Column(x + f1End, "F1 %", f1),
        ]
        return narrow + (isWide && place + imagesEnd < inner.width ? [Column(x + imagesEnd, "images", images)] : [])
    }
}
