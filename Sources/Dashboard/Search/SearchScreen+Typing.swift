import Searching
import Specs
import TerminalUI

/// The lines that are typed in Search: a space to search, and another budget.
extension SearchScreen {
    mutating func startTyping(_ purpose: SearchTyping.Purpose, _ shared: Shared) {
        let text: String
        switch purpose {
        case .request:
            let cut = shown.map { shown in
                shown.summary.plan.line(
                    space: brush.ranges.isEmpty ? nil : shown.summary.space.line(within: brush.ranges))
            }
            text = cut ?? "layers={128relu,64..512relu} lr=1e-4..1e-2 epochs=9 trials=30"
        case .budget: text = ""
        }
        typing = SearchTyping(purpose: purpose, field: TextField(text: text, limit: TextField.Limit.line))
    }

    package func openLine(_ shared: Shared) -> TextField? { typing?.field }

    package mutating func edited(_ line: TextField, isTaken: Bool, _ shared: inout Shared) {
        typing?.field = line
        typing?.refusal = nil
    }

    package mutating func typed(_ key: Key, _ shared: inout Shared, _ place: Place) -> Reply? {
        guard let typing else { return [] }
        switch key {
        case .escape: self.typing = nil
        case .enter: return Reply(taken(typing, shared))
        default: return nil
        }
        return []
    }

    private mutating func taken(_ typing: SearchTyping, _ shared: Shared) -> [Effect] {
        switch typing.purpose {
        case .request:
            let train = shared.data.loaded?.dataset
            do throws(SpecError) {
                let request = try SearchRequest(
                    parsing: typing.field.text, inputs: train?.train.imageBytes ?? 784, classes: train?.classes ?? 10)
                (self.typing, isStarting) = (nil, true)
                return [.searches(.begin(request, workers: shared.threads))]
            } catch {
                self.typing?.refusal = error.description
                return []
            }
        case .budget:
            var (trials, seconds): (Int?, Double?) = (nil, nil)
            for word in typing.field.text.split(whereSeparator: \.isWhitespace).map(String.init) {
                if let count = SearchBudget.trials(word) {
                    trials = count
                } else if let time = SearchBudget.seconds(word) {
                    seconds = time
                } else {
                    self.typing?.refusal = "\(word): expected trials, such as 60, or a time in all, such as 30m"
                    return []
                }
            }
            self.typing = nil
            guard trials != nil || seconds != nil else { return [] }
            return [.searches(.change(trials: trials, seconds: seconds))]
        }
    }

    package func drawStatus(_ shared: Shared, refusal: String?, in line: Rect, on buffer: inout Buffer) -> Bool {
        guard let typing else { return drawHint(shared, in: line, on: &buffer) }
        let isSpace = typing.purpose == .request
        TypedLine(
            name: isSpace ? "search" : "budget", field: typing.field,
            placeholder: isSpace ? "" : "60 or 30m or both", note: isSpace ? "enter searches it" : "in all",
            refusal: refusal ?? typing.refusal
        ).draw(in: line, look: shared.look, on: &buffer)
        return true
    }

    /// What the key of training does here, where no run has the line and no message.
    private func drawHint(_ shared: Shared, in line: Rect, on buffer: inout Buffer) -> Bool {
        guard shared.run == nil, shared.message == nil, shared.trouble == nil, shared.data.loaded != nil else {
            return false
        }
        let theme = shared.look.theme
        let time = timeToGo.map { ", " + $0 } ?? ""
        if case .running(let process) = shown?.summary.state, !isOwn {
            buffer.write(
                "process \(process) runs search \(shown?.summary.search.id ?? 0)\(time)", x: line.x, y: line.y,
                theme.style(.dim), maxWidth: line.width)
            return true
        }
        let words: String
        if isOwn {
            words = " \(own?.isPaused == true ? "resumes" : "pauses") search \(own?.number ?? 0)\(time)"
        } else if case .interrupted = shown?.summary.state {
            words = " resumes search \(shown?.summary.search.id ?? 0)"
        } else {
            words = " begins a search"
        }
        buffer.write(
            [Span(shared.key(.train), theme.style(.key)), Span(words, theme.style(.dim))], x: line.x, y: line.y,
            maxWidth: line.width)
        return true
    }
}
