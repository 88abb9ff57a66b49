import TerminalUI

/// Where Confusion has the heatmap, the table of the classes and the most confused pairs.
struct ConfusionLayout {
    let heatmap: Rect
    /// nil without room.
    let classes: Rect?
    let pairs: Rect?

    init(_ body: Rect) {
        if body.width >= 76 {
            let (heatmap, right) = body.splitRight(body.width >= 110 ? 46 : 32)
            self.heatmap = heatmap
            let (classes, pairs) = right.splitTop(min(body.height >= 30 ? 15 : 14, right.height))
            self.classes = classes
            self.pairs = pairs.height >= 4 ? pairs : nil
        } else {
            (heatmap, classes, pairs) = (body, nil, nil)
        }
    }
}
