/// The line of keys that work now: keys in the accent colour, their meanings dim.
package struct KeyHints: Widget {
    /// Keys and what they do, the most useful first; the last two are help and quit.
    package var hints: [(key: String, label: String)]
    /// Replaces hints that have no room.
    private let ellipsis: String

    /// - Parameter hints: most useful first; the last two (help and quit) are shown whatever the width.
    package init(_ hints: [(key: String, label: String)], glyphs: GlyphLevel) {
        self.hints = hints
        // A single dot could be read as a key.
        ellipsis = glyphs == .ascii ? "..." : "…"
    }

    /// Draws along the first row of an area.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard !area.isEmpty else { return }
        buffer.clipped(to: Rect(x: area.x, y: area.y, width: area.width, height: 1)) { buffer in
            var column = area.x + 1
            for piece in pieces(width: area.width - 1) {
                column = buffer.write(piece.key, x: column, y: area.y, look.theme.style(.key).bold())
                column = buffer.write(piece.text, x: column, y: area.y, look.theme.style(.dim))
                column += piece.gap
            }
        }
    }

    /// The hint under a column of an area, and the column within its key's name; nil between hints and at the ellipsis.
    package func hint(atColumn x: Int, in area: Rect) -> (index: Int, column: Int)? {
        var column = area.x + 1
        for piece in pieces(width: area.width - 1) {
            if let index = piece.index, x >= column, x < column + piece.width { return (index, x - column) }
            column += piece.width + piece.gap
        }
        return nil
    }

    private struct Piece {
        /// The index of the hint; nil for the ellipsis.
        var index: Int?
        var key: String
        var label: String
        var gap: Int
        /// The label behind the key, with a space between the two.
        var text: String { key.isEmpty || label.isEmpty ? label : " \(label)" }
        var width: Int { key.columns + text.columns }
    }

    /// What fits: everything with wide or narrow gaps, or the first ones, an ellipsis and the last two.
    private func pieces(width: Int) -> [Piece] {
        func made(_ shown: Range<Int>, gap: Int) -> [Piece] {
            shown.map { Piece(index: $0, key: hints[$0].key, label: hints[$0].label, gap: gap) }
        }
        func total(_ pieces: [Piece]) -> Int {
            pieces.reduce(0) { $0 + $1.width + $1.gap } - (pieces.last?.gap ?? 0)
        }
        for gap in [3, 2] {
            let all = made(0..<hints.count, gap: gap)
            if total(all) <= width { return all }
        }
        let always = max(0, hints.count - 2)..<hints.count
        let last = made(always, gap: 2)
        let ellipsis = Piece(key: "", label: ellipsis, gap: 2)
        var first = made(0..<always.lowerBound, gap: 2)
        while !first.isEmpty, total(first + [ellipsis] + last) > width { first.removeLast() }
        let cut = first + [ellipsis] + last
        if total(cut) <= width { return cut }
        if total(last) <= width { return last }
        return always.map { Piece(index: $0, key: hints[$0].key, label: "", gap: 1) }
    }
}
