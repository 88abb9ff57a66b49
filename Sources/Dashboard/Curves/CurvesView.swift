import TerminalUI
import Training

/// Loss and accuracy over the epochs.
enum CurvesView {
    static func draw(_ state: DashboardState, in body: Rect, on buffer: inout Buffer) {
        let layout = CurvesLayout(body)
        drawPanel(.loss, state, focused: true, in: layout.loss, on: &buffer)
        drawPanel(.accuracy, state, focused: true, in: layout.accuracy, on: &buffer)
        if let table = layout.table { EpochTableView.draw(state, in: table, on: &buffer) }
        drawReading(state, in: layout.reading, on: &buffer)
    }

    static func drawPanel(
        _ quantity: CurvesModel.Quantity, _ state: DashboardState, focused: Bool, in area: Rect,
        on buffer: inout Buffer
    ) {
        let look = state.look
        let theme = look.theme
        let name = quantity == .loss ? (state.curves.logarithmic ? "loss, log" : "loss") : "accuracy %"
        guard let run = state.run else {
            let inner = Panel(title: name, focused: focused).draw(in: area, on: &buffer, look: look)
            if inner.height > 0 {
                let text = "space starts training"
                buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, theme.style(.dim))
            }
            return
        }
        let panel = Panel(
            title: name, detail: figures(quantity, run, look, room: area.width - name.count - 9), focused: focused)
        let inner = panel.draw(in: area, on: &buffer, look: look)
        var chart = CurvesModel(run: run, quantity: quantity, look: look).chart(state.curves)
        chart.emptyText = "waiting for the first batches"
        chart.draw(in: inner, on: &buffer, look: look)
    }

    /// How the lines are told apart beside their colours: solid and dashed, or by their marks.
    private static func keys(_ look: Look) -> (train: String, validation: String) {
        look.glyphs == .ascii ? ("o", "x") : ("━", "╍")
    }

    /// The newest figures with the key of their line, in the fullest form that has room.
    private static func figures(
        _ quantity: CurvesModel.Quantity, _ run: RunRecord, _ look: Look, room: Int
    ) -> [Span] {
        let theme = look.theme
        let last = run.history.last
        let live = run.snapshot.flatMap { $0.batch > 0 ? $0 : nil }
        let train: String
        let validation: String
        switch quantity {
        case .loss:
            train = Figures.loss(live?.loss ?? last?.loss)
            validation = Figures.loss(last?.validationLoss)
        case .accuracy:
            train = Figures.percent(live?.accuracy ?? last?.accuracy)
            validation = Figures.percent(last?.validationAccuracy)
        }
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
        if batches.width + full.width <= room { return batches + full }
        return full.width <= room ? full : spans(("", ""))
    }

    /// Every figure of the epoch under the cursor, or of the last one.
    private static func drawReading(_ state: DashboardState, in line: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        guard line.height > 0, let run = state.run else { return }
        let at = state.curves.cursor.flatMap { run.history.figures(at: $0) } ?? run.history.last
        guard let figures = at else { return }
        func group(_ name: String, _ train: String, _ validation: String) -> [Span] {
            [
                Span("\(name) ", theme.style(.dim)), Span(train, theme.style(.train)),
                Span(" val ", theme.style(.dim)), Span(validation, theme.style(.validation)),
            ]
        }
        buffer.write(
            groups: [
                [Span("epoch \(figures.epoch)", theme.style(.title).bold())],
                group("loss", Figures.loss(figures.loss), Figures.loss(figures.validationLoss)),
                group(
                    "accuracy", "\(Figures.percent(figures.accuracy, digits: 2)) %",
                    "\(Figures.percent(figures.validationAccuracy, digits: 2)) %"),
                [Span("rate \(Figures.plain(figures.learningRate))", theme.style(.dim))],
                [Span(Figures.duration(figures.seconds), theme.style(.dim))],
            ], x: line.x + 1, y: line.y, maxWidth: line.width - 2)
    }
}
