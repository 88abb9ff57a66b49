import Files
import Specs
import TerminalUI

/// The line that is open, and what is pasted into it or onto the screen.
extension DashboardState {
    /// The line that takes what is typed; nil where keys are commands.
    var openLine: TextField? {
        switch overlay {
        case .specLine(let field, _): field
        case .options(let options): options.field
        case .help, .quitQuestion, .resumeQuestion, .presets: nil
        case nil: active.openLine(shared)
        }
    }

    /// Changes the line that is open, and whatever follows from its text at once. What is refused as too long costs
    /// nothing more.
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
        case .help, .quitQuestion, .resumeQuestion, .presets: break
        case nil: with(screen) { $0.edited(field, isTaken: isTaken, &$1) }
        }
    }

    /// A key for the line that is open on the screen.
    mutating func typedInScreen(_ key: Key) -> [Effect] {
        let place = place
        if let reply = with(screen, { $0.typed(key, &$1, place) }) { return follow(reply) }
        editLine { _ = $0.handle(key) }
        return []
    }

    /// A paste is text: never a command, whatever is on the screen.
    ///
    /// Where no line is open it becomes the spec line, to be looked at and taken over with Enter. A question, and a menu,
    /// stays as it is.
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
        case nil, .help: pastedAsSpec(paste)
        case .specLine, .quitQuestion, .resumeQuestion, .presets, .options:
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

    /// Why the line did not take what was typed or pasted last.
    var lineRefusal: String? {
        guard openLine != nil, let tooLong else { return nil }
        return "too long: this line takes \(Figures.grouped(tooLong.limit)) characters at most"
    }
}
