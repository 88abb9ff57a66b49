import TerminalUI

/// Where Curves has its charts and the figures of each epoch: side by side where both keep a useful width, the table
/// where a third column fits.
struct CurvesLayout {
    let loss: Rect
    let accuracy: Rect
    /// nil without room.
    let table: Rect?
    /// A line with the epoch at hand; empty where the table shows it or height is scarce.
    let reading: Rect

    init(_ body: Rect) {
        var charts = body
        if body.width >= 150 {
            let (rest, right) = body.splitRight(50)
            (charts, table) = (rest, right)
        } else {
            table = nil
        }
        (charts, reading) = charts.splitBottom(table == nil && body.height >= 18 ? 1 : 0)
        if charts.width >= 76, charts.height >= 12 {
            (loss, accuracy) = charts.splitLeft(charts.width / 2)
        } else {
            (loss, accuracy) = charts.splitTop((charts.height + 1) / 2)
        }
    }
}
