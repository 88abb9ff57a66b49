/// A piece of text in one style.
package struct Span: Equatable, Sendable {
    /// One line of text; wide characters take two columns.
    package var text: String
    /// Colours and attributes of all of it.
    package var style: Style

    package init(_ text: String, _ style: Style) {
        self.text = text
        self.style = style
    }

    package init(text: String, style: Style) { self.init(text, style) }
}

extension [Span] {
    /// Columns of all pieces together.
    package var width: Int { reduce(0) { $0 + $1.text.columns } }
}

extension Buffer {
    /// Writes pieces of text one after the other, and returns the column after the last.
    ///
    /// - Parameter maxWidth: what is longer than this many columns is cut with an ellipsis.
    @discardableResult
    package mutating func write(_ spans: [Span], x: Int, y: Int, maxWidth: Int = .max) -> Int {
        var column = x
        var left = maxWidth
        var remaining = spans.width
        for span in spans where left > 0 {
            let count = span.text.columns
            remaining -= count
            // The last column becomes the ellipsis when this span or a later one does not fit.
            let cut = count == left && remaining > 0
            let end = write(cut ? span.text + " " : span.text, x: column, y: y, span.style, maxWidth: left)
            left -= end - column
            column = end
        }
        return column
    }

    /// Writes groups of pieces with a gap between them, whole ones only: the last groups are left out where there is no
    /// room.
    ///
    /// - Parameter gap: columns between two groups.
    @discardableResult
    package mutating func write(groups: [[Span]], gap: Int = 3, x: Int, y: Int, maxWidth: Int) -> Int {
        var column = x
        for (index, group) in groups.enumerated() {
            let start = index == 0 ? column : column + gap
            // The first is cut instead of left out.
            guard index == 0 || start + group.width <= x + maxWidth else { break }
            column = write(group, x: start, y: y, maxWidth: x + maxWidth - start)
        }
        return column
    }

    /// Writes text that ends before a column and returns the column where it starts.
    ///
    /// - Parameter maxWidth: longer text loses its end to an ellipsis.
    @discardableResult
    package mutating func write(
        _ text: String, rightAlignedAt column: Int, y: Int, _ style: Style, maxWidth: Int = .max
    ) -> Int {
        let start = column - min(text.columns, max(0, maxWidth))
        write(text, x: start, y: y, style, maxWidth: maxWidth)
        return start
    }

    /// Writes text in the middle of a row of `area`, cut to its width.
    package mutating func write(_ text: String, centredIn area: Rect, y: Int, _ style: Style) {
        guard area.width > 0, y >= area.y, y < area.maxY else { return }
        let width = min(text.columns, area.width)
        write(text, x: area.x + (area.width - width) / 2, y: y, style, maxWidth: width)
    }
}
