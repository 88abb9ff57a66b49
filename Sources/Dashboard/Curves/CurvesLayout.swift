import TerminalUI

/// Where Curves has its charts and the figures of each epoch: side by side where both keep a useful width, the table
/// where a third column fits; below them a line for each run that is compared, and one for what is chosen.
struct CurvesLayout {
    let loss: Rect
    let accuracy: Rect
    /// nil without room.
    let table: Rect?
    /// A line for each run, with its figures; empty for a single run or without room.
    let legend: Rect
    /// Runs side by side in the legend: where height is scarce, two.
    let legendColumns: Int
    /// A line with the figures at hand, and what was chosen; empty where height is scarce.
    let reading: Rect

    /// - Parameter runs: how many are drawn.
    init(_ body: Rect, runs: Int) {
        let (upper, reading) = body.splitBottom(body.height >= 14 ? 1 : 0)
        self.reading = reading
        // A heading and the runs, as long as the charts keep two thirds.
        legendColumns = body.width >= 76 && body.height < 30 && runs > 3 ? 2 : 1
        let wanted = runs > 1 ? (runs + legendColumns - 1) / legendColumns + 1 : 0
        let (rest, legend) = upper.splitBottom(wanted * 3 <= upper.height ? wanted : max(0, upper.height / 3))
        self.legend = legend
        var charts = rest
        if body.width >= 150 {
            let (left, right) = rest.splitRight(50)
            (charts, table) = (left, right)
        } else {
            table = nil
        }
        if charts.width >= 76, charts.height >= 9 {
            (loss, accuracy) = charts.splitLeft(charts.width / 2)
        } else {
            (loss, accuracy) = charts.splitTop((charts.height + 1) / 2)
        }
    }
}
