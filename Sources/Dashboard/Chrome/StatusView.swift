import Foundation
import Specs
import TerminalUI
import Training

/// Messages first; else where the run stands, its bar, its speed and the time left.
enum StatusView {
    static func draw(_ state: DashboardState, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let line = area.splitBottom(1).1.inset(left: 1, right: 1)
        if case .specLine = state.overlay {
            let hint = "enter apply   esc cancel   ctrl-u clears what is before the cursor"
            StatusText.draw(
                state.specRefusal ?? [hint], theme.style(state.specRefusal == nil ? .dim : .bad), upFrom: line,
                on: &buffer)
        } else if state.overlay == nil,
            state.active.drawStatus(state.shared, refusal: state.lineRefusal, in: line, on: &buffer)
        {
            return
        } else if let reason = state.lineRefusal {
            StatusText.draw(StatusText.lines(reason, width: line.width), theme.style(.bad), upFrom: line, on: &buffer)
        } else if let message = state.message {
            let role: Theme.Role =
                switch message.kind {
                case .note: .text
                case .warning: .warning
                case .error: .bad
                }
            let short = message.hasShortForm ? message.text(width: line.width) : nil
            let lines = StatusText.lines(message.text, width: line.width, short: short)
            StatusText.draw(lines, theme.style(role), upFrom: line, on: &buffer)
        } else if let trouble = state.shared.trouble {
            drawTrouble(trouble, state.shared, in: line, on: &buffer)
        } else {
            drawRun(state, in: line, on: &buffer)
        }
    }

    /// The reason, with the key that starts again where it has room.
    private static func drawTrouble(_ lines: [String], _ shared: Shared, in line: Rect, on buffer: inout Buffer) {
        let theme = shared.look.theme
        StatusText.draw(lines, theme.style(.bad), upFrom: line, on: &buffer)
        guard shared.run != nil, let last = lines.last else { return }
        let hint = [Span(shared.key(.again), theme.style(.key)), Span(" starts again", theme.style(.dim))]
        let start = line.x + last.columns + 3
        if start + hint.width <= line.maxX { buffer.write(hint, x: start, y: line.y, maxWidth: hint.width) }
    }

    /// The images that are there; of a name without room its beginning.
    private static func ready(_ data: LoadedData, room: Int) -> String {
        let (count, name) = ("\(Figures.grouped(data.dataset.train.count)) images of ", data.dataset.name)
        let spare = room - count.columns - " ready".columns
        return count + (name.columns <= spare ? name : name.prefix(max(0, spare - 1)) + "…") + " ready"
    }

    private static func drawRun(_ state: DashboardState, in line: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        if let opened = state.opened { return OpenedStatus.draw(opened, state.shared, in: line, on: &buffer) }
        guard let run = state.run else {
            // Keys are for the question first.
            if case .resumeQuestion = state.overlay { return }
            switch state.data {
            case .loading: buffer.write(state.shared.loadingText, x: line.x, y: line.y, theme.style(.dim))
            case .failed: break
            case .ready(let data):
                let hint = [
                    Span(state.shared.key(.train), theme.style(.key)), Span(" starts training", theme.style(.dim)),
                ]
                let rows = ready(data, room: line.width - hint.width - 3)
                buffer.write(
                    groups: [hint, [Span(rows, theme.style(.dim))]], x: line.x, y: line.y, maxWidth: line.width)
            }
            return
        }
        if run.state == .finished, let test = run.test {
            drawResult(test, state.shared, in: line, on: &buffer)
            return
        }
        guard let snapshot = run.snapshot else {
            buffer.write(
                run.failure ?? "starting ...", x: line.x, y: line.y, theme.style(run.failure == nil ? .dim : .bad))
            return
        }
        let namesRun = state.width < HeaderLayout.widthOfRunNumber && line.width >= 44
        StatusProgress(run, snapshot, namesRun: namesRun, width: line.width).draw(
            in: line, on: &buffer, look: state.look)
    }

    private static func errors(_ test: Evaluation) -> String {
        let noun = test.errors == 1 ? "error" : "errors"
        return "\(Figures.grouped(test.errors)) \(noun) of \(Figures.grouped(test.count))"
    }

    private static func drawResult(_ test: Evaluation, _ shared: Shared, in line: Rect, on buffer: inout Buffer) {
        let theme = shared.look.theme
        buffer.write(
            groups: [
                [
                    Span("test accuracy ", theme.style(.dim)),
                    Span(
                        "\(Figures.percent(test.accuracy, digits: 2)) %",
                        theme.style(.accuracy(test.accuracy, classes: test.classes)).bold()),
                ],
                [Span(errors(test), theme.style(.text))],
                test.weights.map { [Span($0.words, theme.style(.text))] },
                [Span("loss \(Figures.loss(test.loss))", theme.style(.text))],
                [Span(shared.key(.rows), theme.style(.key)), Span(" shows the test set", theme.style(.dim))],
                [Span(shared.key(.stepEpoch), theme.style(.key)), Span(" one more epoch", theme.style(.dim))],
            ].compactMap(\.self), x: line.x, y: line.y, maxWidth: line.width)
    }
}
