import TerminalUI
import Training

/// What is taken for what: heatmap, figures of each class, worst pairs.
enum ConfusionView {
    static func draw(_ state: DashboardState, in body: Rect, on buffer: inout Buffer) {
        let layout = ConfusionLayout(body)
        drawHeatmap(state, focused: true, in: layout.heatmap, on: &buffer)
        if let classes = layout.classes { ClassTableView.draw(state, in: classes, on: &buffer) }
        if let pairs = layout.pairs { ConfusedPairsView.draw(state, in: pairs, on: &buffer) }
    }

    static func sourceName(_ state: DashboardState) -> String {
        state.confusion.source == .test ? "test" : "validation"
    }

    /// Where the map lies within its panel: Confusion keeps the epochs, the selected cell in words and its digits below
    /// it, Lab keeps room for the worst pairs beside a compact map.
    static func mapArea(in inner: Rect, _ state: DashboardState) -> Rect {
        guard state.screen == .confusion else {
            return inner.width >= 32 && inner.height < 11 ? inner.splitRight(10).rest : inner
        }
        guard inner.height >= 8 else { return inner }
        let lines = hasSlider(inner, state) ? 2 : 1
        let spare = inner.height - lines - (1 + (state.shownConfusion?.classes ?? 10))
        return inner.splitBottom(lines + (spare >= 3 ? min(8, spare) : 0)).rest
    }

    private static func hasSlider(_ inner: Rect, _ state: DashboardState) -> Bool {
        inner.height >= 10 && EpochSlider(state) != nil
    }

    /// The line of the epochs, right below the map; nil without room or epochs.
    static func sliderLine(in inner: Rect, _ state: DashboardState) -> Rect? {
        guard hasSlider(inner, state) else { return nil }
        let map = mapArea(in: inner, state)
        return Rect(x: inner.x, y: map.maxY, width: inner.width, height: 1)
    }

    static func drawHeatmap(_ state: DashboardState, focused: Bool, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        guard let shown = state.shownConfusion else {
            let inner = Panel(title: "confusion", focused: focused).draw(in: area, on: &buffer, look: state.look)
            if inner.height > 0 {
                buffer.write(emptyText(state), centredIn: inner, y: inner.y + inner.height / 2, theme.style(.dim))
            }
            return
        }
        let footer = [Span("true ↓  predicted →", theme.style(.dim))]
        let inner = Panel(
            title: "confusion", detail: detail(shown, state, width: area.width), focused: focused, footer: footer
        ).draw(in: area, on: &buffer, look: state.look)
        let map = mapArea(in: inner, state)
        if state.screen == .confusion {
            var foot = Rect(x: inner.x, y: map.maxY, width: inner.width, height: inner.maxY - map.maxY)
            if let line = sliderLine(in: inner, state), let slider = EpochSlider(state) {
                slider.draw(in: line, on: &buffer, look: state.look)
                foot = foot.splitTop(1).rest
            }
            if foot.height > 0 { ConfusionCellView.draw(shown, state, in: foot, on: &buffer) }
        } else {
            drawWorst(shown, theme, around: map, in: inner, on: &buffer)
        }
        state.heatmap(shown, selecting: focused).draw(in: map, on: &buffer, look: state.look)
    }

    /// The scale, the rows and the epoch, in the fullest form that has room.
    private static func detail(_ shown: ShownConfusion, _ state: DashboardState, width: Int) -> [Span] {
        let theme = state.look.theme
        let modes = state.screen == .confusion ? modeNames(state.confusion) : ["", ""]
        let source = sourceName(state)
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

    static func emptyText(_ state: DashboardState) -> String {
        guard let run = state.run else { return "fills as it trains" }
        if run.failure != nil, run.facts == nil { return "the run could not start" }
        if state.confusion.source == .test { return "measuring the test set ..." }
        return run.spec.training.validation == 0 ? "no validation rows: v shows the test set" : "..."
    }

    /// In full, and short.
    private static func modeNames(_ confusion: ConfusionState) -> [String] {
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
