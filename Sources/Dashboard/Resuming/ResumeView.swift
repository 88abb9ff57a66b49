import Reports
import TerminalUI

/// The question whether to resume an interrupted run.
enum ResumeView {
    static func draw(_ look: Look, _ run: ResumableRun, on buffer: inout Buffer) {
        let theme = look.theme
        let columns = min(64, buffer.bounds.width - 2)
        let standing = WrappedText.lines(run.standing, width: columns - 6)
        let inner = Popup(title: "run \(run.number) was interrupted", width: columns, height: 8 + standing.count).draw(
            in: buffer.bounds, on: &buffer, look: look)
        let line = Rect(x: inner.x + 1, y: inner.y + 1, width: max(0, inner.width - 2), height: 1)
        let place = EpochsText.ofPlanned(run.epochs, run.plannedEpochs)
        buffer.write(place, rightAlignedAt: line.maxX, y: line.y, theme.style(.text))
        buffer.write(
            run.title, x: line.x, y: line.y, theme.style(.title).bold(), maxWidth: line.width - place.columns - 2)
        ProgressBar(fraction: Double(run.epochs) / Double(max(1, run.plannedEpochs))).draw(
            in: Rect(x: line.x, y: line.y + 1, width: line.width, height: 1), on: &buffer, look: look)
        for (row, text) in standing.enumerated() {
            buffer.write(text, x: line.x, y: line.y + 2 + row, theme.style(.text), maxWidth: line.width)
        }
        let keys: [[Span]] = [("enter", "resume"), ("x", "don't ask again"), ("esc", "back")].map {
            [Span($0, theme.style(.key)), Span(" \($1)", theme.style(.text))]
        }
        buffer.write(groups: keys, gap: 3, x: line.x, y: line.y + 3 + standing.count, maxWidth: line.width)
    }
}
