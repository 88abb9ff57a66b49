import TerminalUI
import Training

/// The digit at hand as large as the window allows, with its past below it and its probabilities beside it.
enum LargeDigitView {
    static func draw(_ state: Shared, in area: Rect, on buffer: inout Buffer) {
        let look = state.look
        guard let evaluation = state.evaluation, let data = state.data.loaded, let row = state.selection.row else {
            return DigitDetailView.draw(state, in: area, on: &buffer)
        }
        let title = "\(state.classNames.noun) \(Figures.grouped(evaluation.rows[row]))\(state.fedWordsOfDigits)"
        let place = "\(Figures.grouped(state.selection.cursor + 1)) of \(Figures.grouped(state.selection.rows.count))"
        let isMarked = state.digitToMark.map(state.selection.marked.contains) ?? false
        let detail = DigitDetailView.verdict(
            Int(evaluation.labels[row]), Int(evaluation.predictions[row]), state.classNames, look.theme,
            room: area.width - 10 - title.count)
        let inner = Panel(
            title: (isMarked ? "◆ " : "") + title, detail: detail, focused: true,
            footer: [Span(place, look.theme.style(.dim))]
        ).draw(in: area, on: &buffer, look: look)
        let image = state.digitPicture(evaluation.rows[row], evaluation.source, data)
        // Twice a digit of MNIST; smaller images are drawn as large as that.
        let most = max(2, 56 / max(1, image.columns, image.rows))
        let times = min(most, (inner.width - 2) / max(1, image.columns), 2 * inner.height / max(1, image.rows))
        guard times > 0 else {
            let form: DigitImage.Form = data.smallForm == .braille ? .auto : .halfBlock
            return image.draw(in: inner, form: form, on: &buffer, look: look)
        }
        let size = (width: times * image.columns, height: (times * image.rows + 1) / 2)
        let (top, below) = inner.splitTop(size.height)
        image.fill(
            Rect(x: top.x + (top.width - size.width) / 2, y: top.y, width: size.width, height: size.height),
            on: &buffer, look: look)
        let past = below.inset(left: 1, top: below.height >= 4 ? 1 : 0, right: 1)
        guard past.height >= 6 else { return DigitPastView.draw(state, in: past, on: &buffer) }
        let (heading, bars) = past.splitTop(1)
        let words = ["probability of the true class over the epochs", "p(true) over the epochs"]
        buffer.write(
            words.first { $0.count <= heading.width } ?? "p(true)", x: heading.x, y: heading.y,
            look.theme.style(.dim), maxWidth: heading.width)
        DigitPastView.draw(state, in: bars.splitTop(min(bars.height, 16)).top, on: &buffer)
    }

    static func drawBars(_ state: Shared, in area: Rect, on buffer: inout Buffer) {
        guard let evaluation = state.evaluation, let row = state.selection.row else { return }
        let inner = Panel(
            title: area.width >= 19 ? "probabilities" : "predicted",
            footer: DigitDetailView.footer(evaluation, row, state, room: area.width - 6)
        ).draw(in: area, on: &buffer, look: state.look).inset(left: 1, right: 1)
        var bars = DigitDetailView.named(DigitDetailView.bars(evaluation, row), state.classNames, inner.width)
        bars.pitch = inner.height >= 2 * bars.values.count - 1 ? 2 : 1
        let height = min(inner.height, bars.pitch * (bars.values.count - 1) + 1)
        bars.draw(
            in: Rect(x: inner.x, y: inner.y + (inner.height - height) / 2, width: inner.width, height: height),
            on: &buffer, look: state.look)
    }
}
