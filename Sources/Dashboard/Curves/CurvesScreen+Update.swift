import TerminalUI
import Training

extension CurvesScreen: ScreenState {
    // MARK: - Verbs

    package mutating func move(_ direction: Command.Direction, _ shared: inout Shared, _ place: Place) -> Reply {
        if direction == .left || direction == .right { moveCursor(by: direction == .left ? -1 : 1, shared) }
        return []
    }

    package mutating func page(_ pages: Int, _ shared: inout Shared, _ place: Place) -> Reply {
        moveCursor(by: pages * 10, shared)
        return []
    }

    package mutating func jump(toEnd: Bool, _ shared: inout Shared, _ place: Place) -> Reply {
        moveCursor(by: toEnd ? 1_000_000 : -1_000_000, shared)
        return []
    }

    package mutating func open(_ shared: inout Shared, _ place: Place) -> Reply { .going(to: .screen(.curves)) }

    package mutating func back(_ shared: inout Shared, _ place: Place) -> Bool {
        guard cursor != nil else { return false }
        cursor = nil
        return true
    }

    // MARK: - Mouse

    /// A click sets the cursor and a drag takes it along, the wheel zooms around the pointer, and over the x axis it pans.
    package mutating func pointed(_ event: MouseEvent, _ shared: inout Shared, _ place: Place) -> Reply? {
        guard let (chart, area) = chart(at: event.x, event.y, shared, place), let run = shared.run else { return nil }
        let x = chart.place(atColumn: event.x, in: area)
        switch event.kind {
        case .scrollUp, .scrollDown:
            let direction = event.kind == .scrollUp ? 1 : -1
            if event.y >= area.maxY {
                pan(Double(-direction) * 0.1, shared)
            } else {
                zoom(direction, around: x.map(places(run, shared).epochs), shared)
            }
        case .press, .drag: if let x, event.y < area.maxY { setCursor(at: x, shared) }
        case .release: break
        }
        return []
    }

    /// The chart under the pointer, with its area inside the border.
    private func chart(at x: Int, _ y: Int, _ shared: Shared, _ place: Place) -> (chart: LineChart, area: Rect)? {
        let areas: [(CurvesModel.Quantity, Rect)]
        switch place.panel {
        case nil:
            let layout = CurvesLayout(place.area, runs: shared.shownRuns.count)
            areas = [(.loss, layout.loss), (.accuracy, layout.accuracy)]
        case .accuracy: areas = [(.accuracy, place.area)]
        case .loss, .composer, .confusion, .wrong: areas = [(.loss, place.area)]
        }
        guard let (quantity, area) = areas.first(where: { $0.1.contains(x: x, y: y) }) else { return nil }
        let context = ScreenContext(self, shared, place)
        guard let model = CurvesModel(context, quantity) else { return nil }
        return (model.chart(columns: area.width), area.inset(by: 1))
    }

    // MARK: - Elsewhere

    package mutating func runStarted() { (cursor, window, isLinear) = (nil, nil, false) }

    package mutating func noted(_ event: TrainingEvent, _ shared: Shared) {
        if case .epochFinished = event { keepCursor(shared) }
    }

    // MARK: - Views

    package func draw(_ shared: Shared, in body: Rect, on buffer: inout Buffer) {
        CurvesView.draw(ScreenContext(self, shared, Place(body)), in: body, on: &buffer)
    }

    package func plain(_ shared: Shared) -> [PlainLine] { PlainCurves.lines(ScreenContext(self, shared, Place(.zero))) }
}
