import Runs
import Specs
import TerminalUI

/// The selected run beside others, and what differs between those that have room side by side.
package struct RunComparison: Equatable, Sendable {
    /// A line of the comparison.
    struct Row: Equatable, Sendable {
        let field: SpecDifference
        /// Whether it was chosen before the run, and not what came of it.
        let isCause: Bool
    }

    /// All that are compared, the selected one first.
    let runs: [RunRow]
    /// How many of them are shown.
    let shown: Int
    /// Data set and specs first, then results.
    let rows: [Row]
    /// What the specs of all that are shown have in common, part by part.
    let common: [String]
    /// Rows of a panel that shows all of it; 0 where there is nothing to compare.
    let height: Int
    private let groups: [Int: SeedGroup]
    private let columns: Int

    /// Columns of the names.
    static let names = 15
    /// Columns of a run, with the air to the next.
    private static let leastWidth = 15

    /// - Parameter columns: of the panel with its frame.
    init(_ runs: [RunRow], groups: [Int: SeedGroup], columns: Int) {
        (self.runs, self.groups, self.columns) = (runs, groups, columns)
        shown = Self.fitting(runs.count, columns)
        guard runs.count > 1 else {
            (rows, common, height) = ([], [], 0)
            return
        }
        let side = Array(runs.prefix(shown))
        rows =
            RunDifferenceView.fields(side).map { Row(field: $0, isCause: true) }
            + RunDifferenceView.results(side, groups).map { Row(field: $0, isCause: false) }
        common = SpecTraits.shared(side.compactMap(\.traits))
        let width = Self.width(columns, of: shown)
        // The frame, the numbers of the runs, and the line before the results.
        height = 4 + rows.reduce(0) { $0 + Self.lines($1.field, width: width).height }
    }

    /// Whether it would be the same one.
    func isOf(_ runs: [RunRow], _ groups: [Int: SeedGroup], columns: Int) -> Bool {
        self.columns == columns && self.groups == groups && self.runs == runs
    }

    private static func fitting(_ runs: Int, _ columns: Int) -> Int {
        min(runs, max(1, (columns - 3 - names) / leastWidth))
    }

    /// Columns of one run in a panel of so many.
    func width(_ columns: Int) -> Int { Self.width(columns, of: shown) }

    private static func width(_ columns: Int, of shown: Int) -> Int {
        min(30, max(leastWidth, (columns - 3 - names) / max(1, shown)))
    }

    /// What all have in common in lines that fit, as many as there are; the last says how many parts are left out: `+2`.
    func commonLines(width: Int, most: Int) -> [String] {
        var lines: [String] = []
        for (index, part) in common.enumerated() {
            let left = common.count - index
            let last = lines.last.map { "\($0)  \(part)" } ?? part
            // On the last line there is room for the number of the others.
            let reserve = lines.count == most && left > 1 ? "  +\(left - 1)".columns : 0
            if !lines.isEmpty, last.columns + reserve <= width {
                lines[lines.count - 1] = last
            } else if lines.count < most, part.columns <= width {
                lines.append(part)
            } else {
                if !lines.isEmpty { lines[lines.count - 1] += "  +\(left)" }
                return lines
            }
        }
        return lines
    }

    /// The values of a row in lines that fit, one list for each run.
    static func lines(_ field: SpecDifference, width: Int) -> (texts: [[String]], height: Int) {
        let texts = field.texts.map { wrapped($0, width: width - 2) }
        return (texts, texts.map(\.count).max() ?? 1)
    }

    /// Lines of whole words; a word that is longer than a line is broken behind one of its parts.
    private static func wrapped(_ text: String, width: Int) -> [String] {
        WrappedText.lines(text, width: width).flatMap { line -> [String] in
            var (rest, lines) = (Substring(line), [String]())
            while rest.count > width {
                let head = rest.prefix(width)
                let end = head.lastIndex { "-,+".contains($0) }.map { head.index(after: $0) } ?? head.endIndex
                lines.append(String(head[..<end]))
                rest = rest[end...]
            }
            return lines + [String(rest)]
        }
    }
}

extension RunsScreen {
    /// Compares anew where other runs are compared, or their figures are others.
    mutating func refreshComparison(_ shared: Shared) {
        let area = shared.layout.body
        let runs = RunDifferenceView.compared(ScreenContext(self, shared, Place(area)))
        let columns = RunsLayout.differenceColumns(area.width, panel)
        if comparison?.isOf(runs, groups, columns: columns) != true {
            comparison = RunComparison(runs, groups: groups, columns: columns)
        }
    }
}
