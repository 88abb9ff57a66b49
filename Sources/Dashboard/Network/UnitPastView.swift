import TerminalUI
import Training

/// The chosen unit through the epochs: its weights, or the digits that excited it most, at each epoch that is kept.
enum UnitPastView {
    static func draw(_ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let unit = state.own.shownUnit(state.shared)
        let pictures = pictures(state)
        let name = state.own.facts(state.shared).isOutput ? "class \(state.classNames[unit])" : "unit \(unit + 1)"
        let title = name + " through the epochs"
        let means = "mean of its 9 strongest \(state.classNames.noun)s"
        let note = state.own.shownLayer(state.shared) == 0 ? "− + weights, one scale" : means
        let inner = Panel(title: title, footer: [Span(note, theme.style(.dim))]).draw(
            in: area, on: &buffer, look: state.look)
        guard let data = state.data.loaded, !pictures.isEmpty else {
            return NetworkView.drawEmpty(state.shared, in: inner, on: &buffer)
        }
        guard let tiles = PastTiles(inner, count: pictures.count) else { return }
        let weights = pictures.map(\.picture.weights)
        let paint = UnitPaint(state.shared, data, UnitPaint.scale(weights.filter { $0.allSatisfy(\.isFinite) }))
        for (number, past) in pictures.suffix(tiles.count).enumerated() {
            let (image, caption) = tiles.cell(number).splitBottom(1)
            paint.draw(past.picture, in: image, on: &buffer)
            let text = past.isNow ? "now" : tiles.side >= 10 ? "epoch \(past.epoch)" : "\(past.epoch)"
            buffer.write(
                text, x: caption.x, y: caption.y, theme.style(past.isNow ? .title : .dim), maxWidth: tiles.side)
        }
        if pictures.count == 1, inner.height > tiles.side / 2 + 3 {
            for (line, text) in ["earlier weights are kept", "while a run trains here"].enumerated() {
                buffer.write(text, x: inner.x + 1, y: inner.maxY - 2 + line, theme.style(.dim), maxWidth: inner.width)
            }
        }
    }

    /// The kept epochs, oldest first, and what the unit is now.
    static func pictures(
        _ state: ScreenContext<NetworkScreen>
    ) -> [(epoch: Int, picture: UnitPicture, isNow: Bool)] {
        guard let inspection = state.inspection else { return [] }
        let unit = state.own.shownUnit(state.shared)
        var result = inspection.past.filter { $0.picture.unit == unit }.map { ($0.epoch, $0.picture, false) }
        if inspection.watch.epoch == nil, let now = inspection.units.first(where: { $0.unit == unit }) {
            // The last kept epoch may be now.
            if inspection.batch == 0, result.last?.0 == inspection.epoch { result.removeLast() }
            result.append((inspection.epoch, now, true))
        }
        return result
    }
}

/// Places of pictures that belong together, as large as all of them fit.
struct PastTiles {
    let inner: Rect
    let side: Int
    let columns: Int
    let count: Int

    init?(_ inner: Rect, count: Int) {
        let inner = inner.inset(left: 1)
        func grid(_ side: Int) -> (Int, Int) { ((inner.width + 2) / (side + 2), inner.height / (side / 2 + 2)) }
        let side = [28, 20, 14, 12, 10, 8].first { grid($0).0 * grid($0).1 >= count } ?? 8
        let (columns, rows) = grid(side)
        guard columns > 0, rows > 0 else { return nil }
        (self.inner, self.side, self.columns, self.count) = (inner, side, columns, min(count, columns * rows))
    }

    func cell(_ number: Int) -> Rect {
        Rect(
            x: inner.x + number % columns * (side + 2), y: inner.y + number / columns * (side / 2 + 2), width: side,
            height: side / 2 + 1)
    }
}
