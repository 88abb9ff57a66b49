import Foundation
import Specs
import TerminalUI
import Training

/// Messages first; else where the run stands, its bar, its speed and the time left.
enum StatusView {
    static func draw(_ state: DashboardState, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let line = area.inset(left: 1, right: 1)
        if case .specLine(_, let refusal) = state.overlay {
            let reason = state.lineRefusal ?? refusal?.description(width: line.width)
            let text =
                reason ?? "enter apply   esc cancel   ctrl-u clears what is before the cursor"
            buffer.write(text, x: line.x, y: line.y, theme.style(reason == nil ? .dim : .bad), maxWidth: line.width)
        } else if state.overlay == nil,
            state.active.drawStatus(state.shared, refusal: state.lineRefusal, in: line, on: &buffer)
        {
            return
        } else if let reason = state.lineRefusal {
            buffer.write(reason, x: line.x, y: line.y, theme.style(.bad), maxWidth: line.width)
        } else if let message = state.message {
            let role: Theme.Role =
                switch message.kind {
                case .note: .text
                case .warning: .warning
                case .error: .bad
                }
            draw(message, theme.style(role), in: line, on: &buffer)
        } else {
            drawRun(state, in: line, on: &buffer)
        }
    }

    /// A message that is too long for one line takes lines above it, too, so that it can be read whole.
    private static func draw(_ message: Message, _ style: Style, in line: Rect, on buffer: inout Buffer) {
        let lines = WrappedText.lines(message.text, width: line.width)
        // A path that is longer than a line has a short form, in which the reason can be read, too.
        let isWhole = !message.hasShortForm || lines.allSatisfy { $0.columns <= line.width }
        guard isWhole, (2...4).contains(lines.count), line.y >= ScreenLayout.leastHeight - 2 else {
            let text = message.text(width: line.width)
            buffer.write(text, x: line.x, y: line.y, style, maxWidth: line.width)
            return
        }
        let top = line.y - lines.count + 1
        for (row, text) in lines.enumerated() {
            buffer.fill(Rect(x: line.x - 1, y: top + row, width: line.width + 2, height: 1), Cell(style: style))
            buffer.write(text, x: line.x, y: top + row, style, maxWidth: line.width)
        }
    }

    private static func drawRun(_ state: DashboardState, in line: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        if let opened = state.opened { return OpenedStatus.draw(opened, state.shared, in: line, on: &buffer) }
        guard let run = state.run else {
            // Keys are for the question first.
            if case .resumeQuestion = state.overlay { return }
            switch state.data {
            case .loading: buffer.write(state.shared.loadingText, x: line.x, y: line.y, theme.style(.dim))
            case .failed(let error):
                let reason = error.description(width: line.width)
                buffer.write(reason, x: line.x, y: line.y, theme.style(.bad), maxWidth: line.width)
            case .ready(let data):
                let rows = "\(Figures.grouped(data.dataset.train.count)) images of \(data.dataset.name) ready"
                buffer.write(
                    [
                        Span(state.shared.key(.train), theme.style(.key)),
                        Span(" starts training   \(rows)", theme.style(.dim)),
                    ],
                    x: line.x, y: line.y, maxWidth: line.width)
            }
            return
        }
        if run.state == .finished, let test = run.test {
            drawResult(test, state.shared, in: line, on: &buffer)
            return
        }
        if run.state == .failed, let failure = run.failure {
            buffer.write(
                groups: [
                    [Span(failure, theme.style(.bad))],
                    [Span(state.shared.key(.again), theme.style(.key)), Span(" starts again", theme.style(.dim))],
                ], x: line.x, y: line.y, maxWidth: line.width)
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
                [Span("\(Figures.grouped(test.errors)) errors of \(Figures.grouped(test.count))", theme.style(.text))],
                test.weights.map { [Span($0.words, theme.style(.text))] },
                [Span("loss \(Figures.loss(test.loss))", theme.style(.text))],
                [Span(shared.key(.rows), theme.style(.key)), Span(" shows the test set", theme.style(.dim))],
                [Span(shared.key(.stepEpoch), theme.style(.key)), Span(" one more epoch", theme.style(.dim))],
            ].compactMap(\.self), x: line.x, y: line.y, maxWidth: line.width)
    }
}
