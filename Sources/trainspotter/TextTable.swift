import TerminalUI

/// A table as the commands print it.
enum TextTable {
    /// Columns with two blanks between them, as wide as their widest entry; the last one is not padded. An entry
    /// becomes one line that is harmless to a terminal.
    ///
    /// - Parameter width: columns of a line, at which the last column is folded; nil does not fold it.
    static func text(_ rows: [[String]], rightAligned: Set<Int> = [], width: Int? = nil) -> String {
        let rows = rows.map { $0.map(\.harmlessLine) }
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { $0.count > column ? $0[column].columns : 0 }.max() ?? 0 }
        let indent = widths.dropLast().reduce(0) { $0 + $1 + 2 }
        return rows.map { row in
            row.enumerated().map { column, text in
                let padding = String(repeating: " ", count: widths[column] - text.columns)
                if rightAligned.contains(column) { return padding + text }
                guard column == row.count - 1 else { return text + padding }
                // A column too narrow to read is not folded.
                guard let width, column == columns - 1, indent + 20 <= width else { return text }
                let lines = WrappedText.lines(text, width: width - indent)
                return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
