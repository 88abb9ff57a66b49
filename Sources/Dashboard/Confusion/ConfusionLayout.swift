import TerminalUI

/// Where Confusion has the heatmap, the table of the classes and the most confused pairs, and what lies within the
/// heatmap's panel; or the one panel of Lab.
struct ConfusionLayout {
    let heatmap: Rect
    /// nil without room.
    let classes: Rect?
    let pairs: Rect?
    /// The heatmap itself: Confusion keeps the epochs, the selected cell in words and its digits below it, Lab keeps room
    /// for the worst pairs beside a compact map.
    let map: Rect
    /// The line of the epochs, right below the map; nil without room or epochs.
    let slider: Rect?

    /// - Parameters:
    ///   - classes: rows of the matrix; nil as long as there is none.
    ///   - hasEpochs: whether there are epochs to choose among.
    init(_ place: Place, classes count: Int?, hasEpochs: Bool) {
        let body = place.area
        guard place.panel == nil else {
            (heatmap, classes, pairs, slider) = (body, nil, nil, nil)
            let inner = body.inset(by: 1)
            map = inner.width >= 32 && inner.height < 11 ? inner.splitRight(10).rest : inner
            return
        }
        if body.width >= 76 {
            let (heatmap, right) = body.splitRight(body.width >= 110 ? 46 : 32)
            self.heatmap = heatmap
            let (classes, pairs) = right.splitTop(min(body.height >= 30 ? 15 : 14, right.height))
            self.classes = classes
            self.pairs = pairs.height >= 4 ? pairs : nil
        } else {
            (heatmap, classes, pairs) = (body, nil, nil)
        }
        let inner = heatmap.inset(by: 1)
        let hasSlider = inner.height >= 10 && hasEpochs
        if inner.height >= 8 {
            let lines = hasSlider ? 2 : 1
            let spare = inner.height - lines - (1 + (count ?? 10))
            map = inner.splitBottom(lines + (spare >= 3 ? min(8, spare) : 0)).rest
        } else {
            map = inner
        }
        slider = hasSlider ? Rect(x: inner.x, y: map.maxY, width: inner.width, height: 1) : nil
    }
}

/// Which of the most confused pairs stands on which line of their panel.
struct ConfusedPairsLayout {
    let inner: Rect
    let pairs: [ConfusedPair]

    /// - Parameter area: the panel, border included.
    init(_ area: Rect, _ shared: Shared) {
        inner = area.inset(by: 1)
        pairs = shared.shownConfusion?.mostConfused(inner.height) ?? []
    }

    func pair(atX x: Int, y: Int) -> ConfusedPair? {
        guard inner.contains(x: x, y: y), pairs.indices.contains(y - inner.y) else { return nil }
        return pairs[y - inner.y]
    }
}
