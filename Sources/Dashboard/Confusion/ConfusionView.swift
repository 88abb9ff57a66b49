import TerminalUI
import Training

/// The confusion matrix: heatmap, figures of each class, most frequent mistakes.
enum ConfusionView {
    static func draw(_ state: ScreenContext<ConfusionScreen>, in body: Rect, on buffer: inout Buffer) {
        let layout = state.own.layout(state.shared, state.place)
        drawHeatmap(state, layout, focused: true, on: &buffer)
        if let classes = layout.classes { ClassTableView.draw(state.shared, in: classes, on: &buffer) }
        if let pairs = layout.pairs {
            ConfusedPairsView.draw(state.shared, chosen: state.own.cell(state.shared), in: pairs, on: &buffer)
        }
    }

    static func sourceName(_ state: Shared) -> String {
        state.source == .test ? "test" : "validation"
    }

    static func drawHeatmap(
        _ state: ScreenContext<ConfusionScreen>, _ layout: ConfusionLayout, focused: Bool, on buffer: inout Buffer
    ) {
        let area = layout.heatmap
        let theme = state.look.theme
        guard let shown = state.shownConfusion else {
            let inner = Panel(title: "confusion", focused: focused).draw(in: area, on: &buffer, look: state.look)
            if inner.height > 0 {
                buffer.write(
                    emptyText(state.shared), centredIn: inner, y: inner.y + inner.height / 2, theme.style(.dim))
            }
            return
        }
        let footer = [Span("true ↓  predicted →", theme.style(.dim))]
        let inner = Panel(
            title: "confusion", detail: detail(shown, state, width: area.width), focused: focused, footer: footer
        ).draw(in: area, on: &buffer, look: state.look)
        let map = layout.map
        if state.place.panel == nil {
            var foot = Rect(x: inner.x, y: map.maxY, width: inner.width, height: inner.maxY - map.maxY)
            if let line = layout.slider, let slider = EpochSlider(state.own, state.shared) {
                slider.draw(in: line, on: &buffer, look: state.look)
                foot = foot.splitTop(1).rest
            }
            if foot.height > 0 { ConfusionCellView.draw(shown, state, in: foot, on: &buffer) }
        } else {
            drawWorst(shown, theme, around: map, in: inner, on: &buffer)
        }
        state.own.heatmap(shown, selecting: focused, state.shared).draw(in: map, on: &buffer, look: state.look)
    }

    /// The scale, the rows and the epoch, in the fullest form that has room.
    private static func detail(_ shown: ShownConfusion, _ state: ScreenContext<ConfusionScreen>, width: Int) -> [Span] {
        let theme = state.look.theme
        let modes = state.place.panel == nil ? modeNames(state.own) : ["", ""]
        let source = sourceName(state.shared)
        let sources = [source, source == "validation" ? "val" : source]
        let forms: [[Span]] = [
            (modes[0], sources[0]), (modes[0], sources[1]), (modes[1], sources[1]), (modes[1], ""), ("", ""),
        ]
        .map { mode, source in
            let start = mode.isEmpty ? [] : [Span("\(mode)   ", theme.style(.text))]
            guard shown.baseline == nil else {
                let minus = source.count > 3 || source == "test" ? "minus" : "−"
                return start + [
                    Span("epoch \(shown.epoch) ", theme.style(.dim)),
                    Span("\(minus) \(shown.baselineName)", theme.style(.key)),
                ]
            }
            let rows = source.isEmpty ? "" : "\(source) · "
            return start + [Span("\(rows)epoch \(shown.epoch)", theme.style(.dim))]
        }
        // Beside the border, the title and the air around both.
        let room = width - "confusion".count - 9
        return forms.first { $0.width <= room } ?? []
    }

    static func emptyText(_ state: Shared) -> String {
        guard let run = state.run else { return "fills as it trains" }
        if run.failure != nil, run.facts == nil { return "the run could not start" }
        if state.source == .test { return "measuring the test set ..." }
        return run.spec.training.validation == 0 ? "no validation rows: v shows the test set" : "..."
    }

    /// In full, and short.
    private static func modeNames(_ confusion: ConfusionScreen) -> [String] {
        switch confusion.mode {
        case .counts: ["counts", "counts"]
        case .rowPercent: ["% of the row", "% row"]
        case .columnPercent: ["% of the column", "% column"]
        case .logarithmic: ["log colours", "log"]
        }
    }

    /// The worst pairs beside the map, where it leaves room.
    private static func drawWorst(
        _ shown: ShownConfusion, _ theme: Theme, around map: Rect, in inner: Rect, on buffer: inout Buffer
    ) {
        guard map.width < inner.width else { return }
        for (line, pair) in shown.mostConfused(inner.height).enumerated() {
            let y = inner.y + line
            buffer.write("\(pair.truth)→\(pair.predicted)", x: map.maxX + 1, y: y, theme.style(.text))
            buffer.write(count(pair, shown), rightAlignedAt: inner.maxX - 1, y: y, theme.style(role(pair)))
        }
    }

    /// The count, with its sign where it is a difference.
    static func count(_ pair: ConfusedPair, _ shown: ShownConfusion) -> String {
        shown.baseline != nil && pair.count > 0 ? "+\(pair.count)" : "\(pair.count)"
    }

    /// Fewer errors are good.
    static func role(_ pair: ConfusedPair) -> Theme.Role { pair.count < 0 ? .good : .bad }
}
