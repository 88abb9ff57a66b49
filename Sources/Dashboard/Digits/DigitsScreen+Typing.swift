import TerminalUI

/// The filter while it is typed.
extension DigitsScreen {
    mutating func startFilter(_ shared: Shared) {
        filterBefore = shared.selection.filter
        typing = TextField(text: "")
        refusal = nil
    }

    package func openLine(_ shared: Shared) -> TextField? { typing }

    /// Esc brings the filter back that was there before.
    package mutating func typed(_ key: Key, _ shared: inout Shared, _ place: Place) -> Reply? {
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
        typing = line
        guard isTaken else { return }
        if line.text.isEmpty {
            refusal = nil
            shared.setFilter(filterBefore ?? DigitsFilter())
        } else if let filter = DigitsFilter(parsing: line.text, classes: shared.composer.spec.network.classes) {
            refusal = nil
            shared.setFilter(filter)
        } else {
            refusal = "a filter is 4>9, 4>, >9, wrong, right, all or marked"
        }
    }

    package func drawStatus(_ shared: Shared, refusal: String?, in line: Rect, on buffer: inout Buffer) -> Bool {
        guard let field = typing else { return false }
        let theme = shared.look.theme
        let refusal = refusal ?? self.refusal
        let note = refusal ?? "\(Figures.grouped(shared.selection.rows.count)) \(shared.classNames.noun)s"
        buffer.write("filter ", x: line.x, y: line.y, theme.style(.key))
        let room = max(8, line.width - 9 - note.count)
        field.draw(
            in: Rect(x: line.x + 7, y: line.y, width: room, height: 1), on: &buffer, look: shared.look,
            placeholder: "4>9  wrong  right  all  marked")
        buffer.write(
            note, x: line.x + 8 + room, y: line.y, theme.style(refusal == nil ? .dim : .bad),
            maxWidth: line.maxX - line.x - 8 - room)
        return true
    }
}
