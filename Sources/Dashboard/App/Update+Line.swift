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
        case nil: composer.editing ?? digits.typing ?? runs.typing?.field
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
        case nil where composer.editing != nil: composer.editing = field
        case nil where digits.typing != nil:
            digits.typing = field
            if isTaken { previewDigits() }
        case nil:
            runs.typing?.field = field
            if isTaken { previewRuns() }
        }
    }

    /// A paste is text: never a command, whatever is on the screen.
    ///
    /// Where no line is open it becomes the spec line, to be looked at and taken over with Enter. A question, and a menu,
    /// stays as it is.
    mutating func pasted(_ paste: PastedText) -> [Effect] {
        guard fitsScreen else { return [] }
        plainPage = nil
        message = nil
        tooLong = nil
        if openLine != nil {
            composer.refusal = nil
            editLine { $0.insert(paste) }
            return []
        }
        switch overlay {
        case nil, .help: pastedAsSpec(paste)
        case .specLine, .quitQuestion, .resumeQuestion, .presets, .options:
            message = .note("a paste is text, and answers nothing here: close this first")
        }
        return []
    }

    private mutating func pastedAsSpec(_ paste: PastedText) {
        guard !paste.isBlank else { return }
        var field = TextField(limit: TextField.Limit.line)
        field.insert(paste)
        guard field.refusal == nil else {
            message = .error("not pasted: a spec line takes \(Figures.grouped(field.limit)) characters at most")
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
