/// The line of keys that work now: keys in the accent, what they do dim.
public struct KeyHints: Sendable {
    public var hints: [(key: String, label: String)]

    /// - Parameter hints: most useful first; the last two (help and quit) are shown whatever the width.
    public init(_ hints: [(key: String, label: String)]) { self.hints = hints }

    /// Draws along the first row of an area.
    public func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
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

    private struct Piece {
        var key: String
        var label: String
        var gap: Int
        /// The label behind the key, with a space between the two.
        var text: String { key.isEmpty || label.isEmpty ? label : " \(label)" }
        var width: Int { key.unicodeScalars.count + text.unicodeScalars.count }
    }

    /// What fits: everything with wide or narrow gaps, or the first ones, an ellipsis and the last two.
    private func pieces(width: Int) -> [Piece] {
        func made(_ hints: ArraySlice<(key: String, label: String)>, gap: Int) -> [Piece] {
            hints.map { Piece(key: $0.key, label: $0.label, gap: gap) }
        }
        func total(_ pieces: [Piece]) -> Int {
            pieces.reduce(0) { $0 + $1.width + $1.gap } - (pieces.last?.gap ?? 0)
        }
        for gap in [3, 2] {
            let all = made(hints[...], gap: gap)
            if total(all) <= width { return all }
        }
        let always = hints.suffix(2)
        let last = made(always, gap: 2)
        let ellipsis = Piece(key: "", label: "…", gap: 2)
        var first = made(hints.dropLast(2), gap: 2)
        while !first.isEmpty, total(first + [ellipsis] + last) > width { first.removeLast() }
        let cut = first + [ellipsis] + last
        if total(cut) <= width { return cut }
        if total(last) <= width { return last }
        return always.map { Piece(key: $0.key, label: "", gap: 1) }
    }
}
