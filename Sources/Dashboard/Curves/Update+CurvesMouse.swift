import TerminalUI

extension DashboardState {
    /// The chart under the pointer, with its area inside the border.
    private func chart(at x: Int, _ y: Int) -> (chart: LineChart, area: Rect)? {
        let body = ScreenLayout(self).body
        let areas: [(CurvesModel.Quantity, Rect)]
        switch screen {
        case .curves:
            let layout = CurvesLayout(body, runs: shownRuns.count)
            areas = [(.loss, layout.loss), (.accuracy, layout.accuracy)]
        case .lab:
            let layout = LabLayout(body, focus: focus, layers: composer.spec.network.hidden.count)
            areas = [(.loss, layout.areas[.loss] ?? .zero), (.accuracy, layout.areas[.accuracy] ?? .zero)]
        default: return nil
        }
        guard let (quantity, area) = areas.first(where: { $0.1.contains(x: x, y: y) }),
            let chart = CurvesModel(self, quantity)?.chart()
        else { return nil }
        return (chart, area.inset(by: 1))
    }

    /// What the mouse does to a chart: a click sets the cursor and a drag takes it along, the wheel zooms around the
    /// pointer, and over the x axis it pans.
    ///
    /// - Returns: whether the event was for a chart.
    mutating func pointedAtCurves(_ event: MouseEvent) -> Bool {
        guard let (chart, area) = chart(at: event.x, event.y), let run else { return false }
        let place = chart.place(atColumn: event.x, in: area)
        switch event.kind {
        case .scrollUp, .scrollDown:
            let direction = event.kind == .scrollUp ? 1 : -1
            if event.y >= area.maxY {
                panCurves(Double(-direction) * 0.1)
            } else {
                zoomCurves(direction, around: place.map { $0 / curvesUnit(of: run) })
            }
        case .press, .drag:
            if let place, event.y < area.maxY { setCurveCursor(at: place) }
        case .release: break
        }
        return true
    }
}
