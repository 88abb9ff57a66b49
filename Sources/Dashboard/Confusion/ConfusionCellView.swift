import TerminalUI
import Training

/// The selected cell in words, and below them its digits, the worst first.
enum ConfusionCellView {
    static func draw(
        _ shown: ShownConfusion, _ state: ScreenContext<ConfusionScreen>, in foot: Rect, on buffer: inout Buffer
    ) {
        let cell = state.own.cell(state.shared)
        guard shown.counts.indices.contains(cell.row), cell.column < shown.classes else { return }
        // Digits at the bottom, the words just above them.
        let (line, digits) = foot.splitTop(1)
        drawWords(shown, cell, state, in: line, on: &buffer)
        guard let evaluation = shown.evaluation else {
            let text = "\(state.classNames.noun)s are kept for the newest epoch only"
            buffer.write(
                text, x: digits.x + 1, y: digits.y, state.look.theme.style(.dim),
                maxWidth: digits.height > 0 ? digits.width - 2 : 0)
            return
        }
        drawDigits(
            evaluation, state, cell, count: shown.counts[cell.row][cell.column], in: digits.inset(left: 1, right: 1),
            on: &buffer)
    }

    private static func drawDigits(
        _ evaluation: Evaluation, _ state: ScreenContext<ConfusionScreen>, _ cell: ConfusionCell, count: Int,
        in area: Rect, on buffer: inout Buffer
    ) {
        guard area.height >= 3, let data = state.data.loaded else { return }
        let strip = DigitStrip(area, count: count)
        let rows = evaluation.rows(truth: cell.row, predicted: cell.column, limit: strip.places.count)
        for (row, place) in zip(rows, strip.places) {
            let image = DigitsView.image(evaluation.rows[row], evaluation.source, data)
            if strip.isScaled {
                image.fill(place, on: &buffer, look: state.look)
            } else {
                image.draw(in: place, form: data.smallForm, on: &buffer, look: state.look)
            }
        }
    }

    private static func drawWords(
        _ shown: ShownConfusion, _ cell: ConfusionCell, _ state: ScreenContext<ConfusionScreen>, in line: Rect,
        on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let row = shown.counts[cell.row]
        let count = row[cell.column]
        let total = row.reduce(0, +)
        let share = total == 0 ? 0 : Double(count) / Double(total)
        // Room for both names, and for the count behind them.
        let isNamed = [cell.row, cell.column].map { state.classNames[$0].count }.reduce(28, +) <= line.width
        let names = isNamed ? state.classNames : ClassNames(nil)
        let isHit = cell.row == cell.column
        var amount = [Span(Figures.grouped(count), theme.style(.title).bold())]
        if let before = shown.baseline?[cell.row][cell.column] {
            amount = [
                Span("\(Figures.grouped(before)) → ", theme.style(.dim)),
                Span(Figures.grouped(count), theme.style((count > before) == isHit ? .good : .bad).bold()),
            ]
        }
        let whole = [
            Span(" of \(Figures.grouped(total))", theme.style(.dim)),
            Span(" · \(Figures.percent(share)) %", theme.style(.dim)),
        ]
        var groups = [
            [
                Span("true ", theme.style(.dim)), Span(names[cell.row], theme.style(.good).bold()),
                Span(" predicted ", theme.style(.dim)),
                Span(names[cell.column], theme.style(isHit ? .good : .bad).bold()),
            ], amount + whole,
        ]
        if 2 + groups.map(\.width).reduce(2, +) > line.width { groups[1] = amount }
        if shown.evaluation != nil {
            groups.append([Span("enter", theme.style(.key)), Span(" shows them", theme.style(.dim))])
        }
        buffer.write(groups: groups, gap: 2, x: line.x + 1, y: line.y, maxWidth: line.width - 2)
    }
}
