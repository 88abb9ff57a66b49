import Experiments

/// Numbers as the commands print them.
enum Figures {
    static func fixed(_ value: Double, _ digits: Int) -> String { FigureText.fixed(value, digits) }

    static func perCent(_ share: Double) -> String { FigureText.perCent(share) }

    static func grouped(_ value: Int) -> String { FigureText.grouped(value) }

    /// Columns two blanks apart, as wide as their widest entry; the last one is not padded.
    static func table(_ rows: [[String]], rightAligned: Set<Int> = []) -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, text in
                let padding = String(repeating: " ", count: widths[column] - text.count)
                if rightAligned.contains(column) { return padding + text }
                return column == row.count - 1 ? text : text + padding
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
