import TerminalUI
import Training

/// The figures of every epoch, a line each: the newest ones, or those around the cursor of Curves.
enum EpochTableView {
    private struct Column {
        let title: String
        let width: Int
        let role: Theme.Role
        let text: (EpochFigures) -> String
    }

    /// Rows of its panel without an epoch: the border and the heading.
    static let otherRows = 3

    static func draw(_ state: ScreenContext<CurvesScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let epochs = state.curvesRun?.epochs ?? []
        let best = state.curvesRun?.history.best?.epoch
        // Green is for what got better.
        let bestRole: Theme.Role = state.curvesRun?.hasDiverged == true ? .text : .good
        let detail = best.map { [Span("best ", theme.style(.dim)), Span("\($0)", theme.style(bestRole))] } ?? []
        let title = state.shownRuns.count > 1 ? "epochs of run \(state.curvesRun?.number ?? 0)" : "epochs"
        let cursor =
            state.place.panel == nil && state.own.cursor != nil
            ? state.curvesRun.flatMap { state.own.reading(of: $0, state.shared) }?.epoch : nil
        let lines = visible(epochs, cursor, area.height - otherRows)
        let inner = Panel(
            title: title, detail: detail, footer: footer(lines, epochs, state.curvesRun, theme, room: area.width - 6)
        ).draw(in: area, on: &buffer, look: state.look)
        guard !epochs.isEmpty else {
            if inner.height > 0 {
                let y = inner.y + inner.height / 2
                buffer.write("a line for each epoch", centredIn: inner, y: y, theme.style(.dim))
            }
            return
        }
        guard let run = state.curvesRun else { return }
        drawLines(lines, of: run, cursor: cursor, state.look, in: inner, on: &buffer)
    }

    /// A heading, and the epochs that fit: the newest ones.
    static func drawLines(of run: ShownRun, _ look: Look, in inner: Rect, on buffer: inout Buffer) {
        drawLines(visible(run.epochs, nil, inner.height - 1), of: run, cursor: nil, look, in: inner, on: &buffer)
    }

    private static func drawLines(
        _ lines: ArraySlice<EpochFigures>, of run: ShownRun, cursor: Int?, _ look: Look, in inner: Rect,
        on buffer: inout Buffer
    ) {
        let theme = look.theme
        let best = run.history.best?.epoch
        let bestRole: Theme.Role = run.hasDiverged ? .text : .good
        let columns = columns(inner.width - 2, last: run.epochs.last?.epoch ?? 0)
        drawLine(columns.map { ($0.title, theme.style(.dim)) }, columns, in: inner, y: inner.y, on: &buffer)
        for (line, figures) in lines.enumerated() {
            let y = inner.y + 1 + line
            let marked = figures.epoch == cursor
            let background = theme[marked ? .selectedBackground : .background]
            buffer.fill(
                Rect(x: inner.x, y: y, width: inner.width, height: 1), Cell(style: theme.style(.text).on(background)))
            if marked { buffer.write("▸", x: inner.x, y: y, theme.style(.key).on(background)) }
            let texts = columns.enumerated().map { index, column in
                let role = index == 0 && figures.epoch == best ? bestRole : column.role
                let style = role == .dim ? theme.quiet(marked: marked) : theme.style(role).on(background)
                return (column.text(figures), style)
            }
            drawLine(texts, columns, in: inner, y: y, on: &buffer)
        }
    }

    /// What is left out: `21–30 of 30`, in a narrow table `10 of 30`; or that each line stands for several epochs.
    private static func footer(
        _ lines: ArraySlice<EpochFigures>, _ all: [EpochFigures], _ run: ShownRun?, _ theme: Theme, room: Int
    ) -> [Span] {
        guard let run, let first = lines.first, let last = lines.last else { return [] }
        let stride = run.history.stride
        guard lines.count < all.count || stride > 1 else { return [] }
        let count = Figures.grouped(run.history.count)
        let each = stride > 1 ? "one of \(Figures.grouped(stride)) · " : ""
        let range = "\(Figures.grouped(first.epoch))–\(Figures.grouped(last.epoch)) of \(count)"
        let forms = [each + range, range, "\(Figures.grouped(lines.count)) of \(count)", "of \(count)"]
        return forms.first { $0.columns <= room }.map { [Span($0, theme.style(.dim))] } ?? []
    }

    private static func visible(_ epochs: [EpochFigures], _ cursor: Int?, _ height: Int) -> ArraySlice<EpochFigures> {
        guard height > 0 else { return [] }
        let newest = max(0, epochs.count - height)
        let at = cursor.flatMap { cursor in epochs.firstIndex { $0.epoch == cursor } }
        let first = at.map { min(newest, max(0, $0 - height / 2)) } ?? newest
        return epochs[first..<min(epochs.count, first + height)]
    }

    /// The first columns that fit. Each has a blank at its left, but the first, which is as wide as the last epoch's number.
    private static func columns(_ width: Int, last: Int) -> [Column] {
        let all = [
            Column(title: "epoch", width: max(5, "\(last)".count), role: .text) { "\($0.epoch)" },
            Column(title: "loss", width: 7, role: .train) { Figures.loss($0.loss) },
            Column(title: "val", width: 7, role: .validation) { Figures.loss($0.validationLoss) },
            Column(title: "acc %", width: 6, role: .train) { Figures.percent($0.accuracy) },
            Column(title: "val %", width: 7, role: .validation) { Figures.percent($0.validationAccuracy) },
            Column(title: "s", width: 6, role: .dim) {
                FixedNumber.fixed($0.seconds, decimals: $0.seconds < 10 ? 2 : 1)
            },
            Column(title: "rate", width: 8, role: .dim) { Figures.plain($0.learningRate, room: 7) },
            Column(title: "gap", width: 7, role: .text) { Figures.loss(CurveReading($0).gap) },
        ]
        var used = 0
        return all.prefix { column in
            used += column.width
            return used <= width
        }
    }

    private static func drawLine(
        _ texts: [(String, Style)], _ columns: [Column], in inner: Rect, y: Int, on buffer: inout Buffer
    ) {
        var end = inner.x + 1
        for ((text, style), column) in zip(texts, columns) {
            end += column.width
            buffer.write(text, rightAlignedAt: end, y: y, style, maxWidth: column.width)
        }
    }
}
