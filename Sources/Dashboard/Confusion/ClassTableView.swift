import Foundation
import TerminalUI
import Training

/// Precision, recall and F1 of each class and their macro means.
enum ClassTableView {
    static func draw(_ state: ScreenContext<ConfusionScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        guard let shown = state.shownConfusion else {
            let inner = Panel(title: "classes").draw(in: area, on: &buffer, look: state.look)
            return buffer.write(paragraph: ConfusionView.emptyText(state.shared), centredIn: inner, theme.style(.dim))
        }
        let isNewest = shown.evaluation != nil
        let now = isNewest ? state.metrics?.counts ?? ConfusionMetrics(shown.counts) : ConfusionMetrics(shown.counts)
        let before = shown.baseline.map { ConfusionMetrics($0) }
        let detail = [Span(shown.measuredOn.fitting(area.width - 15), theme.style(.dim))]
        // The area needs the probabilities, which earlier epochs have no more.
        let rankArea = isNewest ? state.metrics?.rocAUCMacro : nil
        let inner = Panel(
            title: "classes", detail: detail,
            footer: footer(now, rankArea, hasArea: isNewest, shown, theme, room: area.width - 6)
        ).draw(in: area, on: &buffer, look: state.look)
        ClassTable(
            now: now, order: state.own.ordered(now.perClass), before: before, names: state.classNames,
            chosen: state.own.cell(state.shared).row, theme: theme
        ).draw(in: inner, on: &buffer)
    }

    /// The accuracy, and the area under the ROC curves; of a difference, what it is from.
    private static func footer(
        _ metrics: ConfusionMetrics, _ rankArea: Double?, hasArea: Bool, _ shown: ShownConfusion, _ theme: Theme,
        room: Int
    ) -> [Span] {
        let accuracy = "\(Figures.percent(metrics.accuracy, digits: 2)) %"
        func spans(_ parts: (String, String)...) -> [Span] {
            parts.flatMap { [Span($0, theme.style(.dim)), Span($1, theme.style(.title))] }
        }
        let auc = Figures.area(rankArea)
        var forms = [spans(("accuracy ", accuracy))]
        if hasArea {
            forms =
                [
                    spans(("accuracy ", accuracy), ("   macro ROC AUC ", auc)),
                    spans(("acc ", accuracy), (" · AUC ", auc)),
                ] + forms
        }
        if shown.baseline != nil {
            let change = "points more than \(shown.baselineName)"
            forms = [
                spans(("accuracy ", accuracy), (" · \(change)", "")), [Span(change, theme.style(.dim))],
                [Span("points more", theme.style(.dim))],
            ]
        }
        return forms.first { $0.width <= room } ?? []
    }
}

/// The classes that a table has room for, the chosen one among them.
struct ClassWindow: Equatable {
    /// Places in the order of the table.
    let rows: Range<Int>
    private let count: Int

    /// - Parameter height: lines of the table with its head and the line of the means.
    init(_ order: [ConfusionMetrics.PerClass], around chosen: Int, height: Int) {
        count = order.count
        let lines = max(0, height - 2)
        guard order.count > lines, lines > 0 else {
            rows = 0..<min(order.count, lines)
            return
        }
        // A line says how many others there are.
        let shown = lines - 1
        let place = order.firstIndex { $0.label == chosen } ?? 0
        let start = min(max(0, place - shown / 2), order.count - shown)
        rows = start..<(start + shown)
    }

    /// Whether classes have no room.
    var isPart: Bool { rows.count < count }

    /// How many classes are above and below, in words.
    var others: String {
        let (above, below) = (rows.lowerBound, count - rows.upperBound)
        if above == 0 { return "\(below) more" }
        return below == 0 ? "\(above) above" : "\(above) above, \(below) below"
    }
}

/// The rows and columns of the table, at even distances.
private struct ClassTable {
    let now: ConfusionMetrics
    /// The classes from top to bottom.
    let order: [ConfusionMetrics.PerClass]
    let before: ConfusionMetrics?
    let names: ClassNames
    /// The class of the chosen row of the matrix.
    let chosen: Int
    let theme: Theme

