/// One line of text that is being typed: bounded, and a key costs the same however long it is.
package struct TextField: Widget, Equatable {
    /// How many characters lines hold.
    package enum Limit {
        package static let word = 1_000
        /// For a spec line, or a note.
        package static let line = 10_000
    }

    /// What stands before the cursor, and behind it.
    private var before: String
    private var after: String
    /// How many scalars stand before the cursor, and behind it.
    package private(set) var cursor: Int
    private var rest: Int
    /// The whole text is selected: what is typed replaces it, a movement keeps it.
    package private(set) var isSelected: Bool
    /// How many scalars it takes. A text that it starts with may be longer; then it only gets shorter.
    package let limit: Int
    /// Why the last key or paste was not taken; nil if it was.
    package private(set) var refusal: TextTooLong?

    /// Starts with the cursor behind the text.
    package init(text: String = "", isSelected: Bool = false, limit: Int = Limit.word) {
        before = text
        after = ""
        cursor = text.unicodeScalars.count
        rest = 0
        self.isSelected = isSelected && !text.isEmpty
        self.limit = limit
    }

    package var text: String { before + after }
    /// How many scalars the text has.
    package var count: Int { cursor + rest }

    /// Replaces the text; the cursor goes behind it.
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

    /// Puts a pasted text where the cursor is; one that is too long for the line is refused as a whole.
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

    /// Takes a selected text away; false where what is new does not fit.
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

    /// How many scalars the word before the cursor has; the spaces behind it belong to it.
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
    ///   - role: of the text.
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

    /// How many of some scalars, from the first on, are shown whole within so many columns, and how many these take.
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

/// What was typed or pasted is longer than a line.
package struct TextTooLong: Error, Equatable, Sendable, CustomStringConvertible {
    /// Scalars that the line takes.
    package let limit: Int

    package init(limit: Int) { self.limit = limit }

    package var description: String { "too long: this line takes \(limit) characters at most" }
}
