import TerminalUI

/// Where Curves has its charts: one above the other on a common x axis, with a strip of the run's other figures below
/// them and the figures of each epoch at the right; then a line for each run that is compared, and one for what is
/// chosen.
///
/// No chart is narrower on a wider screen, but for a twentieth: the table comes in where the charts keep their width.
package struct CurvesLayout {
    /// The chart of the losses.
    package let loss: Rect
    /// The chart of the accuracies; empty on the lowest screens.
    package let accuracy: Rect
    /// Learning rate and gap, beneath the charts; nil without room, or where runs are compared.
    package let strip: Rect?
    /// The figures of each epoch; nil without room.
    package let table: Rect?
    /// Below the table, where it has rows for all epochs: how sure the predictions were, and what the run has come to.
    private(set) var sureness: Rect?
    private(set) var facts: Rect?
    /// A line for each run, with its figures; empty for a single run or without room.
    let legend: Rect
    /// Runs side by side in the legend: where height is scarce, two.
    let legendColumns: Int
    /// A line with the figures at hand, and what was chosen; empty where height is scarce.
    let reading: Rect

    /// Columns of the charts beside the table.
    static let leastCharts = 118
    static let leastTable = 16
    private static let greatestTable = 58
    /// The least columns and rows of the picture below the table.
    private static let picture = (columns: 26, rows: 12)

    /// - Parameters:
    ///   - runs: how many are drawn.
    ///   - epochRows: rows of a table with all epochs, border included.
    package init(_ body: Rect, runs: Int, epochRows: Int = .max) {
        let (upper, reading) = body.splitBottom(body.height >= 14 ? 1 : 0)
        self.reading = reading
        // A heading and the runs, as long as the charts keep two thirds.
        legendColumns = body.width >= 76 && body.height < 30 && runs > 3 ? 2 : 1
        let wanted = runs > 1 ? (runs + legendColumns - 1) / legendColumns + 1 : 0
        let (rest, legend) = upper.splitBottom(wanted * 3 <= upper.height ? wanted : max(0, upper.height / 3))
        self.legend = legend
        let width = Self.chartColumns(body.width)
        let (left, right) = rest.splitLeft(width)
        let hasTable = right.width >= Self.leastTable
        let (table, below) = right.splitTop(hasTable ? Self.tableRows(right, epochRows) : 0)
        self.table = hasTable ? table : nil
        var charts = left
        if runs < 2, left.height >= 26, left.width >= 44 {
            let (above, strip) = left.splitBottom(CurvesStripView.rows(in: left.height))
            charts = above
            self.strip = strip
        } else {
            strip = nil
        }
        // Where both would have a row or two, one has them all.
        (loss, accuracy) = charts.splitTop(charts.height < 8 ? charts.height : (charts.height * 11 + 19) / 20)
        if hasTable { placeBelowTable(below) }
    }

    /// All of them, unless there is room for a panel below.
    private static func tableRows(_ area: Rect, _ wanted: Int) -> Int {
        area.height - 3 >= wanted ? wanted : area.height
    }

    private mutating func placeBelowTable(_ area: Rect) {
        guard !area.isEmpty else { return }
        guard area.width >= Self.picture.columns, area.height >= Self.picture.rows else {
            // In a narrow column a fact has two lines.
            facts = area.splitTop(2 * RunFactsView.rows - 2).top
            return
        }
        let rest = area.height - RunFactsView.rows
        let (picture, facts) = area.splitTop(rest >= Self.picture.rows ? rest : area.height)
        sureness = picture
        if !facts.isEmpty { self.facts = facts }
    }

    private static func chartColumns(_ width: Int) -> Int {
        guard width >= leastCharts + leastTable else { return width }
        return max(leastCharts, width - greatestTable)
    }
}
