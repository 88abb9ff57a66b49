import TerminalUI
import Training

/// What goes along with the curves, a row each on their x axis: the learning rate, and the gap between the losses of the
/// validation rows and of the training rows.
enum CurvesStripView {
    /// Rows of figures.
    static let rows = 2

    private struct Fact {
        let name: String
        let role: Theme.Role
        let value: @Sendable (EpochFigures) -> Double
        let text: @Sendable (Double) -> String
    }

    private static let facts = [
        Fact(name: "rate", role: .key, value: \.learningRate) { Figures.plain($0, room: 7) },
        Fact(name: "gap", role: .validation, value: \.gap) { Figures.loss($0) },
    ]

    /// - Parameter panel: the one of accuracy above, whose x axis this has.
    static func draw(
        _ state: ScreenContext<CurvesScreen>, below panel: Rect, in area: Rect, on buffer: inout Buffer
    ) {
        let look = state.look
        let theme = look.theme
        let detail = [Span("gap: validation loss less training loss", theme.style(.dim))]
        let inner = Panel(title: "along", detail: detail, focused: true).draw(in: area, on: &buffer, look: look)
        guard !inner.isEmpty else { return }
        guard let run = state.curvesRun, let model = CurvesModel(state, .accuracy) else { return }
        let axis = CurvesView.chart(model, columns: panel.width)
        let plot = axis.drawXAxis(of: panel.inset(by: 1), atRow: inner.maxY, on: &buffer, look: look)
        let places = state.own.places(run, state.shared)
        let epochs = run.epochs
        let border = theme.style(.border)
        for (row, fact) in facts.enumerated() where row < inner.height {
            let y = inner.y + row
            buffer.write(fact.name, rightAlignedAt: plot.x - 2, y: y, theme.style(.dim))
            buffer[plot.x - 1, y] = Cell(look.glyphs == .ascii ? "|" : "┤", style: border)
            let values = columns(epochs, fact, plot, axis.xRange, places)
            Sparkline(values, role: fact.role).draw(
                in: Rect(x: plot.x, y: y, width: plot.width, height: 1), on: &buffer, look: look)
            guard let last = epochs.last.map(fact.value), last.isFinite, plot.maxX + 7 < inner.maxX else { continue }
            buffer.write(
                fact.text(last).padded(to: 6), rightAlignedAt: inner.maxX, y: y, theme.style(fact.role))
        }
    }

    /// A value for each column: the greatest of its epochs, or that of the epoch that it belongs to. NaN where nothing
    /// is known yet.
    private static func columns(
        _ epochs: [EpochFigures], _ fact: Fact, _ plot: Rect, _ range: ClosedRange<Double>, _ places: CurvePlaces
    ) -> [Double] {
        var values = [Double](repeating: .nan, count: plot.width)
        let length = range.upperBound - range.lowerBound
        guard length > 0, plot.width > 1 else { return values }
        var next = 0
        for figures in epochs {
            let share = (places.place(Double(figures.epoch)) - range.lowerBound) / length
            let column = Int((min(2, max(-1, share)) * Double(plot.width - 1)).rounded())
            let known = fact.value(figures)
            let value = known.isFinite ? max(0, known) : .nan
            if column == next - 1, values.indices.contains(column) {
                values[column] = max(values[column], value)
            }
            while next <= column, next < values.count {
                values[next] = value
                next += 1
            }
        }
        return values
    }
}

extension EpochFigures {
    /// Validation loss less training loss; NaN without validation rows.
    fileprivate var gap: Double { (validationLoss ?? .nan) - loss }
}
