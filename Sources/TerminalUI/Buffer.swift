/// One character of the screen. Every scalar drawn is one column wide.
public struct Cell: Equatable, Hashable, Sendable {
    public var scalar: Unicode.Scalar
    public var style: Style

    public init(_ scalar: Unicode.Scalar = " ", style: Style = Style()) {
        self.scalar = scalar
        self.style = style
    }
}

/// A grid of cells that views draw into. Whatever falls outside `clip` is dropped.
public struct Buffer: Equatable, Sendable {
    public let width: Int
    public let height: Int
    /// Row by row; `width × height` cells.
    public private(set) var cells: [Cell]
    /// Where drawing has an effect.
    public private(set) var clip: Rect

    public init(width: Int, height: Int, fill: Cell = Cell()) {
        self.width = max(0, width)
        self.height = max(0, height)
        cells = Array(repeating: fill, count: self.width * self.height)
        clip = Rect(x: 0, y: 0, width: self.width, height: self.height)
    }

    public var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

    /// Draws with everything outside `area` dropped.
    public mutating func clipped(to area: Rect, _ draw: (inout Buffer) -> Void) {
        let outer = clip
        clip = outer.intersection(area)
        draw(&self)
        clip = outer
    }

    /// The cell at a column and row; reading outside the grid gives a blank, writing outside `clip` does nothing.
    public subscript(x: Int, y: Int) -> Cell {
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
    public mutating func fill(_ area: Rect, _ cell: Cell) {
        let area = area.intersection(clip)
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX { cells[y * width + x] = cell }
        }
    }

    /// Changes the style of what is already there.
    public mutating func restyle(_ area: Rect, _ change: (inout Style) -> Void) {
        let area = area.intersection(clip)
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX { change(&cells[y * width + x].style) }
        }
    }

    /// Replaces the scalar of every cell, whatever the clip.
    mutating func mapScalars(_ change: (Unicode.Scalar) -> Unicode.Scalar) {
        for index in cells.indices { cells[index].scalar = change(cells[index].scalar) }
    }

    /// Writes text from a column on, one scalar a cell, and returns the column behind it.
    ///
    /// - Parameter maxWidth: text longer than this many columns is cut with an ellipsis.
    @discardableResult
    public mutating func write(_ text: String, x: Int, y: Int, _ style: Style, maxWidth: Int = .max) -> Int {
        guard maxWidth > 0 else { return x }
        let scalars = text.unicodeScalars
        var column = x
        var left = maxWidth
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let next = scalars.index(after: index)
            let scalar = left == 1 && next < scalars.endIndex ? "…" : Buffer.oneColumn(scalars[index])
            self[column, y] = Cell(scalar, style: style)
            column += 1
            left -= 1
            if left == 0 { break }
            index = next
        }
        return column
    }

    /// Control characters would move the terminal's cursor and wide or combining ones shift the row: a mark instead.
    private static func oneColumn(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.value >= 0x20, scalar.value < 0x7F { return scalar }
        if scalar.value < 0xA0 { return "?" }
        if scalar.properties.isEmojiPresentation || scalar.properties.canonicalCombiningClass.rawValue != 0 {
            return "?"
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60:
            return "?"
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x1F000...: return "?"
        default: return scalar
        }
    }

    /// The text alone, a line a row, spaces at line ends cut: what golden tests compare.
    public var text: String {
        var lines: [String] = []
        for y in 0..<height {
            var line = String.UnicodeScalarView()
            for x in 0..<width { line.append(cells[y * width + x].scalar) }
            var text = String(line)
            while text.hasSuffix(" ") { text.removeLast() }
            lines.append(text)
        }
        return lines.joined(separator: "\n")
    }
}
