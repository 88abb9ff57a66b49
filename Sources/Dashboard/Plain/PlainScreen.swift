import TerminalUI
import Training

/// The dashboard for a screen reader: no boxes, no colours, one fact a line, in words. A pure function of the state,
/// like `render`; keys do the same in both.
///
/// Values that change many times a second are left out during training, so that they are not spoken again and again.
package struct PlainScreen: Equatable, Sendable {
    /// From top to bottom.
    package let lines: [PlainLine]

    package init(_ state: DashboardState) {
        let body: [PlainLine] =
            switch state.overlay {
            case .help(let help): PlainOverlays.help(state, help)
            case .quitQuestion: PlainOverlays.quit(state)
            case .chooser(let chooser): PlainOverlays.chooser(state, chooser)
            case .resumeQuestion(let run): PlainOverlays.resume(state, run)
            case .options(let options): PlainOverlays.options(state, options)
            case .presets(let cursor): PlainOverlays.presets(state.shared, cursor)
            case .rateFinder(let finder): RateFinderView.words(finder).map { PlainLine("finder", $0) }
            case .specLine(let field, let refusal): PlainOverlays.specLine(field, refusal)
            case nil: state.active.plain(state.shared)
            }
        lines = (PlainScreen.head(state) + body).map(PlainScreen.spelled)
    }

    /// All of it, a line a fact.
    package var text: String { lines.map(\.text).joined(separator: "\n") }

    /// The line with the terminal's cursor.
    var cursorLine: Int {
        lines.firstIndex { $0.caret != nil } ?? lines.firstIndex(where: \.isSelected) ?? 0
    }

    /// The screen, the message, and the state of the run.
    private static func head(_ state: DashboardState) -> [PlainLine] {
        let title = state.shared.classNames.worded(state.screen.title)
        var lines = [PlainLine("view", "\(title), \(state.screen.rawValue) of \(Screen.allCases.count)")]
        // The line is always present: if the others moved, all of them would be spoken again.
        let refused = state.lineRefusal.map { PlainLine("refused", $0) }
        lines.append(refused ?? state.message.map { PlainLine(kind($0), $0.text) } ?? PlainLine("message", "none"))
        if state.screen == .lab {
            let panels = LabPanel.allCases
            lines.append(
                PlainLine("panel", "\(state.lab.focus.name), \(state.lab.focus.rawValue + 1) of \(panels.count)"))
        }
        lines += PlainRun.lines(state)
        lines.append(PlainLine("spec", state.composer.spec.description))
        lines.append(
            PlainLine(
                "keys",
                "\(state.shared.key(.help)) lists them, \(state.shared.key(.pageForward)) and "
                    + "\(state.shared.key(.pageBack)) turn pages, \(state.shared.key(.quit)) quits"))
        return lines
    }

    private static func kind(_ message: Message) -> String {
        switch message.kind {
        case .note: "message"
        case .warning: "warning"
        case .error: "error"
        }
    }

    private static func spelled(_ line: PlainLine) -> PlainLine {
        var line = line
        line.text = line.text.harmlessLine
        // Typed text does not change, as its caret counts its characters.
        guard line.caret == nil else { return line }
        line.text = PlainText.spelled(line.text)
        return line
    }
}

extension LabPanel {
    /// The panel's name on the plain screen.
    var name: String {
        switch self {
        case .composer: "network"
        case .loss: "loss"
        case .accuracy: "accuracy"
        case .confusion: "confusion"
        case .wrong: "digits"
        }
    }
}
