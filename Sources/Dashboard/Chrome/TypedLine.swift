import TerminalUI

/// A line that is typed in place of the status, with a note behind it. A refusal that has no room behind it stands below
/// it, and the line moves up, so that both can be read whole.
struct TypedLine {
    /// What is typed.
    let name: String
    let field: TextField
    var placeholder = ""
    /// What is known of the text, while it is not refused.
    let note: String
    let refusal: String?

    func draw(in line: Rect, look: Look, on buffer: inout Buffer) {
        let theme = look.theme
        let note = refusal ?? self.note
        let start = line.x + name.columns + 1
        // A refusal is more useful than an empty field.
        let least = min(max(8, field.count + 2), max(8, line.width * 3 / 5))
        let room = max(least, line.maxX - start - note.columns - 2)
        let isBelow = refusal != nil && start + room + 1 + note.columns > line.maxX
        let lines = isBelow ? StatusText.lines(note, width: line.width) : []
        let y = line.y - lines.count
        if isBelow {
            let above = Rect(x: line.x - 1, y: y, width: line.width + 2, height: 1)
            buffer.fill(above, Cell(style: theme.style(.text)))
            StatusText.draw(lines, theme.style(.bad), upFrom: line, on: &buffer)
        }
        buffer.write("\(name) ", x: line.x, y: y, theme.style(.key))
        let width = isBelow ? line.maxX - start : room
        field.draw(
            in: Rect(x: start, y: y, width: width, height: 1), on: &buffer, look: look, placeholder: placeholder)
        guard !isBelow else { return }
        buffer.write(
            note, x: start + room + 1, y: y, theme.style(refusal == nil ? .dim : .bad),
            maxWidth: line.maxX - start - room - 1)
    }
}
