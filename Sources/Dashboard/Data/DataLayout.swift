import DataFormats
import TerminalUI

/// Where Data has its images, what stands beside them, and what is to be known below them.
struct DataLayout {
    /// The images, or the means; empty where a panel takes their place.
    private(set) var main = Rect.zero
    /// The panels beside the images.
    private(set) var areas: [DataDetail: Rect] = [:]
    /// What is to be known; nil where nothing is, or a panel has it.
    private(set) var strip: Rect?

    /// Columns of a window in which a panel stands beside the images.
    private static let leastWidth = 60
    /// From so many columns on there are two columns of panels.
    private static let twoColumns = 132

    init(
        _ body: Rect, form: DataScreen.Form, detail: DataDetail?, what: DataScreen.What, shape: ImageShape?,
        classes: Int, warnings: Int
    ) {
        guard form != .large else {
            main = body
            return
        }
        var rest = body
        if warnings > 0, detail != .warnings {
            // A low window has a line without a frame.
            let most = body.height >= 40 ? 6 : body.height >= 28 ? 4 : 2
            let framed = min(warnings, most) + 2
            // With its frame it takes no panel away.
            let rows = body.height - framed < DataDetail.leastBeside ? 1 : framed
            let (above, strip) = rest.splitBottom(rows)
            (rest, self.strip) = (above, strip)
        }
        guard form == .both else {
            main = rest
            return
        }
        guard body.width >= Self.leastWidth else {
            if let detail { areas = [detail: rest] } else { main = rest }
            return
        }
        let width = body.width
        let columns: [Int] =
            width >= Self.twoColumns
            ? [36 + (width - Self.twoColumns) / 5, 34 + (width - Self.twoColumns) / 6]
            : [width < 80 ? min(32, width / 2 - 1) : min(48, 32 + (width - 80) / 3)]
        var places: [Rect] = []
        for column in columns.reversed() {
            let (left, right) = rest.splitRight(column)
            places.insert(right, at: 0)
            rest = left
        }
        main = rest
        let hasMeans = what != .samples
        areas =
            PanelStack(places) { width in
                (detail ?? .classes).andFollowing.compactMap { name in
                    if name == .means, hasMeans { return nil }
                    if name == .warnings, detail != .warnings { return nil }
                    return name.member(width: width, shape: shape, classes: classes, isAlone: places.count == 1)
                }
            }.areas
    }
}

extension DataDetail {
    /// Rows in which ten classes have room, with heading and frame.
    private static let leastClasses = 13
    /// Rows in which an image and the pixels have room one below the other, and ten classes beside them.
    fileprivate static let leastBeside = 15

    /// The panel in a column: what it needs, and how much of a height it fills.
    ///
    /// - Parameter isAlone: whether there is one column of panels.
    fileprivate func member(
        width: Int, shape: ImageShape?, classes: Int, isAlone: Bool
    ) -> PanelStack<DataDetail>.Member {
        switch self {
        case .classes:
            // A heading and a sum stand with the classes, and further sums where there are lines for them.
            let (all, sums) = (classes + 4, ClassCountsView.sums - 1)
            return .init(self, least: min(all, Self.leastClasses), keeps: min(all, 16), most: all + sums) {
                max(0, $0 - all - sums)
            }
        case .sample:
            let shape = shape ?? ImageShape(rows: 28, columns: 28)
            // Below another panel it has four of its facts at least; all of them, where they would stand in a second column.
            return .init(self, least: isAlone ? 6 : 7, keeps: 7, most: 7 + 2 * shape.rows) { height in
                SampleView.blankRows(
                    Rect(x: 0, y: 0, width: width - 2, height: height - 2), rows: shape.rows, columns: shape.columns)
            }
        case .pixels: return .init(self, least: 7, keeps: 8, most: 12)
        case .means:
            let shape = shape ?? ImageShape(rows: 28, columns: 28)
            return .init(self, least: 12) { height in
                let inner = Rect(x: 0, y: 0, width: width - 2, height: height - 2)
                return PictureGrid(inner, shape, wanted: classes, all: max(1, classes)).blankRows
            }
        case .warnings: return .init(self, least: 6)
        }
    }
}
