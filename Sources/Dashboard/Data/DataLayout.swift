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
            let rows = body.height < 16 ? 1 : min(warnings, most) + 2
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
            : [width < 80 ? min(32, width / 2) : min(48, 32 + (width - 80) / 3)]
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
                    return name.member(width: width, shape: shape, classes: classes)
                }
            }.areas
    }
}

extension DataDetail {
    /// The panel in a column: what it needs, and how much of a height it fills.
    fileprivate func member(width: Int, shape: ImageShape?, classes: Int) -> PanelStack<DataDetail>.Member {
        switch self {
        case .classes:
            // A heading and a sum stand with the classes.
            let all = classes + 4
            return .init(self, least: min(all, 13), keeps: min(all, 16), most: all) { $0 - all }
        case .sample:
            let shape = shape ?? ImageShape(rows: 28, columns: 28)
            return .init(self, least: 6, keeps: 7, most: 7 + 2 * shape.rows) { height in
                let inner = Rect(x: 0, y: 0, width: width - 2, height: height - 2)
                let picture = SampleView.pictureSize(inner, rows: shape.rows, columns: shape.columns)
                return height - 2 - SampleView.factLines - (picture?.height ?? 0) - 1
            }
        case .pixels: return .init(self, least: 7, keeps: 8, most: 12)
        case .means: return .init(self, least: 12)
        case .warnings: return .init(self, least: 6)
        }
    }
}
