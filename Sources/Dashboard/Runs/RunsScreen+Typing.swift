import Runs
import Specs
import TerminalUI

extension RunsScreen {
    // MARK: - Starting to type

    mutating func startFilter() {
        typing = RunsTyping(
            purpose: .filter(before: filter), field: TextField(text: filter.text, isSelected: true))
    }

    /// A name, tags or a note of the selected run.
    mutating func startTyping(_ command: RunsCommand) {
        guard let row = selectedRun, let number = row.saved else { return }
        let run = row.summary
        switch command {
        case .rename:
            typing = RunsTyping(
                purpose: .name(run: number), field: TextField(text: run.name ?? "", isSelected: true))
        case .tags:
            typing = RunsTyping(
                purpose: .tags(run: number, before: run.tags),
                field: TextField(text: run.tags.joined(separator: " ")))
        case .note:
            // A field has one line: the note's line breaks are typed as \n.
            let text = run.note.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
            typing = RunsTyping(
                purpose: .note(run: number), field: TextField(text: text, limit: TextField.Limit.line))
        default: break
        }
    }

    // MARK: - Typing

    package func openLine(_ shared: Shared) -> TextField? { typing?.field }

    package mutating func typed(_ key: Key, _ shared: inout Shared, _ place: Place) -> Reply? {
        guard let typing else { return [] }
        switch key {
        case .escape:
            // Neither the text nor what was shown of it stays.
            if case .filter(let before) = typing.purpose { filter = before }
            self.typing = nil
        case .enter:
            guard typing.refusal == nil else { return [] }
            self.typing = nil
            return Reply(taken(typing, &shared))
        case .up where typing.isFilter: moveSelection(by: -1)
        case .down where typing.isFilter: moveSelection(by: 1)
        default: return nil
        }
        return []
    }

    /// Effects of a text before it is accepted.
    package mutating func edited(_ line: TextField, isTaken: Bool, _ shared: inout Shared) {
        typing?.field = line
        guard isTaken, var typing else { return }
        if typing.isFilter { preview(&typing) }
        switch typing.purpose {
        case .epochs: typing.refusal = refusal(of: typing.field.text, .epochs)
        case .rate: typing.refusal = refusal(of: typing.field.text, .learningRate)
        default: break
        }
        self.typing = typing
    }

    /// Shows the runs that the filter accepts so far; while the text is no filter, those of the last one.
    private mutating func preview(_ typing: inout RunsTyping) {
        let text = typing.field.text.trimmingBlanks
        do throws(RunFilterError) {
            filter = RunsFilter(text: text, filter: try RunFilter(parsing: text))
            typing.refusal = nil
        } catch {
            typing.refusal = error.description
        }
    }

    /// Effects of Enter on the text.
    private mutating func taken(_ typing: RunsTyping, _ shared: inout Shared) -> [Effect] {
        let text = typing.field.text
        switch typing.purpose {
        case .filter: return []
        case .name(let run): return [.runs(.rename(run: run, to: text.trimmingBlanks))]
        case .tags(let run, let before):
            var tags: [String] = []
            for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
                let tag = String(word.drop { $0 == "#" })
                if !tag.isEmpty, !tags.contains(tag) { tags.append(tag) }
            }
            let adding = tags.filter { !before.contains($0) }
            let removing = before.filter { !tags.contains($0) }
            return adding.isEmpty && removing.isEmpty
                ? [] : [.runs(.changeTags(run: run, adding: adding, removing: removing))]
        case .epochs(let run):
            guard let epochs = try? SettingRange.epochs.whole(text) else { return [] }
            return proceed(run, Resumption.Request(moreEpochs: epochs), &shared)
        case .rate(let run):
            guard let rate = try? SettingRange.learningRate.number(text) else { return [] }
            return proceed(run, Resumption.Request(settings: [.learningRate(rate)]), &shared)
        case .ensemble(let runs, let mean):
            let name = text.trimmingBlanks
            return name.isEmpty ? [] : [.runs(.saveEnsemble(runs, mean, name: name))]
        case .note(let run):
            return [.runs(.setNote(run: run, to: text.trimmingBlanks.replacing("\\n", with: "\n")))]
        }
    }

    // MARK: - Deleting

    /// Removes the row at once; it comes back if the store can't delete the run.
    mutating func delete(_ number: Int, _ shared: inout Shared) -> [Effect] {
        // The selection stays at its place on the screen.
        let index = selectedRow
        let next = rows.indices.contains(index + 1) ? index + 1 : index - 1
        if rows.indices.contains(next) { selected = rows[next].key }
        shared.savedRuns.hidden.insert(number)
        shared.comparison.unmark(.saved(number))
        return [.runs(.delete([number]))]
    }
}

extension String {
    var trimmingBlanks: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
