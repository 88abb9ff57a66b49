/// One line of text that is being typed. Its length is limited, and a key takes the same time at any length.
package struct TextField: Widget, Equatable {
    /// The greatest numbers of scalars.
    package enum Limit {
        /// For a name or a number.
        package static let word = 1_000
        /// For a spec line, or a note.
        package static let line = 10_000
    }

    /// The text before the cursor, and after it.
    private var before: String
    private var after: String
    /// Number of scalars before the cursor, and after it.
    package private(set) var cursor: Int
    private var rest: Int
    /// Whether the whole text is selected: typing replaces it, and a movement of the cursor ends the selection.
    package private(set) var isSelected: Bool
    /// The greatest number of scalars. A first text may be longer; then it can only get shorter.
    package let limit: Int
    /// Why the last key or paste was refused; nil if it was not.
    package private(set) var refusal: TextTooLong?

    /// Starts with the cursor after the text.
    package init(text: String = "", isSelected: Bool = false, limit: Int = Limit.word) {
        before = text
        after = ""
        cursor = text.unicodeScalars.count
        rest = 0
        self.isSelected = isSelected && !text.isEmpty
        self.limit = limit
    }

    /// The whole text.
    package var text: String { before + after }
    /// Number of scalars of the text.
    package var count: Int { cursor + rest }

    /// Replaces the text; the cursor goes to its end.
    package mutating func set(_ text: String) { self = TextField(text: text, limit: limit) }

    /// Edits by a key as a shell's line does; false where the key means nothing here (Enter, Escape, Tab, up, down).
    package mutating func handle(_ key: Key) -> Bool {
        switch key {
        case .character(let scalar):
            guard scalar.value >= 0x20, scalar.value != 0x7F else { return false }
            insert(scalar)
            return true
        case .left, .control("b"): move(to: cursor - 1)
        case .right, .control("f"): move(to: cursor + 1)
        case .home, .control("a"): move(to: 0)
        case .end, .control("e"): move(to: count)
        case .backspace, .control("h"): if isSelected { clear() } else { removeBefore(1) }
        case .delete, .control("d"): if isSelected { clear() } else { removeAfter(1) }
        case .control("u"): removeBefore(cursor)
        case .control("k"): removeAfter(rest)
        case .control("w"): removeBefore(wordLength)
        default: return false
        }
        isSelected = false
        refusal = nil
        return true
    }

    /// Inserts a pasted text at the cursor; one that is too long for the line is refused as a whole.
    package mutating func insert(_ paste: PastedText) {
        guard makeRoom(for: paste.count) else { return }
        before += paste.text
        cursor += paste.count
    }

    private mutating func insert(_ scalar: Unicode.Scalar) {
        guard makeRoom(for: 1) else { return }
        before.unicodeScalars.append(scalar)
        cursor += 1
    }

    /// Removes a selected text; false where the new one does not fit.
    private mutating func makeRoom(for added: Int) -> Bool {
        let kept = isSelected ? 0 : count
        guard added <= limit, kept + added <= limit else {
            refusal = TextTooLong(limit: limit)
            return false
        }
        if isSelected { clear() }
        isSelected = false
        refusal = nil
        return true
    }

    private mutating func clear() {
        removeBefore(cursor)
        removeAfter(rest)
    }

    private mutating func move(to place: Int) {
        let place = min(max(0, place), count)
        if place < cursor {
            let index = before.unicodeScalars.index(before.endIndex, offsetBy: place - cursor)
            after = before[index...] + after
            before = String(before[..<index])
        } else if place > cursor {
            let index = after.unicodeScalars.index(after.startIndex, offsetBy: place - cursor)
            before += after[..<index]
            after = String(after[index...])
        }
        rest += cursor - place
        cursor = place
    }

    private mutating func removeBefore(_ scalars: Int) {
        let scalars = min(scalars, cursor)
        before.unicodeScalars.removeLast(scalars)
        cursor -= scalars
    }

    private mutating func removeAfter(_ scalars: Int) {
        let scalars = min(scalars, rest)
        after.unicodeScalars.removeFirst(scalars)
        rest -= scalars
    }

    /// Number of scalars of the word before the cursor, with the spaces after it.
    private var wordLength: Int {
        let scalars = before.unicodeScalars.reversed()
        let spaces = scalars.prefix { $0 == " " }.count
        return spaces + scalars.dropFirst(spaces).prefix { $0 != " " }.count
    }

    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        draw(in: area, on: &buffer, look: look, placeholder: "", role: .title)
    }

    /// Draws the part of the text around the cursor in the first row of an area.
    ///
    /// - Parameters:
    ///   - placeholder: shown dim while there is no text.
    ///   - role: the colour of the text.
    package func draw(
        in area: Rect, on buffer: inout Buffer, look: Look, placeholder: String = "", role: Theme.Role = .title
    ) {
        guard !area.isEmpty else { return }
        let theme = look.theme
        let style = theme.style(role)
        buffer.clipped(to: Rect(x: area.x, y: area.y, width: area.width, height: 1)) { buffer in
            buffer.fill(area, Cell(" ", style: style))
            if count == 0 {
                buffer.write(placeholder, x: area.x, y: area.y, theme.style(.dim), maxWidth: area.width)
            }
            // The cursor stays in view: at the right edge once the text before it is longer than the area.
            let cursorColumns = max(1, after.unicodeScalars.first?.columns ?? 1)
            let left = Self.count(of: before.unicodeScalars.reversed(), within: area.width - cursorColumns)
            let right = Self.count(of: after.unicodeScalars, within: area.width - left.columns)
            let cursorColumn = area.x + left.columns
            buffer.write(String(before.unicodeScalars.suffix(left.scalars)), x: area.x, y: area.y, style)
            let end = buffer.write(
                String(after.unicodeScalars.prefix(right.scalars)), x: cursorColumn, y: area.y, style)
            if isSelected {
                buffer.restyle(Rect(x: area.x, y: area.y, width: end - area.x, height: 1)) {
                    $0.attributes.insert(.reverse)
                }
            }
            buffer.restyle(Rect(x: cursorColumn, y: area.y, width: cursorColumns, height: 1)) {
                $0.attributes.insert(.reverse)
            }
        }
    }

    /// Number of scalars, from the first on, that fit whole into so many columns, and their columns.
    private static func count(
        of scalars: some Sequence<Unicode.Scalar>, within width: Int
    ) -> (scalars: Int, columns: Int) {
        var (count, columns) = (0, 0)
        for scalar in scalars {
            guard columns + scalar.columns <= width else { break }
            count += 1
            columns += scalar.columns
        }
        return (count, columns)
    }
}

/// What was typed or pasted is longer than the line's limit.
package struct TextTooLong: Error, Equatable, Sendable, CustomStringConvertible {
    /// The greatest number of scalars.
    package let limit: Int

    package init(limit: Int) { self.limit = limit }

    package var description: String { "too long: this line takes \(limit) characters at most" }
}
