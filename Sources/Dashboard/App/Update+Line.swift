import Files
import Specs
import TerminalUI

/// The line that is open, and what is pasted into it or onto the screen.
extension DashboardState {
    /// The open line that is typed into; nil where keys are commands.
    var openLine: TextField? {
        switch overlay {
        case .specLine(let field, _): field
        case .options(let options): options.field
        case .help(let help): help.filter
        case .chooser(let chooser): chooser.filter
        case .quitQuestion, .resumeQuestion, .presets, .rateFinder: nil
        case nil: active.openLine(shared)
        }
    }

    /// Changes the open line, and at once what follows from its text. Text that is too long is refused without further
    /// work.
    mutating func editLine(_ change: (inout TextField) -> Void) {
        guard var field = openLine else { return }
        change(&field)
        tooLong = field.refusal
        let isTaken = tooLong == nil
        switch overlay {
        case .specLine: overlay = .specLine(field, refusal: nil)
        case .options(var options):
            options.field = field
            overlay = .options(options)
        case .help(var help):
            (help.filter, help.cursor) = (field, 0)
            overlay = .help(help)
        case .chooser(var chooser):
            (chooser.filter, chooser.cursor, chooser.refusal) = (field, 0, nil)
            show(chooser)
        case .quitQuestion, .resumeQuestion, .presets, .rateFinder: break
        case nil: with(screen) { $0.edited(field, isTaken: isTaken, &$1) }
        }
    }

    /// A key for the screen's open line.
    mutating func typedInScreen(_ key: Key) -> [Effect] {
        let place = place
        if let reply = with(screen, { $0.typed(key, &$1, place) }) { return follow(reply) }
        editLine { _ = $0.handle(key) }
        return []
    }

    /// A paste is text, and never a command on any screen.
    ///
    /// Without an open line it becomes the spec line, which Enter accepts. A question or a list does not change.
    mutating func pasted(_ paste: PastedText) -> [Effect] {
        guard shared.fitsScreen else { return [] }
        plainPage = nil
        shared.message = nil
        tooLong = nil
        if openLine != nil {
            shared.composer.refusal = nil
            editLine { $0.insert(paste) }
            return []
        }
        switch overlay {
        case nil: pastedAsSpec(paste)
        case .specLine, .help, .chooser, .quitQuestion, .resumeQuestion, .presets, .rateFinder, .options:
            shared.message = .note("a paste is text, and answers nothing here: close this first")
        }
        return []
    }

    private mutating func pastedAsSpec(_ paste: PastedText) {
        guard !paste.isBlank else { return }
        var field = TextField(limit: TextField.Limit.line)
        field.insert(paste)
        guard field.refusal == nil else {
            shared.message = .error("not pasted: a spec line takes \(Figures.grouped(field.limit)) characters at most")
            return
        }
        overlay = .specLine(TextField(text: field.text.trimmingBlanks, limit: field.limit), refusal: nil)
    }

    /// Why the line refused the last key or paste.
    var lineRefusal: String? {
        guard openLine != nil, let tooLong else { return nil }
        return "too long: this line takes \(Figures.grouped(tooLong.limit)) characters at most"
    }
}
