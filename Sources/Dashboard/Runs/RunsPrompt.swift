import Runs
import TerminalUI

/// The line in place of the status while a filter, a name, tags or a note are typed.
enum RunsPrompt {
    static func draw(
        _ typing: RunsTyping, _ runs: RunsScreen, _ shared: Shared, refusal: String?, in line: Rect,
        on buffer: inout Buffer
    ) {
        let typed = TypedLine(
            name: name(typing), field: typing.field, placeholder: placeholder(typing), note: note(typing, runs),
            refusal: refusal ?? typing.refusal)
        typed.draw(in: line, look: shared.look, on: &buffer)
    }

    static func name(_ typing: RunsTyping) -> String {
        switch typing.purpose {
        case .filter: "filter"
        case .name(let run): "name of run \(run)"
        case .tags(let run, _): "tags of run \(run)"
        case .note(let run): "note on run \(run)"
        case .epochs(let run): "more epochs for run \(run)"
        case .rate(let run): "learning rate for run \(run)"
        case .ensemble(let runs, _): "name of the ensemble of runs \(runs.map(String.init).joined(separator: ", "))"
        }
    }

    private static func placeholder(_ typing: RunsTyping) -> String {
        switch typing.purpose {
        case .filter: "lr<0.01 optimizer=adam val_accuracy>98% name~wide"
        case .name, .epochs, .rate, .ensemble: ""
        case .tags: ""
        case .note: "\\n is a new line"
        }
    }

    private static func note(_ typing: RunsTyping, _ runs: RunsScreen) -> String {
        if case .epochs = typing.purpose { return "enter trains them" }
        if case .rate = typing.purpose { return "enter resumes it from before it failed" }
        if case .ensemble = typing.purpose { return "enter saves it" }
        if case .tags = typing.purpose { return "words, by space or comma" }
        guard typing.isFilter else { return "" }
        let count = "\(Figures.grouped(runs.rows.count)) of \(Figures.grouped(runs.total))"
        return fields(typing, runs).map { "\(count); fields: \($0)" } ?? "\(count) runs"
    }

    /// The fields that may be meant by a word that no run contains: those that begin like it, else some of all. Nil
    /// where it is no such word, or there are runs.
    static func fields(_ typing: RunsTyping, _ runs: RunsScreen) -> String? {
        guard typing.isFilter, runs.rows.isEmpty, runs.total > 0,
            let word = typing.field.text.split(separator: " ").last, word.allSatisfy({ $0.isLetter || $0 == "_" })
        else { return nil }
        let begun = RunField.names.filter { $0.hasPrefix(word.lowercased()) }
        let names = begun.isEmpty ? ["lr", "optimizer", "val_accuracy", "test_errors", "tag"] : begun
        return names.prefix(5).joined(separator: ", ") + (names.count > 5 || begun.isEmpty ? ", ..." : "")
    }
}