    private static func shares(_ figures: ConfusionMetrics.PerClass) -> [Double?] {
        [figures.definedPrecision, figures.definedRecall, figures.definedF1]
    }

    private static func means(_ figures: ConfusionMetrics.Means) -> [Double?] {
        [figures.precision, figures.recall, figures.f1]
    }

    func draw(in inner: Rect, on buffer: inout Buffer) {
        let dim = theme.style(.dim)
        let digits = "\(now.perClass.count - 1)".count
        let hasImages = inner.width >= 40
        let pitch = hasImages ? (names.isEmpty && inner.width >= 44 ? 10 : 8) : 7
        let count = hasImages ? 4 : 3
        let end = inner.maxX - 1
        let names = names.cut(inner.width - 3 - digits - count * pitch)
        func column(_ index: Int) -> Int { end - (count - 1 - index) * pitch }
        let titles = [pitch >= 10 ? "precision" : "prec", "recall", "F1", "images"].prefix(count)
        if inner.height > 0 { buffer.write("%", rightAlignedAt: inner.x + 1 + digits, y: inner.y, dim) }
        for (index, title) in titles.enumerated() {
            buffer.write(title, rightAlignedAt: column(index), y: inner.y, dim)
        }
        let window = ClassWindow(order, around: chosen, height: inner.height)
        let rows = window.rows.count
        if inner.height >= 3, window.isPart {
            buffer.write(window.others, x: inner.x + 1, y: inner.y + 1 + rows, dim, maxWidth: inner.width - 1)
        }
        for (index, figures) in order[window.rows].enumerated() {
            let y = inner.y + 1 + index
            let isChosen = figures.label == chosen
            buffer.write(
                "\(figures.label)", rightAlignedAt: inner.x + 1 + digits, y: y,
                isChosen && names.isEmpty ? theme.style(.title).bold() : dim)
            if !names.isEmpty {
                buffer.write(
                    names[figures.label], x: inner.x + digits + 2, y: y,
                    isChosen ? theme.style(.title).bold() : theme.style(.text))
            }
            let old = before.flatMap { $0.perClass.indices.contains(figures.label) ? $0.perClass[figures.label] : nil }
            let shares = (now: ClassTable.shares(figures), before: old.map(ClassTable.shares))
            for (place, share) in shares.now.enumerated() {
                let (text, role) = cell(share, shares.before.map { $0[place] })
                buffer.write(text, rightAlignedAt: column(place), y: y, theme.style(role))
            }
            if hasImages {
                buffer.write(Figures.grouped(figures.support), rightAlignedAt: column(3), y: y, theme.style(.text))
            }
        }
        guard inner.height >= 3 else { return }
        let foot = window.isPart ? inner.maxY - 1 : min(inner.maxY - 1, inner.y + rows + 2)
        buffer.write("macro", x: inner.x + 1, y: foot, dim)
        let means = (now: ClassTable.means(now.macro), before: before.map { ClassTable.means($0.macro) })
        for (place, mean) in means.now.enumerated() {
            let (text, role) = cell(mean, means.before.map { $0[place] })
            let style = theme.style(before == nil ? .title : role).bold()
            buffer.write(text, rightAlignedAt: column(place), y: foot, style)
        }
        guard hasImages else { return }
        let images = Figures.grouped(now.perClass.reduce(0) { $0 + $1.support })
        buffer.write(images, rightAlignedAt: column(3), y: foot, theme.style(.title).bold())
    }

    /// Per cent, or the points that a figure has gained.
    ///
    /// - Parameter before: nil where there is nothing to compare with, and within that where the figure was none.
    private func cell(_ value: Double?, _ before: Double??) -> (String, Theme.Role) {
        guard let value else { return ("–", .dim) }
        guard let before else { return (Figures.percent(value), .text) }
        guard let before else { return ("–", .dim) }
        let text = Figures.percent(value - before)
        // What rounds to nothing has no sign.
        if text == "0.0" || text == "-0.0" { return ("·", .dim) }
        return value > before ? ("+" + text, .good) : (text, .bad)
    }
}
