import TerminalUI

/// The filter while it is typed.
extension DigitsScreen {
    mutating func startFilter(_ shared: Shared) {
        filterBefore = shared.selection.filter
        typing = TextField(text: "")
        refusal = nil
    }

    package func openLine(_ shared: Shared) -> TextField? { typing ?? untrainedTyping?.field }

    /// Esc brings the filter back that was there before.
    package mutating func typed(_ key: Key, _ shared: inout Shared, _ place: Place) -> Reply? {
        if untrainedTyping != nil { return typedUntrained(key, shared) }
        switch key {
        case .escape:
            typing = nil
            shared.setFilter(filterBefore ?? DigitsFilter())
        case .enter: if refusal == nil { typing = nil }
        default: return nil
        }
        return []
    }

    /// The digits that pass so far are shown at every key.
    package mutating func edited(_ line: TextField, isTaken: Bool, _ shared: inout Shared) {
        if untrainedTyping != nil {
            untrainedTyping?.edited(line, isTaken: isTaken, &untrained, shared)
            return
        }
        typing = line
        guard isTaken else { return }
        if line.text.isEmpty {
            refusal = nil
            shared.setFilter(filterBefore ?? DigitsFilter())
        } else if let filter = DigitsFilter(
            parsing: line.text, classes: shared.composer.spec.network.classes, names: shared.classNames.all)
        {
            refusal = nil
            shared.setFilter(filter)
        } else {
            let pair = Self.pair(shared)
            refusal = "a filter is \(pair.0)>\(pair.1), \(pair.0)>, >\(pair.1), wrong, right, all or marked"
        }
    }

    /// Two classes for an example, as they are typed.
    private static func pair(_ shared: Shared) -> (String, String) {
        guard let names = shared.classNames.all, names.count > 1 else { return ("4", "9") }
        let filter = DigitsFilter(truth: 0, predicted: 1, shown: .all).description(names: names)
        let parts = filter.split(separator: ">").map(String.init)
        return parts.count == 2 && parts.allSatisfy { $0.count <= 12 } ? (parts[0], parts[1]) : ("0", "1")
    }

    package func drawStatus(_ shared: Shared, refusal: String?, in line: Rect, on buffer: inout Buffer) -> Bool {
        if let untrainedTyping {
            untrainedTyping.draw(untrained, shared, refusal: refusal, in: line, on: &buffer)
            return true
        }
        guard let field = typing else { return false }
        let count = "\(Figures.grouped(shared.selection.rows.count)) \(shared.classNames.noun)s"
        let pair = Self.pair(shared)
        let typed = TypedLine(
            name: "filter", field: field, placeholder: "\(pair.0)>\(pair.1)  wrong  right  all  marked", note: count,
            refusal: refusal ?? self.refusal)
        typed.draw(in: line, look: shared.look, on: &buffer)
        return true
    }
}
