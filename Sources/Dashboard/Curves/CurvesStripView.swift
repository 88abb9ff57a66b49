import TerminalUI
import Training

/// What goes along with the curves, a row each on their x axis: the learning rate, the gap between the losses of the
/// validation rows and of the training rows, and the norm of the gradient at each epoch's end.
enum CurvesStripView {
    /// Rows of the panel: two for each figure where the screen is high.
    static func rows(in height: Int) -> Int { 2 + facts.count * (height >= 34 ? 2 : 1) }

    private struct Fact {
        let name: String
        let role: Theme.Role
        let value: @Sendable (EpochFigures) -> Double
        let text: @Sendable (Double) -> String
        /// Why there can be none.
        var missing: String?
    }

    private static let facts = [
        Fact(name: "rate", role: .text, value: \.learningRate) { Figures.plain($0, room: 7) },
        Fact(
            name: "gap", role: .validation, value: \.gap, text: { Figures.loss($0) }, missing: "no validation rows"),
        Fact(
            name: "grad", role: .train, value: { $0.gradientNorm ?? .nan }, text: { Figures.loss($0) },
            missing: "not recorded for this run"),
    ]

    /// - Parameters:
    ///   - axis: the chart of accuracy above, whose x axis this has; nil before the first run.
    ///   - panel: the area of its panel.
    static func draw(
        _ state: ScreenContext<CurvesScreen>, axis: LineChart?, below panel: Rect, in area: Rect,
        on buffer: inout Buffer
    ) {
        let look = state.look
        let theme = look.theme
        let forms = [
            "gap: validation loss less training loss · grad: norm of the gradient, last rows of each epoch",
            "gap: val loss less train loss · grad: gradient, last batch", "gap: val less train · grad: last batch",
        ]
        let form = forms.first { $0.columns + 12 <= area.width } ?? ""
        let detail = form.isEmpty ? [] : [Span(form, theme.style(.dim))]
        let inner = Panel(title: "along", detail: detail, focused: true).draw(in: area, on: &buffer, look: look)
        guard !inner.isEmpty else { return }
        guard let run = state.curvesRun, var axis else { return }
        axis.hasXLabels = true
        let plot = axis.drawXAxis(of: panel.inset(by: 1), atRow: inner.maxY, on: &buffer, look: look)
        let places = state.own.places(run, state.shared)
        let epochs = run.epochs
        let border = theme.style(.border)
        let height = max(1, inner.height / facts.count)
        for (index, fact) in facts.enumerated() where (index + 1) * height <= inner.height {
            let row = Rect(x: plot.x, y: inner.y + index * height, width: plot.width, height: height)
            let middle = row.y + height / 2
            buffer.write(fact.name, rightAlignedAt: plot.x - 2, y: middle, theme.style(.dim))
            for y in row.y..<row.maxY {
                buffer[plot.x - 1, y] = Cell(look.glyphs == .ascii ? "|" : y == middle ? "┤" : "│", style: border)
            }
            let points = epochs.map { figures in
                LineChart.Point(x: places.place(Double(figures.epoch)), y: fact.value(figures))
            }
            let known = points.map(\.y).filter(\.isFinite)
            if known.isEmpty, let missing = fact.missing, !points.isEmpty {
                buffer.write(missing, x: plot.x + 1, y: middle, theme.style(.dim), maxWidth: plot.width - 1)
            }
            let range = min(0, known.min() ?? 0)...max(1e-12, known.max() ?? 0)
            LineChart.drawLine(
                points, x: axis.xRange, y: range, color: theme[fact.role], in: row, on: &buffer, look: look)
            guard let last = points.last?.y, last.isFinite, plot.maxX + 7 < inner.maxX else { continue }
            buffer.write(
                fact.text(last).padded(to: 6), rightAlignedAt: inner.maxX, y: middle, theme.style(fact.role))
        }
    }
}

extension EpochFigures {
    /// Validation loss less training loss; NaN without validation rows.
    fileprivate var gap: Double { (validationLoss ?? .nan) - loss }
}
