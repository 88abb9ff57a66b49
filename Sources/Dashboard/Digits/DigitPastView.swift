import TerminalUI
import Training

/// The predictions for the selected digit over the epochs: the true class's probability as bars, and below them the
/// predicted class.
enum DigitPastView {
    static func drawPanel(_ state: Shared, in area: Rect, on buffer: inout Buffer) {
        let dim = state.look.theme.style(.dim)
        let rows = state.source == .test ? "test" : "validation"
        let legends = ["p(true), predicted", "p(true)"]
        let legend = legends.first { $0.count + 24 <= area.width } ?? ""
        let inner = Panel(
            title: "over the epochs", detail: legend.isEmpty ? [] : [Span(legend, dim)], footer: [Span(rows, dim)]
        ).draw(in: area, on: &buffer, look: state.look)
        guard state.evaluation != nil, state.selection.row != nil else {
            let text =
                state.evaluation == nil ? ConfusionView.emptyText(state) : "no \(state.classNames.noun) is chosen"
            return buffer.write(paragraph: text, centredIn: inner, dim)
        }
        draw(state, in: inner.inset(left: 1, right: 1), on: &buffer)
    }

    static func draw(_ state: Shared, in area: Rect, on buffer: inout Buffer) {
        guard area.height >= 2, let evaluation = state.evaluation, let row = state.selection.row else { return }
        let history = evaluation.source == .test ? state.pastOfTest : state.past
        let axis = area.height >= 4 && area.width >= 24 ? axisWidth : 0
        let past = history.predictions(ofRow: row).suffix(area.width - axis)
        guard !past.isEmpty else { return }
        // Few epochs are drawn wider.
        let each = max(1, min(3, (area.width - axis) / past.count))
        let plot = area.inset(left: axis, bottom: area.height >= 4 ? 2 : 1)
        drawAxis(area, plot, on: &buffer, look: state.look)
        let truth = Int(evaluation.labels[row])
        for (index, entry) in past.enumerated() {
            let x = plot.x + index * each
            let bar = Rect(x: x, y: plot.y, width: max(1, each - 1), height: plot.height)
            BarColumns([entry.truthShare], roles: [entry.predicted == truth ? .good : .bad], pitch: bar.width).draw(
                in: bar, on: &buffer, look: state.look)
        }
        drawPredicted(past.map(\.predicted), each, truth, plot, state, on: &buffer)
        if area.height >= 4 {
            drawEpochs(past.map(\.epoch), each, plot, state, on: &buffer)
        }
    }

    /// The predicted class below its bars: the number of each where they are digits, else one name for epochs that say the
    /// same, as long as there is room.
    private static func drawPredicted(
        _ predicted: [Int], _ each: Int, _ truth: Int, _ plot: Rect, _ state: Shared, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let names = state.classNames
        func style(_ label: Int) -> Style { theme.style(label == truth ? .good : .bad).bold() }
        guard !names.areDigits else {
            for (index, label) in predicted.enumerated() {
                buffer.write("\(label)", x: plot.x + index * each, y: plot.maxY, style(label), maxWidth: each)
            }
            return
        }
        var start = 0
        while start < predicted.count {
            let label = predicted[start]
            let length = predicted[start...].prefix { $0 == label }.count
            // The last ones have the rest of the line.
            let isLast = start + length == predicted.count
            let room = (isLast ? plot.maxX - plot.x - start * each : length * each) - (isLast ? 0 : 1)
            // A number says nothing where classes have names.
            let short = [names.fitting(room), names.beginning(3), names.beginning(2)].filter { !$0.isEmpty }
            let text = ([names] + short).map { $0[label] }.first { $0.columns <= room } ?? (room > 0 ? "·" : "")
            buffer.write(text, x: plot.x + start * each, y: plot.maxY, style(label))
            start += length
        }
    }

    /// Columns of the axis's labels and its line.
    private static let axisWidth = 6

    private static func drawAxis(_ area: Rect, _ plot: Rect, on buffer: inout Buffer, look: Look) {
        guard plot.x > area.x, !plot.isEmpty else { return }
        let dim = look.theme.style(.dim)
        buffer.write("100 %", x: area.x, y: plot.y, dim)
        if plot.height > 1 { buffer.write("0", rightAlignedAt: plot.x - 1, y: plot.maxY - 1, dim) }
        for y in plot.y..<plot.maxY {
            buffer[plot.x - 1, y] = Cell(look.glyphs == .ascii ? "|" : "│", style: look.theme.style(.border))
        }
    }

    /// The first and the last epoch; of a saved run, that those before are not there.
    private static func drawEpochs(
        _ epochs: [Int], _ each: Int, _ plot: Rect, _ state: Shared, on buffer: inout Buffer
    ) {
        let dim = state.look.theme.style(.dim)
        let (y, width) = (plot.maxY + 1, epochs.count * each)
        guard let first = epochs.first, let last = epochs.last else { return }
        let start = first == 0 ? state.startWords : "epoch \(first)"
        buffer.write(start, x: plot.x, y: y, dim, maxWidth: plot.width)
        let end = "\(last)"
        if epochs.count > 1, width >= end.count + start.count + 2 {
            buffer.write(end, rightAlignedAt: plot.x + width, y: y, dim)
        }
        guard state.opened != nil, epochs.count == 1 else { return }
        let room = plot.inset(left: each + 2)
        buffer.write(paragraph: "a saved run keeps no predictions of earlier epochs", centredIn: room, dim)
    }
}
