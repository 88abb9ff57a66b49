import TerminalUI
import Training

/// What is taken for what: heatmap, figures of each class, worst pairs.
enum ConfusionView {
    static func draw(_ state: DashboardState, in body: Rect, on buffer: inout Buffer) {
        let layout = ConfusionLayout(body)
        drawHeatmap(state, focused: true, in: layout.heatmap, on: &buffer)
        if let classes = layout.classes { ClassTableView.draw(state, in: classes, on: &buffer) }
        if let pairs = layout.pairs { drawPairs(state, in: pairs, on: &buffer) }
    }

    static func sourceName(_ state: DashboardState) -> String {
        state.confusion.source == .test ? "test" : "validation"
    }

    /// Where the map lies within its panel: Confusion keeps the selected cell in words and its digits below it, Lab
    /// keeps room for the worst pairs beside a compact map.
    static func mapArea(in inner: Rect, _ state: DashboardState) -> Rect {
        guard state.screen == .confusion else {
            return inner.width >= 32 && inner.height < 11 ? inner.splitRight(10).rest : inner
        }
        guard inner.height >= 8 else { return inner }
        let spare = inner.height - 1 - (1 + (state.evaluation?.classes ?? 10))
        return inner.splitBottom(1 + (spare >= 4 ? min(8, spare) : 0)).rest
    }

    static func drawHeatmap(_ state: DashboardState, focused: Bool, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        guard let evaluation = state.evaluation else {
            let inner = Panel(title: "confusion", focused: focused).draw(in: area, on: &buffer, look: state.look)
            if inner.height > 0 {
                buffer.write(emptyText(state), centredIn: inner, y: inner.y + inner.height / 2, theme.style(.dim))
            }
            return
        }
        let source = area.width < 40 && state.confusion.source == .validation ? "val" : sourceName(state)
        var detail = [Span("\(source) · epoch \(evaluation.epoch)", theme.style(.dim))]
        if state.screen == .confusion {
            detail.insert(Span("\(modeName(state.confusion))   ", theme.style(.text)), at: 0)
        }
        let footer = [Span("true ↓  predicted →", theme.style(.dim))]
        let inner = Panel(title: "confusion", detail: detail, focused: focused, footer: footer).draw(
            in: area, on: &buffer, look: state.look)
        let map = mapArea(in: inner, state)
        if state.screen == .confusion {
            let foot = Rect(x: inner.x, y: map.maxY, width: inner.width, height: inner.maxY - map.maxY)
            if foot.height > 0 { drawCell(evaluation, state, in: foot, on: &buffer) }
        } else {
            drawWorst(evaluation, theme, around: map, in: inner, on: &buffer)
        }
        state.confusion.heatmap(evaluation, selecting: focused).draw(in: map, on: &buffer, look: state.look)
    }

    static func emptyText(_ state: DashboardState) -> String {
        guard let run = state.run else { return "fills as it trains" }
        if run.failure != nil, run.facts == nil { return "the run could not start" }
        if state.confusion.source == .test { return "measuring the test set …" }
        return run.spec.training.validation == 0 ? "no validation rows: v shows the test set" : "…"
    }

    private static func modeName(_ confusion: ConfusionState) -> String {
        switch confusion.mode {
        case .counts: "counts"
        case .rowPercent: "% of the row"
        case .logarithmic: "log colours"
        }
    }

    /// The worst pairs beside the map, where it leaves room.
    private static func drawWorst(
        _ evaluation: Evaluation, _ theme: Theme, around map: Rect, in inner: Rect, on buffer: inout Buffer
    ) {
        guard map.width < inner.width else { return }
        for (line, pair) in evaluation.mostConfused(inner.height).enumerated() {
            buffer.write("\(pair.truth)→\(pair.predicted)", x: map.maxX + 1, y: inner.y + line, theme.style(.text))
            buffer.write("\(pair.count)", rightAlignedAt: inner.maxX - 1, y: inner.y + line, theme.style(.bad))
        }
    }

    /// The selected cell in words, and below them its digits, the worst first.
    private static func drawCell(
        _ evaluation: Evaluation, _ state: DashboardState, in foot: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let confusion = state.confusion
        guard evaluation.confusion.indices.contains(confusion.row), confusion.column < evaluation.classes else {
            return
        }
        let row = evaluation.confusion[confusion.row]
        let total = row.reduce(0, +)
        let share = total == 0 ? 0 : Double(row[confusion.column]) / Double(total)
        // Digits at the bottom, the words just above them.
        let (above, digits) = foot.splitBottom(min(7, max(0, foot.height - 2)))
        let line = above.splitBottom(1).bottom
        // Room for both names, and for the counts behind them.
        let names = state.classNames.fitting((line.width - 40) / 2)
        buffer.write(
            groups: [
                [
                    Span("true ", theme.style(.dim)), Span(names[confusion.row], theme.style(.good).bold()),
                    Span(" predicted ", theme.style(.dim)),
                    Span(names[confusion.column], theme.style(confusion.row == confusion.column ? .good : .bad).bold()),
                ],
                [
                    Span(Figures.grouped(row[confusion.column]), theme.style(.title).bold()),
                    Span(" of \(Figures.grouped(total))", theme.style(.dim)),
                    Span(" · \(Figures.percent(share)) %", theme.style(.dim)),
                ],
                [Span("enter", theme.style(.key)), Span(" shows them", theme.style(.dim))],
            ], gap: 2, x: line.x + 1, y: line.y, maxWidth: line.width - 2)
        DigitsView.drawStrip(
            evaluation, state, truth: confusion.row, predicted: confusion.column,
            in: digits.inset(left: 1, right: 1), on: &buffer)
    }

    static func drawPairs(_ state: DashboardState, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let names = state.classNames.fitting((area.width - 22) / 2)
        // Numbers have room up to column 5; names take what they need beyond it.
        let shift = max(0, 2 * names.longest - 2)
        let hasShares = area.width >= 42 + shift
        let detail = [Span("images\(hasShares ? " · % of class" : "")", theme.style(.dim))]
        let inner = Panel(title: "most confused", detail: detail).draw(in: area, on: &buffer, look: state.look)
        guard let evaluation = state.evaluation, inner.width > 14 else { return }
        let pairs = evaluation.mostConfused(inner.height)
        let greatest = Double(pairs.first?.count ?? 1)
        let supports = evaluation.confusion.map { $0.reduce(0, +) }
        let start = inner.x + shift + (hasShares ? 21 : 13)
        for (line, pair) in pairs.enumerated() {
            let y = inner.y + line
            buffer.write(
                [
                    Span(names[pair.truth], theme.style(.good)), Span(" → ", theme.style(.dim)),
                    Span(names[pair.predicted], theme.style(.bad)),
                ], x: inner.x + 1, y: y)
            buffer.write("\(pair.count)", rightAlignedAt: inner.x + shift + 11, y: y, theme.style(.text))
            if hasShares {
                let share = Double(pair.count) / Double(max(1, supports[pair.truth]))
                let text = "\(Figures.percent(share)) %"
                buffer.write(text, rightAlignedAt: inner.x + shift + 19, y: y, theme.style(.dim))
            }
            let width = Int(Double(inner.maxX - 1 - start) * Double(pair.count) / greatest)
            let heat = theme[.heatStart].mixed(with: theme[.heatEnd], 0.3 + 0.7 * Double(pair.count) / greatest)
            let bar = String(repeating: "▄", count: max(1, width))
            buffer.write(bar, x: start, y: y, Style(foreground: heat, background: theme[.background]))
        }
    }
}
