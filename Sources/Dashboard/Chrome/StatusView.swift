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
                reason ?? "enter takes it over   esc leaves it as it was   ctrl-u clears what is before the cursor"
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
            let text = message.text(width: line.width)
            buffer.write(text, x: line.x, y: line.y, theme.style(role), maxWidth: line.width)
        } else {
            drawRun(state, in: line, on: &buffer)
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
                        Span("space", theme.style(.key)),
                        Span(" starts training   \(rows)", theme.style(.dim)),
                    ],
                    x: line.x, y: line.y, maxWidth: line.width)
            }
            return
        }
        if run.state == .finished, let test = run.test {
            drawResult(test, in: line, theme, on: &buffer)
            return
        }
        if run.state == .failed, let failure = run.failure {
            buffer.write(
                groups: [
                    [Span(failure, theme.style(.bad))],
                    [Span("r", theme.style(.key)), Span(" starts again", theme.style(.dim))],
                ], x: line.x, y: line.y, maxWidth: line.width)
            return
        }
        guard let snapshot = run.snapshot else {
            buffer.write(
                run.failure ?? "starting ...", x: line.x, y: line.y, theme.style(run.failure == nil ? .dim : .bad))
            return
        }
        drawProgress(run, snapshot, state, in: line, on: &buffer)
    }

    private static func drawResult(_ test: Evaluation, in line: Rect, _ theme: Theme, on buffer: inout Buffer) {
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
                [Span("v", theme.style(.key)), Span(" shows the test set", theme.style(.dim))],
                [Span(">", theme.style(.key)), Span(" one more epoch", theme.style(.dim))],
            ].compactMap(\.self), x: line.x, y: line.y, maxWidth: line.width)
    }

    private static let leastBar = 8

    private static func drawProgress(
        _ run: ShownRun, _ snapshot: TrainingSnapshot, _ state: DashboardState, in line: Rect,
        on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let planned = run.plannedEpochs
        let epoch = snapshot.epoch + (snapshot.batch > 0 ? 1 : 0)
        // Past the planned epochs, bar and time are those of the epoch that was added.
        let isExtra = epoch > planned
        var left = isExtra ? "epoch \(epoch), \(epoch - planned) more than planned" : "epoch \(epoch)/\(planned)"
        if state.width < HeaderLayout.widthOfRunNumber, line.width >= 44 { left = "run \(run.number) · " + left }
        let start = isExtra ? Double(epoch - 1) : 0
        let epochs = isExtra ? Double(epoch) : Double(planned)
        let fraction = min(1, (snapshot.position - start) / max(1, epochs - start))
        let rows = Double(run.facts?.trainingRows ?? 0) * max(0, epochs - snapshot.position)
        let percent = String(format: "%3.0f %%", (fraction * 100).rounded(.down))
        var right = percent
        if line.width >= 50, snapshot.samplesPerSecond > 0 {
            right += "  \(Figures.rate(snapshot.samplesPerSecond)) img/s"
        }
        if line.width >= 60, snapshot.samplesPerSecond > 0 {
            right += "  \(Figures.duration(rows / snapshot.samplesPerSecond)) left"
        }
        // Between two epochs the one that is named is the one that is done.
        let done = snapshot.batch == 0 && snapshot.epoch > 0 ? snapshot.batchesPerEpoch : snapshot.batch
        let batch = "batch \(done)/\(snapshot.batchesPerEpoch)  "
        if left.count + batch.count + right.count + 4 + leastBar <= line.width { right = batch + right }
        let end = buffer.write(left, x: line.x, y: line.y, theme.style(.title).bold())
        buffer.write(right, rightAlignedAt: line.maxX, y: line.y, theme.style(.dim))
        let bar = Rect(x: end + 2, y: line.y, width: line.maxX - right.count - 2 - (end + 2), height: 1)
        if bar.width >= 4 { ProgressBar(fraction: fraction).draw(in: bar, on: &buffer, look: state.look) }
    }
}
