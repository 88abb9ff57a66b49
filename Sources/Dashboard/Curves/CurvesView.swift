import TerminalUI
import Training

/// Loss and accuracy over the epochs.
enum CurvesView {
    static func draw(_ state: DashboardState, in body: Rect, on buffer: inout Buffer) {
        let (charts, reading) = body.splitBottom(body.height >= 18 ? 1 : 0)
        if charts.width >= 120 {
            let (left, right) = charts.splitLeft(charts.width / 2)
            drawPanel(.loss, state, focused: true, in: left, on: &buffer)
            drawPanel(.accuracy, state, focused: true, in: right, on: &buffer)
        } else {
            let (top, bottom) = charts.splitTop((charts.height + 1) / 2)
            drawPanel(.loss, state, focused: true, in: top, on: &buffer)
            drawPanel(.accuracy, state, focused: true, in: bottom, on: &buffer)
        }
        drawReading(state, in: reading, on: &buffer)
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
        let panel = Panel(title: name, detail: figures(quantity, run, theme), focused: focused)
        let inner = panel.draw(in: area, on: &buffer, look: look)
        var chart = CurvesModel(run: run, quantity: quantity, look: look).chart(state.curves)
        chart.emptyText = "waiting for the first batches"
        chart.draw(in: inner, on: &buffer, look: look)
    }

    private static func figures(_ quantity: CurvesModel.Quantity, _ run: RunRecord, _ theme: Theme) -> [Span] {
        let last = run.epochs.last
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
        return [
            Span("train ", theme.style(.dim)), Span(train, theme.style(.train)),
            Span("  val ", theme.style(.dim)), Span(validation, theme.style(.validation)),
        ]
    }

    /// Every figure of the epoch under the cursor, or of the last one.
    private static func drawReading(_ state: DashboardState, in line: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        guard line.height > 0, let run = state.run else { return }
        let at = state.curves.cursor.flatMap { cursor in run.epochs.first { $0.epoch == cursor } } ?? run.epochs.last
        guard let figures = at else { return }
        buffer.write(
            [
                Span("epoch \(figures.epoch)", theme.style(.title).bold()),
                Span("   loss ", theme.style(.dim)), Span(Figures.loss(figures.loss), theme.style(.train)),
                Span(" val ", theme.style(.dim)), Span(Figures.loss(figures.validationLoss), theme.style(.validation)),
                Span("   accuracy ", theme.style(.dim)),
                Span("\(Figures.percent(figures.accuracy, digits: 2)) %", theme.style(.train)),
                Span(" val ", theme.style(.dim)),
                Span("\(Figures.percent(figures.validationAccuracy, digits: 2)) %", theme.style(.validation)),
                Span("   lr \(Figures.plain(figures.learningRate))", theme.style(.dim)),
                Span("   \(Figures.duration(figures.seconds))", theme.style(.dim)),
            ], x: line.x + 1, y: line.y, maxWidth: line.width - 2)
    }
}
