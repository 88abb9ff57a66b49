/// The line of keys that work now, in two zones: those of the view at the left, and at the right those of the whole
/// program, which never change their place.
package struct KeyHints: Widget, Equatable {
    /// A key, or two that go together, and what they do.
    package struct Hint: Equatable, Sendable {
        /// The keys in words.
        package var key: String
        /// What they do, in one or two words.
        package var label: String
        /// Columns that the label takes at least, so that a shorter one moves nothing.
        package var room: Int
        /// Whether the key can be used now; else it is dim.
        package var isUsable: Bool

        package init(_ key: String, _ label: String, room: Int = 0, isUsable: Bool = true) {
            self.key = key
            self.label = label
            self.room = room
            self.isUsable = isUsable
        }

        var columns: Int {
            let words = max(room, label.columns)
            // Between the two there is a blank.
            return key.columns + words + (key.isEmpty || words == 0 ? 0 : 1)
        }
    }

    /// Keys of the view, the most useful first: what has no room is left out from the end.
    package var hints: [Hint]
    /// Keys at fixed places, from left to right. Where there is no room, the first ones are left out.
    package var fixed: [Hint]
    /// Replaces hints that have no room.
    private let ellipsis: String

    /// - Parameter fixed: the last two, help and quit, are shown whatever the width.
    package init(_ hints: [Hint], fixed: [Hint] = [], glyphs: GlyphLevel) {
        self.hints = hints
        self.fixed = fixed
        // A single dot could be read as a key.
        ellipsis = glyphs == .ascii ? "..." : "…"
    }

    /// Draws along the first row of an area.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard !area.isEmpty else { return }
        let theme = look.theme
        buffer.clipped(to: Rect(x: area.x, y: area.y, width: area.width, height: 1)) { buffer in
            for piece in pieces(in: area) {
                let key = piece.hint.isUsable ? theme.style(.key).bold() : theme.style(.dim)
                let end = buffer.write(piece.hint.key, x: piece.x, y: area.y, key)
                let text =
                    piece.hint.key.isEmpty || piece.hint.label.isEmpty ? piece.hint.label : " \(piece.hint.label)"
                buffer.write(text, x: end, y: area.y, theme.style(.dim))
            }
        }
    }

    /// The hint under a column of an area, and the column within its key's name; nil between hints and at the ellipsis.
    /// The fixed ones are counted on behind the others.
    package func hint(atColumn x: Int, in area: Rect) -> (index: Int, column: Int)? {
        for piece in pieces(in: area) {
            if let index = piece.index, x >= piece.x, x < piece.x + piece.hint.columns { return (index, x - piece.x) }
        }
        return nil
    }

    private struct Piece {
        /// The index of the hint; nil for the ellipsis.
        var index: Int?
        var hint: Hint
        var x: Int
    }

    private func pieces(in area: Rect) -> [Piece] {
        let right = rightZone(in: area)
        let end = right.first.map { $0.x - 2 } ?? area.maxX
        return leftZone(from: area.x + 1, to: end) + right
    }

    /// What fits from the right end: at least the last two, at need without their labels.
    private func rightZone(in area: Rect) -> [Piece] {
        func width(_ hints: ArraySlice<Hint>, gap: Int) -> Int {
            hints.reduce(0) { $0 + $1.columns + gap } - (hints.isEmpty ? 0 : gap)
        }
        let room = area.width - 1
        // The ellipsis of the other zone has its place before what is left out first.
        let shared = room - (hints.isEmpty ? 0 : ellipsis.columns + 2)
        var first = 0
        while fixed.count - first > 2, width(fixed[first...], gap: 2) > shared { first += 1 }
        var shown = fixed[first...]
        var gap = 2
        if width(shown, gap: gap) > room {
            shown = shown.map { Hint($0.key, "", isUsable: $0.isUsable) }[...]
            gap = 1
        }
        var x = area.maxX - width(shown, gap: gap)
        return shown.enumerated().map { index, hint in
            defer { x += hint.columns + gap }
            return Piece(index: hints.count + fixed.count - shown.count + index, hint: hint, x: x)
        }
    }

    /// Everything with wide or narrow gaps, or the first ones and an ellipsis.
    private func leftZone(from start: Int, to end: Int) -> [Piece] {
        func placed(_ shown: [(Int?, Hint)], gap: Int) -> [Piece] {
            var x = start
            return shown.map { index, hint in
                defer { x += hint.columns + gap }
                return Piece(index: index, hint: hint, x: x)
            }
        }
        func fits(_ pieces: [Piece]) -> Bool { pieces.last.map { $0.x + $0.hint.columns <= end } ?? true }
        var shown: [(Int?, Hint)] = hints.enumerated().map { ($0, $1) }
        for gap in [3, 2] {
            let pieces = placed(shown, gap: gap)
            if fits(pieces) { return pieces }
        }
        shown.append((nil, Hint("", ellipsis)))
        while shown.count > 1 {
            let pieces = placed(shown, gap: 2)
            if fits(pieces) { return pieces }
            shown.remove(at: shown.count - 2)
        }
        return placed(shown, gap: 2).filter { fits([$0]) }
    }
}
