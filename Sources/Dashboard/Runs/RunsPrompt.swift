import Runs
import TerminalUI

/// The line in place of the status while a filter, a name, tags or a note are typed.
enum RunsPrompt {
    static func draw(
        _ typing: RunsTyping, _ runs: RunsScreen, _ shared: Shared, refusal: String?, in line: Rect,
        on buffer: inout Buffer
    ) {
        let theme = shared.look.theme
        let name = name(typing)
        let refusal = refusal ?? typing.refusal
        let note = refusal ?? note(typing, runs)
        let start = buffer.write("\(name) ", x: line.x, y: line.y, theme.style(.key))
        // A refusal is more useful than an empty field.
        let text = typing.field.count
        let least = min(max(8, text + 2), max(8, line.width * 3 / 5))
        let room = max(least, line.maxX - start - note.count - 2)
        typing.field.draw(
            in: Rect(x: start, y: line.y, width: room, height: 1), on: &buffer, look: shared.look,
            placeholder: placeholder(typing))
        buffer.write(
            note, x: start + room + 1, y: line.y, theme.style(refusal == nil ? .dim : .bad),
            maxWidth: line.maxX - start - room - 1)
    }

    static func name(_ typing: RunsTyping) -> String {
        switch typing.purpose {
        case .filter: "filter"
        case .name(let run): "name of run \(run)"
        case .tags(let run, _): "tags of run \(run)"
        case .note(let run): "note on run \(run)"
        case .epochs(let run): "more epochs for run \(run)"
        case .rate(let run): "learning rate for run \(run)"
        }
    }

    private static func placeholder(_ typing: RunsTyping) -> String {
        switch typing.purpose {
        case .filter: "lr<0.01 optimizer=adam val_accuracy>98% name~wide"
        case .name, .epochs, .rate: ""
        case .tags: ""
        case .note: "\\n is a new line"
        }
    }

    private static func note(_ typing: RunsTyping, _ runs: RunsScreen) -> String {
        if case .epochs = typing.purpose { return "enter trains them" }
        if case .rate = typing.purpose { return "enter resumes it from before it failed" }
        if case .tags = typing.purpose { return "words, by space or comma" }
        guard typing.run == nil else { return "" }
        let count = "\(Figures.grouped(runs.rows.count)) of \(Figures.grouped(runs.total))"
        return fields(typing, runs).map { "\(count); fields: \($0)" } ?? "\(count) runs"
    }

    /// The fields that may be meant by a word that no run contains: those that begin like it, else some of all. Nil
    /// where it is no such word, or there are runs.
    static func fields(_ typing: RunsTyping, _ runs: RunsScreen) -> String? {
        guard typing.run == nil, runs.rows.isEmpty, runs.total > 0,
            let word = typing.field.text.split(separator: " ").last, word.allSatisfy({ $0.isLetter || $0 == "_" })
        else { return nil }
        let begun = RunField.names.filter { $0.hasPrefix(word.lowercased()) }
        let names = begun.isEmpty ? ["lr", "optimizer", "val_accuracy", "test_errors", "tag"] : begun
        return names.prefix(5).joined(separator: ", ") + (names.count > 5 || begun.isEmpty ? ", ..." : "")
    }
}
