import TerminalUI
import Training

/// The training digits that the last hidden layer sees most like the digit at hand: where a mistake was learned.
enum NearestView {
    /// Where the digits go within the panel, row by row: an image of 14 × 7 and its caption.
    static func places(_ inner: Rect) -> [Rect] {
        let columns = inner.width / 14
        let rows = inner.height / 8
        guard columns > 0, rows > 0 else { return [] }
        let pitch = min(16, inner.width / columns)
        let left = inner.x + (inner.width - (columns - 1) * pitch - 14) / 2
        let down = min(10, inner.height / rows)
        return (0..<(rows * columns)).map { number in
            Rect(
                x: left + number % columns * pitch, y: inner.y + number / columns * down, width: 14, height: 8)
        }
    }

    static func draw(_ state: DashboardState, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let hidden = state.shownNetwork.hidden.count
        let by = hidden == 0 ? "by its pixels" : "by layer \(hidden)"
        let inner = Panel(title: "nearest in training", detail: [Span(by, theme.style(.dim))]).draw(
            in: area, on: &buffer, look: state.look)
        guard !inner.isEmpty else { return }
        guard let data = state.data.loaded, let inspection = state.inspection, !inspection.neighbours.isEmpty,
            let evaluation = state.evaluation, let row = state.digits.row
        else {
            let text = state.run?.canBeMeasured == true ? "..." : "space makes a network"
            return buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, theme.style(.dim))
        }
        let truth = Int(evaluation.labels[row])
        for (neighbour, place) in zip(inspection.neighbours, places(inner))
        where data.dataset.train.labels.indices.contains(neighbour.row) {
            let (image, caption) = place.splitBottom(1)
            DigitsView.image(neighbour.row, .validation, data).draw(
                in: image, form: .braille, on: &buffer, look: state.look)
            let label = Int(data.dataset.train.labels[neighbour.row])
            let distance = NumberText.fixed(Double(neighbour.distance), decimals: neighbour.distance < 10 ? 2 : 0)
            buffer.write(
                [
                    Span(state.classNames.fitting(7)[label], theme.style(label == truth ? .good : .bad).bold()),
                    Span("  \(distance)", theme.style(.dim)),
                ], x: caption.x + 1, y: caption.y, maxWidth: caption.width - 1)
        }
    }
}
