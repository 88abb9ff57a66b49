import TerminalUI

/// A screen line by line as a terminal is sent it: what stands in each column, and how, as numbers of styles.
struct StyledLines {
    struct Cell: Equatable {
        var scalar: Unicode.Scalar
        /// Which of `StyleNames`.
        var style: Int
    }

    let lines: [[Cell]]

    init(_ buffer: Buffer, _ look: Look, _ names: StyleNames) {
        lines = buffer.ansi(look: look).split(separator: "\n", omittingEmptySubsequences: false)
            .map { StyledLines.cells($0, names) }
    }

    private static func cells(_ line: Substring, _ names: StyleNames) -> [Cell] {
        var cells: [Cell] = []
        var rest = line.unicodeScalars[...]
        var (text, blank) = (0, 0)
        while let scalar = rest.popFirst() {
            if scalar == "\u{1B}" {
                // ESC [ … m
                let codes = rest.prefix { $0 != "m" }
                (text, blank) = names.numbers(of: String(codes.dropFirst()))
                rest = rest[codes.endIndex...].dropFirst()
            } else {
                cells.append(Cell(scalar: scalar, style: scalar == " " ? blank : text))
            }
        }
        return cells
    }

    /// The text of a line, spaces at its end cut.
    static func text(_ cells: [Cell]) -> String {
        whole(cells[..<((cells.lastIndex { $0.scalar != " " } ?? -1) + 1)])
    }

    static func whole(_ cells: ArraySlice<Cell>) -> String {
        var scalars = String.UnicodeScalarView()
        for cell in cells { scalars.append(cell.scalar) }
        return String(scalars)
    }
}
