/// One line of text that is being typed.
public struct TextField: Equatable, Sendable {
    public private(set) var text: String
    /// How many scalars stand before the cursor.
    public private(set) var cursor: Int
    /// The whole text is selected: what is typed replaces it, a movement keeps it.
    public private(set) var isSelected: Bool

    /// Starts with the cursor behind the text.
    public init(text: String = "", isSelected: Bool = false) {
        self.text = text
        cursor = text.unicodeScalars.count
        self.isSelected = isSelected && !text.isEmpty
    }

    /// Replaces the text; the cursor goes behind it.
    public mutating func set(_ text: String) { self = TextField(text: text) }

    /// Edits by a key as a shell's line does; false where the key means nothing here (Enter, Escape, Tab, up, down).
    public mutating func handle(_ key: Key) -> Bool {
        var scalars = Array(text.unicodeScalars)
        let replaced = isSelected
        switch key {
        case .character(let scalar):
            guard scalar.value >= 0x20, scalar.value != 0x7F else { return false }
            if replaced { clear(&scalars) }
            scalars.insert(scalar, at: cursor)
            cursor += 1
        case .left, .control("b"): cursor = max(0, cursor - 1)
        case .right, .control("f"): cursor = min(scalars.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = scalars.count
        case .backspace, .control("h"):
            if replaced {
                clear(&scalars)
            } else if cursor > 0 {
                cursor -= 1
                scalars.remove(at: cursor)
            }
        case .delete, .control("d"):
            if replaced {
                clear(&scalars)
            } else if cursor < scalars.count {
                scalars.remove(at: cursor)
            }
        case .control("u"):
            scalars.removeFirst(cursor)
            cursor = 0
        case .control("k"): scalars.removeLast(scalars.count - cursor)
        case .control("w"):
            let start = TextField.wordStart(scalars, before: cursor)
            scalars.removeSubrange(start..<cursor)
            cursor = start
        default: return false
        }
        isSelected = false
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        text = String(view)
        return true
    }

    private mutating func clear(_ scalars: inout [Unicode.Scalar]) {
        scalars = []
        cursor = 0
    }

    /// Where the word before the cursor begins; the spaces behind it belong to it.
    private static func wordStart(_ scalars: [Unicode.Scalar], before cursor: Int) -> Int {
        var start = cursor
        while start > 0, scalars[start - 1] == " " { start -= 1 }
        while start > 0, scalars[start - 1] != " " { start -= 1 }
        return start
    }

    /// Draws the part of the text around the cursor in the first row of an area.
    ///
    /// - Parameters:
    ///   - placeholder: shown dim while there is no text.
    ///   - role: of the text.
    public func draw(
        in area: Rect, on buffer: inout Buffer, look: Look, placeholder: String = "", role: Theme.Role = .title
    ) {
        guard !area.isEmpty else { return }
        let theme = look.theme
        let style = theme.style(role)
        buffer.clipped(to: Rect(x: area.x, y: area.y, width: area.width, height: 1)) { buffer in
            buffer.fill(area, Cell(" ", style: style))
            let scalars = Array(text.unicodeScalars)
            if scalars.isEmpty {
                buffer.write(placeholder, x: area.x, y: area.y, theme.style(.dim), maxWidth: area.width)
            }
            // The cursor stays in view: at the right edge once the text before it is longer than the area.
            let start = max(0, cursor - area.width + 1)
            var shown = String.UnicodeScalarView()
            shown.append(contentsOf: scalars.dropFirst(start).prefix(area.width))
            let end = buffer.write(String(shown), x: area.x, y: area.y, style)
            if isSelected {
                buffer.restyle(Rect(x: area.x, y: area.y, width: end - area.x, height: 1)) {
                    $0.attributes.insert(.reverse)
                }
            }
            buffer.restyle(Rect(x: area.x + cursor - start, y: area.y, width: 1, height: 1)) {
                $0.attributes.insert(.reverse)
            }
        }
    }
}
