import Foundation
import TerminalUI

/// A drawn screen taken apart: its panels, found by their frames, and what stands in them.
struct DrawnScreen {
    /// A panel with its lines, the frame left out.
    struct Panel {
        /// The words at the left of its upper border.
        var title: String
        /// Columns and rows of the inside.
        var width: Int
        var lines: [[Unicode.Scalar]]
        /// The upper and the lower border.
        var borders: [String]

        /// Whether each row has a cell in another colour than the page's: a part of a picture, as the cells of a matrix.
        var isPainted: [Bool]

        /// Rows in which nothing is drawn.
        var blankRows: Int {
            zip(zip(lines, isPainted), isPicture).count { !$0.1 && !$1 && $0.0.allSatisfy(DrawnScreen.isBlank) }
        }

        /// Whether each row belongs to a picture in dots, its empty edges among them: of rows with cells for dots that
        /// follow each other, one has a dot at least.
        private var isPicture: [Bool] {
            var result = [Bool](repeating: false, count: lines.count)
            var start = 0
            while start < lines.count {
                let rows = lines[start...].prefix { $0.contains { (0x2800...0x28FF).contains($0.value) } }
                let hasDots = rows.contains { $0.contains { (0x2801...0x28FF).contains($0.value) } }
                for row in rows.indices { result[row] = hasDots }
                start = max(start + 1, rows.endIndex)
            }
            return result
        }

        /// Columns in which some row has a piece of a line of a chart.
        var chartColumns: Int {
            (0..<width).filter { x in
                lines.contains { x < $0.count && $0[x].value > 0x2800 && $0[x].value < 0x2900 }
            }.count
        }

        /// Its rows as text.
        var texts: [String] {
            lines.map { line in
                var text = String.UnicodeScalarView()
                text.append(contentsOf: line)
                return String(text)
            }
        }
    }

    let panels: [Panel]
    /// The rows outside of all panels, from the top.
    let rest: String

    /// - Parameter frame: the colour of the frames that count; nil for all. What lies behind a popup is faded: its frames
    ///   are cut, and none of them has the popup's colour.
    init(_ buffer: Buffer, frame: Color? = nil) {
        let rows = (0..<buffer.height).map { y in (0..<buffer.width).map { buffer.glyph(x: $0, y: y) ?? " " } }
        let page = buffer.pageBackground
        var panels: [(panel: Panel, x: Range<Int>, y: Range<Int>)] = []
        for y in rows.indices {
            for x in rows[y].indices where rows[y][x] == "╭" {
                guard frame == nil || buffer[x, y].style.foreground == frame else { continue }
                // A frame within a panel is a picture.
                guard !panels.contains(where: { $0.x.contains(x) && $0.y.contains(y) }) else { continue }
                guard let right = rows[y][x...].firstIndex(of: "╮"),
                    let bottom = ((y + 1)..<rows.count).first(where: { rows[$0][x] == "╰" })
                else { continue }
                let inner = (x + 1)..<right
                let lines = ((y + 1)..<bottom).map { Array(rows[$0][inner]) }
                let borders = [y, bottom].map { DrawnScreen.text(rows[$0][inner]) }
                let title = borders[0].split(separator: "─").first.map { $0.trimmingCharacters(in: [" "]) } ?? ""
                let isPainted = ((y + 1)..<bottom).map { row in
                    inner.contains { column in
                        let background = buffer[column, row].style.background
                        return background != page && !background.isTerminalDefault
                    }
                }
                let panel = Panel(
                    title: title, width: inner.count, lines: lines, borders: borders, isPainted: isPainted)
                panels.append((panel, x..<(right + 1), y..<(bottom + 1)))
            }
        }
        self.panels = panels.map(\.panel)
        rest = rows.indices.filter { y in !panels.contains { $0.y.contains(y) } }
            .map { DrawnScreen.text(rows[$0][...]) }.joined(separator: "\n")
    }

    /// Nothing is drawn there; U+2800 is a cell without dots.
    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\0" || scalar.value == 0x2800
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// The panels whose title begins with one of some words.
    func panels(_ titles: [String]) -> [Panel] {
        panels.filter { panel in titles.contains { panel.title.hasPrefix($0) } }
    }

    /// Columns of the widest chart among the panels with a title.
    func chartColumns(_ titles: String...) -> Int { panels(titles).map(\.chartColumns).max() ?? 0 }

    /// Rows that are not blank in the panels with a title.
    func rows(_ titles: String...) -> Int { panels(titles).reduce(0) { $0 + $1.lines.count - $1.blankRows } }

    /// How many of some texts stand in the panels with a title.
    func found(_ texts: [String], _ titles: String...) -> Int {
        let lines = panels(titles).flatMap(\.texts)
        return texts.filter { text in lines.contains { $0.contains(text) } }.count
    }

    /// What the panels say that they leave out: the sum of all `4 more`.
    var leftOut: Int {
        panels.flatMap { $0.borders + $0.texts }.flatMap { $0.matches(of: /(\d+) more/) }
            .reduce(0) { $0 + (Int($1.1) ?? 0) }
    }

    /// How often a pattern stands in the panels with a title.
    func count(_ pattern: Regex<Substring>, _ titles: String...) -> Int {
        panels(titles).flatMap(\.texts).reduce(0) { $0 + $1.matches(of: pattern).count }
    }
}
