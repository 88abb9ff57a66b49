/// One character of the screen, or the right half of a wide one.
package struct Cell: Equatable, Hashable, Sendable {
    /// The scalar of the cell after a wide character.
    static let rightHalf: Unicode.Scalar = "\0"

    /// The character; NUL in the right half of a wide one.
    package var scalar: Unicode.Scalar
    /// Its colours and attributes.
    package var style: Style

    package init(_ scalar: Unicode.Scalar = " ", style: Style = Style()) {
        self.scalar = scalar
        self.style = style
    }
}

/// A grid of cells that views draw into. Cells outside `clip` don't change.
package struct Buffer: Equatable, Sendable {
    /// Columns.
    package let width: Int
    /// Rows.
    package let height: Int
    /// Row by row; `width × height` cells.
    package private(set) var cells: [Cell]
    /// Where drawing has an effect.
    package private(set) var clip: Rect

    package init(width: Int, height: Int, fill: Cell = Cell()) {
        self.width = max(0, width)
        self.height = max(0, height)
        cells = Array(repeating: fill, count: self.width * self.height)
        clip = Rect(x: 0, y: 0, width: self.width, height: self.height)
    }

    /// All cells of the buffer.
    package var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

    /// Draws with `clip` limited to an area.
    package mutating func clipped(to area: Rect, _ draw: (inout Buffer) -> Void) {
        let outer = clip
        clip = outer.intersection(area)
        draw(&self)
        clip = outer
    }

    /// The cell at a column and row; reading outside the grid gives a blank, writing outside `clip` does nothing.
    package subscript(x: Int, y: Int) -> Cell {
        get {
            guard x >= 0, y >= 0, x < width, y < height else { return Cell() }
            return cells[y * width + x]
        }
        set {
            guard clip.contains(x: x, y: y) else { return }
            cells[y * width + x] = newValue
        }
    }

    /// Sets the style's background and foreground in a rectangle and blanks its text.
    package mutating func fill(_ area: Rect, _ cell: Cell) {
        let area = area.intersection(clip)
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX { cells[y * width + x] = cell }
        }
    }

    /// Changes the style of what is already there.
    package mutating func restyle(_ area: Rect, _ change: (inout Style) -> Void) {
        let area = area.intersection(clip)
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX { change(&cells[y * width + x].style) }
        }
    }

    /// Changes every cell, whatever the clip.
    mutating func mapCells(_ change: (inout Cell) -> Void) {
        for index in cells.indices { change(&cells[index]) }
    }

    /// Writes text from a column on, and returns the column after it. A wide character takes two cells; combining marks
    /// are left out.
    ///
    /// - Parameter maxWidth: text longer than this many columns is cut with an ellipsis.
    @discardableResult
    package mutating func write(_ text: String, x: Int, y: Int, _ style: Style, maxWidth: Int = .max) -> Int {
        guard maxWidth > 0 else { return x }
        let isCut = maxWidth < .max && text.columns > maxWidth
        let end = isCut ? x + maxWidth - 1 : .max
        var column = x
        for scalar in text.unicodeScalars {
            let columns = scalar.columns
            guard column + columns <= end else { break }
            if columns > 0 { self[column, y] = Cell(scalar.isHarmful ? "?" : scalar, style: style) }
            if columns > 1 { self[column + 1, y] = Cell(Cell.rightHalf, style: style) }
            column += columns
        }
        guard isCut else { return column }
        self[column, y] = Cell("…", style: style)
        // A wide character may not fit into the last two columns.
        if column < end { self[end, y] = Cell(style: style) }
        return x + maxWidth
    }

    /// The character that a terminal gets for a cell; nil for the right half of a wide character, which fills both
    /// cells. Half of one that was partly drawn over is a blank.
    package func glyph(x: Int, y: Int) -> Unicode.Scalar? {
        let scalar = self[x, y].scalar
        if scalar == Cell.rightHalf { return x > 0 && self[x - 1, y].scalar.columns == 2 ? nil : " " }
        // No character below is wide.
        guard scalar.value >= 0x1100, scalar.columns == 2 else { return scalar }
        return x + 1 < width && self[x + 1, y].scalar == Cell.rightHalf ? scalar : " "
    }

    /// The text alone, a line a row, spaces at line ends cut: what golden tests compare.
    package var text: String {
        var lines: [String] = []
        for y in 0..<height {
            var line = String.UnicodeScalarView()
            for x in 0..<width { if let scalar = glyph(x: x, y: y) { line.append(scalar) } }
            var text = String(line)
            while text.hasSuffix(" ") { text.removeLast() }
            lines.append(text)
        }
        return lines.joined(separator: "\n")
    }
}
