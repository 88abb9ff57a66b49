import TerminalUI
import Training

/// The status line while a run of the store is shown: which one, with which weights, and what the session's own run does.
enum OpenedStatus {
    static func draw(_ opened: OpenedRun, _ state: Shared, in line: Rect, on buffer: inout Buffer) {
        guard let run = state.run else { return }
        let theme = state.look.theme
        let back = backSpans(state)
        buffer.write(back, x: line.maxX - back.width, y: line.y, maxWidth: line.width)
        let role: Theme.Role = if case .missing = opened.weights { .warning } else { .text }
        let words = weights(opened)
        // A reason names the run itself.
        let number = words.hasPrefix("run \(run.number)") ? "" : "run \(run.number) "
        // Where the header has no room for it.
        let (word, color) = run.stateWord
        let isSaid = state.width >= HeaderLayout.widthOfRunNumber || run.state == .finished && !run.hasDiverged
        let standing = isSaid || number.isEmpty ? [] : [Span(word, theme.style(color)), Span(" · ", theme.style(.dim))]
        let groups: [[Span]?] = [
            [Span(number, theme.style(.title).bold())] + standing + [Span(words, theme.style(role))],
            run.bestValidationAccuracy.map { figure("best val", $0, theme) },
            run.test.map { figure("test", $0.accuracy, theme) },
            opened.dataset.isEmpty ? nil : [Span(opened.dataset, theme.style(.dim))],
        ]
        buffer.write(
            groups: groups.compactMap(\.self), gap: 2, x: line.x, y: line.y,
            maxWidth: max(0, line.width - back.width - 2))
    }

    /// Which weights are shown, or why there are none.
    static func weights(_ opened: OpenedRun) -> String {
        switch opened.weights {
        case .loading: "is being read ..."
        case .shown(let words): words
        case .missing(let reason): reason
        }
    }

    private static func figure(_ name: String, _ share: Double, _ theme: Theme) -> [Span] {
        [
            Span("\(name) ", theme.style(.dim)),
            Span("\(Figures.percent(share, digits: 2)) %", theme.style(.text)),
        ]
    }

    /// The key that leads back, and how far the session's own run is.
    private static func backSpans(_ state: Shared) -> [Span] {
        let theme = state.look.theme
        guard let own = state.sessionRun else {
            return [Span(state.key(.backToRun), theme.style(.key)), Span(" back", theme.style(.dim))]
        }
        let place =
            own.isAlive
            ? " \(own.state == .running ? "training" : "paused") \(own.history.count)/\(own.plannedEpochs)" : ""
        return [Span(state.key(.backToRun), theme.style(.key)), Span(" run \(own.number)\(place)", theme.style(.dim))]
    }
}
