import TerminalUI
import Training

/// Loss and accuracy over the epochs.
enum CurvesView {
    static func draw(_ state: ScreenContext<CurvesScreen>, in body: Rect, on buffer: inout Buffer) {
        let layout = CurvesLayout(body, runs: state.shownRuns.count)
        drawPanel(.loss, state, focused: true, in: layout.loss, on: &buffer)
        drawPanel(.accuracy, state, focused: true, in: layout.accuracy, on: &buffer)
        if let table = layout.table { EpochTableView.draw(state, in: table, on: &buffer) }
        let (left, right) = layout.legend.splitLeft(layout.legend.width / layout.legendColumns)
        let rows = max(0, layout.legend.height - 1)
        CurvesLegend.draw(state, from: 0, in: left, on: &buffer)
        if !right.isEmpty { CurvesLegend.draw(state, from: rows, in: right, on: &buffer) }
        CurvesReadingView.draw(state, in: layout.reading, on: &buffer)
    }

    static func drawPanel(
        _ quantity: CurvesModel.Quantity, _ state: ScreenContext<CurvesScreen>, focused: Bool, in area: Rect,
        on buffer: inout Buffer
    ) {
        let look = state.look
        let theme = look.theme
        let name = name(quantity, state)
        guard let run = state.curvesRun, let model = CurvesModel(state, quantity) else {
            let inner = Panel(title: name, focused: focused).draw(in: area, on: &buffer, look: look)
            if inner.height > 0 {
                let text = "space starts training"
                buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, theme.style(.dim))
            }
            return
        }
        let room = area.width - name.count - 9
        let detail = state.shownRuns.count > 1 ? [] : figures(quantity, run, state, room: room)
        let inner = Panel(title: name, detail: detail, focused: focused).draw(in: area, on: &buffer, look: look)
        var chart = model.chart()
        chart.emptyText = "no batch yet"
        chart.draw(in: inner, on: &buffer, look: look)
    }

    private static func name(_ quantity: CurvesModel.Quantity, _ state: ScreenContext<CurvesScreen>) -> String {
        let log = quantity == .loss && state.own.logarithmic ? ", log" : ""
        let zoomed = state.own.window == nil ? "" : ", zoomed"
        let compared = state.shownRuns.count > 1
        let which = compared ? (state.own.perBatch ? "training " : "validation ") : ""
        return which + (quantity == .loss ? "loss" : "accuracy %") + log + zoomed
    }

    /// How lines differ beside their colours: solid and dashed, or by their marks.
    private static func keys(_ look: Look) -> (train: String, validation: String) {
        look.glyphs == .ascii ? ("o", "x") : ("━", "╍")
    }

    /// The newest figures with the key of their line, or those at the cursor, in the fullest form that has room.
    private static func figures(
        _ quantity: CurvesModel.Quantity, _ run: ShownRun, _ state: ScreenContext<CurvesScreen>, room: Int
    ) -> [Span] {
        let look = state.look
        let theme = look.theme
        let (train, validation) = texts(quantity, run, state)
        let keys = keys(look)
        func spans(_ words: (String, String)) -> [Span] {
            [
                Span("\(keys.train) ", theme.style(.train)), Span(words.0, theme.style(.dim)),
                Span(train, theme.style(.train)), Span("  \(keys.validation) ", theme.style(.validation)),
                Span(words.1, theme.style(.dim)), Span(validation, theme.style(.validation)),
            ]
        }
        let full = spans(("train ", "val "))
        let batches = [
            Span(
                look.glyphs == .ascii ? ": " : "▒ ",
                Style(foreground: theme.faded(theme[.train], 0.5), background: theme[.background])),
            Span("batches  ", theme.style(.dim)),
        ]
        // Where not all of it has room, one panel says what the lines are and the other what the band is.
        let short = spans(("", ""))
        let forms = [batches + full, quantity == .loss ? full : batches + short, full, short]
        return forms.first { $0.width <= room } ?? short
    }

    private static func texts(
        _ quantity: CurvesModel.Quantity, _ run: ShownRun, _ state: ScreenContext<CurvesScreen>
    ) -> (train: String, validation: String) {
        var loss = run.history.last?.loss
        var accuracy = run.history.last?.accuracy
        var validation = (run.history.last?.validationLoss, run.history.last?.validationAccuracy)
        if state.own.cursor != nil {
            let reading = state.own.reading(of: run, state.shared)
            (loss, accuracy) = (reading?.loss, reading?.accuracy)
            validation = (reading?.validationLoss, reading?.validationAccuracy)
        } else if let live = run.snapshot, live.batch > 0 {
            (loss, accuracy) = (live.loss, live.accuracy)
        }
        switch quantity {
        case .loss: return (Figures.loss(loss), Figures.loss(validation.0))
        case .accuracy: return (Figures.percent(accuracy), Figures.percent(validation.1))
        }
    }
}
