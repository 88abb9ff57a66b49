import TerminalUI
import Training

/// The prediction for the drawing: the class in words, and the probability of each.
enum DrawAnswerView {
    static func draw(_ state: ScreenContext<DrawScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let inspection = state.own.input == nil ? nil : state.inspection
        let isNarrow = area.width < narrow
        let asked = state.shared.asked
        let isDated = !isNarrow && asked == nil
        let detail = isDated ? inspection.map { [Span(moment($0, state), theme.style(.dim))] } ?? [] : []
        let inner = Panel(title: asked?.words ?? "predicted", detail: detail).draw(
            in: area, on: &buffer, look: state.look)
        guard !inner.isEmpty else { return }
        guard let probabilities = state.own.probabilities(state.shared), !probabilities.isEmpty else {
            return drawEmpty(state, in: inner, on: &buffer)
        }
        let best = probabilities.indices.max { rank(probabilities[$0]) < rank(probabilities[$1]) } ?? 0
        let spare = inner.height - probabilities.count
        // One below the other, too, where the lines would stay blank otherwise.
        let inColumn = spare >= 4 && (isNarrow || inner.height < 2 * probabilities.count + 1)
        var (head, below) = inner.splitTop(inColumn ? 4 : spare >= 2 ? 2 : 0)
        if !head.isEmpty {
            drawVerdict(
                probabilities, best, state, inColumn: inColumn, in: head.inset(left: 1, right: 1), on: &buffer)
        }
        if inColumn, isNarrow, asked == nil, let inspection {
            drawMoment(inspection, state, in: below.splitTop(probabilities.count).rest, on: &buffer)
            below = below.splitTop(probabilities.count).top
        }
        var bars = ProbabilityBars(values: probabilities, predicted: best)
        let names = state.classNames.fitting(inner.width / 3)
        bars.labels = probabilities.indices.map { names[$0] }
        // Air between the bars where there is room for it.
        bars.pitch = below.height >= 2 * probabilities.count - 1 ? 2 : 1
        bars.draw(in: below.inset(left: 1, right: 1), on: &buffer, look: state.look)
    }

    /// NaN is the least.
    private static func rank(_ value: Float) -> Float { value.isNaN ? -1 : value }

    private static func moment(_ inspection: Inspection, _ state: ScreenContext<DrawScreen>) -> String {
        guard let batches = state.run?.snapshot?.batchesPerEpoch, inspection.batch > 0, batches > 0 else {
            return "epoch \(inspection.epoch)"
        }
        return "epoch \(Figures.decimal(Double(inspection.epoch) + Double(inspection.batch) / Double(batches)))"
    }

    /// Columns of a panel whose words stand one below the other.
    private static let narrow = 24

    /// The weights of the prediction, below the bars, where the border has no room for them.
    private static func drawMoment(
        _ inspection: Inspection, _ state: ScreenContext<DrawScreen>, in area: Rect, on buffer: inout Buffer
    ) {
        guard area.height >= 3 else { return }
        let lines = ["after", moment(inspection, state)]
        for (line, text) in lines.enumerated() {
            buffer.write(
                text, x: area.x + 1, y: area.y + 1 + line, state.look.theme.style(.dim), maxWidth: area.width - 1)
        }
    }

    private static func drawVerdict(
        _ probabilities: [Float], _ best: Int, _ state: ScreenContext<DrawScreen>, inColumn: Bool, in head: Rect,
        on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let sure = Double(probabilities[best])
        guard sure.isFinite else {
            buffer.write(
                "NaN: the network has no numbers any more", x: head.x, y: head.y, theme.style(.bad),
                maxWidth: head.width)
            return
        }
        let names = state.classNames.fitting(inColumn ? head.width - 5 : head.width / 3)
        let second = probabilities.indices.filter { $0 != best }.max {
            rank(probabilities[$0]) < rank(probabilities[$1])
        }
        let next = second.map { "then \(names[$0])" } ?? ""
        let groups = [
            [Span(names[best], theme.style(sure >= 0.5 ? .train : .warning).bold())],
            // The bar below has the figure; nobody knows whether it is right.
            [Span(sure >= 0.9 ? "sure" : sure >= 0.5 ? "rather sure" : "not sure", theme.style(.dim))],
            [Span(next, theme.style(.dim))],
        ]
        guard inColumn else {
            buffer.write(groups: groups, x: head.x, y: head.y, maxWidth: head.width)
            return
        }
        for (line, group) in groups.enumerated() {
            buffer.write(group, x: head.x, y: head.y + line, maxWidth: head.width)
        }
    }

    private static func drawEmpty(_ state: ScreenContext<DrawScreen>, in inner: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let lines: [[Span]]
        if state.run?.canBeMeasured == true || state.shared.asked != nil {
            lines = [[Span(state.own.input == nil ? "nothing drawn yet" : "...", theme.style(.dim))]]
        } else if state.opened != nil {
            lines = [[Span(state.shared.emptyNetworkText(""), theme.style(.dim))]]
        } else {
            lines = [
                [Span("no network yet", theme.style(.dim))],
                [Span(state.shared.key(.train), theme.style(.key)), Span(" trains one", theme.style(.dim))],
            ]
        }
        let top = inner.y + max(0, (inner.height - lines.count) / 2)
        for (index, line) in lines.enumerated() {
            buffer.write(
                line, x: inner.x + max(0, (inner.width - line.width) / 2), y: top + index, maxWidth: inner.width)
        }
    }
}
