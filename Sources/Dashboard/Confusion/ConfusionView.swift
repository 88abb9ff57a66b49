import TerminalUI
import Training

/// The confusion matrix: heatmap, figures of each class, most frequent mistakes.
enum ConfusionView {
    static func draw(_ state: ScreenContext<ConfusionScreen>, in body: Rect, on buffer: inout Buffer) {
        let layout = state.own.layout(state.shared, state.place)
        drawHeatmap(state, layout, focused: true, on: &buffer)
        for (detail, area) in layout.details { draw(detail, state, in: area, on: &buffer) }
    }

    private static func draw(
        _ detail: ConfusionDetail, _ state: ScreenContext<ConfusionScreen>, in area: Rect, on buffer: inout Buffer
    ) {
        switch detail {
        case .classes: ClassTableView.draw(state, in: area, on: &buffer)
        case .pairs: ConfusedPairsView.draw(state.shared, chosen: state.own.cell(state.shared), in: area, on: &buffer)
        case .recall: RecallView.draw(state, in: area, on: &buffer)
        case .sureness: SurenessView.draw(state.shared, in: area, on: &buffer)
        case .broken: BrokenDigitsView.draw(state, in: area, on: &buffer)
        case .margins: MarginsView.draw(state, in: area, on: &buffer)
        case .reliability: ReliabilityView.draw(state, in: area, on: &buffer)
        case .roc: RankCurvesView.draw(.roc, state, in: area, on: &buffer)
        case .precisionRecall: RankCurvesView.draw(.precisionRecall, state, in: area, on: &buffer)
        }
    }

    static func drawHeatmap(
        _ state: ScreenContext<ConfusionScreen>, _ layout: ConfusionLayout, focused: Bool, on buffer: inout Buffer
    ) {
        let area = layout.heatmap
        guard !area.isEmpty else { return }
        let theme = state.look.theme
        guard let shown = state.shownConfusion else {
            let inner = Panel(title: "confusion", focused: focused).draw(in: area, on: &buffer, look: state.look)
            return buffer.write(paragraph: emptyText(state.shared), centredIn: inner, theme.style(.dim))
        }
        let footer = [Span(footer(shown, layout, state), theme.style(.dim))]
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
            WorstPairsList(shown, state.classNames, around: map, in: inner)?.draw(on: &buffer, theme)
        }
        state.own.heatmap(shown, selecting: focused, hasMargins: state.place.panel == nil, state.shared)
            .draw(in: map, on: &buffer, look: state.look)
    }

    /// What the lines and the columns are; of a list or a matrix that is not whole, how much of it is there.
    private static func footer(
        _ shown: ShownConfusion, _ layout: ConfusionLayout, _ state: ScreenContext<ConfusionScreen>
    ) -> String {
        let inner = layout.heatmap.inset(by: 1)
        guard layout.map.width == 0 else {
            let map = state.own.heatmap(shown, selecting: true, hasMargins: state.place.panel == nil, state.shared)
            let (rows, columns) = map.visible(in: layout.map, look: state.look)
            let parts = [("true", rows, "↓"), ("predicted", columns, "→")].map { name, part, arrow in
                let isPart = part.count < shown.classes && !part.isEmpty
                return isPart
                    ? "\(name) \(state.classNames.range(part, of: shown.classes)) \(arrow)"
                    : "\(name) \(arrow)"
            }
            return parts.joined(separator: "  ")
        }
        let list = WorstPairsList(shown, state.classNames, around: layout.map, in: inner)
        let pairs = shown.mostConfused(.max).count
        let fitting = list?.pairs.count ?? 0
        return "true → predicted" + (pairs > fitting ? " · \(fitting) of \(Figures.grouped(pairs))" : "")
    }

    /// The scale, the rows and the weights, in the fullest form that has room.
    private static func detail(_ shown: ShownConfusion, _ state: ScreenContext<ConfusionScreen>, width: Int) -> [Span] {
        let theme = state.look.theme
        let modes = state.place.panel == nil ? modeNames(state.own) : ["", ""]
        let measured = shown.measuredOn.forms
        let (full, short) = (measured[0], measured[measured.count - 1])
        let middle = measured[measured.count / 2]
        let forms: [[Span]] = [
            (modes[0], full), (modes[0], middle), (modes[1], middle), (modes[1], short), ("", middle), ("", short),
            ("", shown.measuredOn.weightsInShort),
        ]
        .map { mode, measured in
            let start = mode.isEmpty ? [] : [Span("\(mode)   ", theme.style(.text))]
            guard shown.baseline == nil else {
                let minus = measured == full ? "minus" : "−"
                return start + [
                    Span("\(measured.trimmingBlanks) ", theme.style(.dim)),
                    Span("\(minus) \(shown.baselineName)", theme.style(.key)),
                ]
            }
            return start + [Span(measured, theme.style(.dim))]
        }
        // Beside the border, the title and the air around both.
        let room = width - "confusion".count - 9
        return forms.first { $0.width <= room } ?? []
    }

    /// Why there is nothing to show yet.
    ///
    /// - Parameter source: the rows that are missing; nil for those on the screen.
    static func emptyText(_ state: Shared, of source: Evaluation.Source? = nil) -> String {
        guard let run = state.run else { return "fills as it trains" }
        if run.failure != nil, run.facts == nil { return "the run could not start" }
        if let problem = state.openedProblem { return problem }
        if (source ?? state.source) == .test { return "measuring the test set ..." }
        guard run.spec.training.validation == 0 else { return "..." }
        return source == nil ? "no validation rows: \(state.key(.rows)) shows the test set" : "no validation rows"
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

    /// The count, with its sign where it is a difference.
    static func count(_ pair: ConfusedPair, _ shown: ShownConfusion) -> String {
        shown.baseline != nil && pair.count > 0 ? "+\(pair.count)" : "\(pair.count)"
    }

    /// Fewer errors are good.
    static func role(_ pair: ConfusedPair) -> Theme.Role { pair.count < 0 ? .good : .bad }
}
