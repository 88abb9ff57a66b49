import Searching
import TerminalUI

/// Brushing: a range on an axis, by keys or by the mouse.
extension SearchScreen {
    /// Whether the arrows and Enter act on an axis.
    func isBrushing(_ place: Place) -> Bool { axis != nil && layout(place).areas[.axes] != nil }

    /// The next axis; before the first one the arrows choose trials again.
    mutating func moveAxis(by step: Int) {
        guard let axes = shown?.axes.axes, !axes.isEmpty else { return }
        let next = min(axes.count - 1, (axis ?? -1) + step)
        (axis, brushStart) = (next >= 0 ? next : nil, nil)
        guard let axis else { return }
        // From the selected trial a range is soon chosen.
        let place = selectedTrial.flatMap { shown?.axes.share(of: $0, on: axes[axis]) }
        cursor = settled(place ?? 0.5, on: axes[axis])
    }

    /// To the next text, or a twentieth of the axis.
    mutating func moveOnAxis(by step: Int) {
        guard let axis, let drawn = shown?.axes.axes, drawn.indices.contains(axis) else { return }
        let width = drawn[axis].texts.map { 1 / Double(max(1, $0 - 1)) } ?? 0.05
        cursor = settled(cursor + Double(step) * width, on: drawn[axis])
        if let brushStart { setBrush(brushStart, cursor, on: drawn[axis]) }
    }

    /// The first end of a range, then its other end, then none again.
    mutating func brushHere() {
        guard let axis, let drawn = shown?.axes.axes, drawn.indices.contains(axis) else { return }
        if brushStart != nil {
            brushStart = nil
        } else if brush[drawn[axis]] != nil {
            brush[drawn[axis]] = nil
            arrange()
        } else {
            brushStart = cursor
            setBrush(cursor, cursor, on: drawn[axis])
        }
    }

    mutating func unbrush() {
        (brush, brushStart) = (SearchBrush(), nil)
        arrange()
    }

    private mutating func setBrush(_ one: Double, _ other: Double, on axis: SearchAxes.Axis) {
        guard let axes = shown?.axes else { return }
        let (low, high) = (axes.value(at: min(one, other), on: axis), axes.value(at: max(one, other), on: axis))
        // The ends of the axis take all that lies there, whatever was rounded.
        let isResult = axis.measure == .result
        let least = isResult && min(one, other) <= 0 ? -Double.infinity : low
        let greatest = isResult && max(one, other) >= 1 ? Double.infinity : high
        brush[axis] = min(least, greatest)...max(least, greatest)
        arrange()
    }

    /// On a choice the nearest text.
    private func settled(_ share: Double, on axis: SearchAxes.Axis) -> Double {
        let share = min(1, max(0, share))
        guard let texts = axis.texts else { return share }
        guard texts > 1 else { return 0.5 }
        return (share * Double(texts - 1)).rounded() / Double(texts - 1)
    }

    // MARK: - Mouse

    /// A click selects a trial, a search or an axis; a second one on a trial opens it; a drag along an axis brushes it.
    package mutating func pointed(_ event: MouseEvent, _ shared: inout Shared, _ place: Place) -> Reply? {
        let areas = layout(place).areas
        if event.kind == .drag || event.kind == .release { return dragged(event, areas) }
        guard let (panel, area) = areas.first(where: { $0.value.contains(x: event.x, y: event.y) }) else { return nil }
        switch event.kind {
        case .scrollUp, .scrollDown:
            let direction: Command.Direction = event.kind == .scrollUp ? .up : .down
            (axis, brushStart) = (nil, nil)
            if panel == .list { show(neighbour(event.kind == .scrollUp ? -1 : 1)) }
            return panel == .list ? [] : move(direction, &shared, place)
        case .press: break
        case .drag, .release: return nil
        }
        self.panel = panel
        if panel != .axes { (axis, brushStart) = (nil, nil) }
        switch panel {
        case .trials: return clickedTrial(event.y - area.y - 2, area, &shared, place)
        case .list:
            let row = event.y - area.y - 2 + SearchListView.first(self, in: area)
            if let listings, listings.indices.contains(row), row >= 0 { show(listings[row].search.id) }
        case .axes: pressedAxis(event, area)
        case .best: isByTime.toggle()
        case .rungs, .importance: break
        }
        return []
    }

    private mutating func clickedTrial(_ line: Int, _ area: Rect, _ shared: inout Shared, _ place: Place) -> Reply {
        let row = line + SearchTrialsView.first(self, in: area)
        guard line >= 0, line < area.height - 3, rows.indices.contains(row), let shown else { return [] }
        let number = shown.summary.trials[rows[row]].number
        if number == selectedTrial?.number, refusalToOpen(shared) == nil { return open(&shared, place) }
        selected = number
        return []
    }

    private mutating func pressedAxis(_ event: MouseEvent, _ area: Rect) {
        guard let shown, let (axis, share) = SearchAxesView.place(of: event, shown, self, in: area) else { return }
        self.axis = axis
        cursor = settled(share, on: shown.axes.axes[axis])
        brushStart = nil
    }

    /// A drag begins a range where the button went down.
    private mutating func dragged(_ event: MouseEvent, _ areas: [Panel: Rect]) -> Reply? {
        guard let axis, let area = areas[.axes], let shown, shown.axes.axes.indices.contains(axis) else { return nil }
        guard event.kind == .drag else {
            brushStart = nil
            return []
        }
        let share = SearchAxesView.share(atY: event.y, in: area)
        let drawn = shown.axes.axes[axis]
        if brushStart == nil { brushStart = cursor }
        cursor = settled(share, on: drawn)
        setBrush(brushStart ?? cursor, cursor, on: drawn)
        return []
    }
}
