import TerminalUI
import Training

extension ConfusionScreen: ScreenState {
    // MARK: - The cell

    /// The selected cell: the most frequent mistake before the user selects one.
    func cell(_ shared: Shared) -> ConfusionCell {
        if let chosen { return clamped(chosen, shared) }
        let worst = shared.shownConfusion?.mostConfused(1).first
        return worst.map { ConfusionCell(row: $0.truth, column: $0.predicted) } ?? ConfusionCell(row: 0, column: 0)
    }

    private func clamped(_ cell: ConfusionCell, _ shared: Shared) -> ConfusionCell {
        let last = max(0, shared.composer.spec.network.classes - 1)
        return ConfusionCell(row: min(max(0, cell.row), last), column: min(max(0, cell.column), last))
    }

    private mutating func choose(row: Int? = nil, column: Int? = nil, _ shared: Shared) {
        let cell = cell(shared)
        chosen = clamped(ConfusionCell(row: row ?? cell.row, column: column ?? cell.column), shared)
    }

    /// - Parameter hasMargins: whether recall and precision stand beside it where they have room.
    func heatmap(_ shown: ShownConfusion, selecting: Bool, hasMargins: Bool, _ shared: Shared) -> Heatmap {
        let cell = cell(shared)
        return Heatmap(
            counts: shown.counts, labels: (0..<shown.classes).map(String.init),
            selected: selecting ? (row: cell.row, column: cell.column) : nil, mode: mode,
            hideDiagonal: hidesDiagonal, baseline: shown.baseline, names: shared.classNames.short,
            margins: hasMargins ? HeatmapMargins(shown) : nil)
    }

    // MARK: - Verbs

    package mutating func move(_ direction: Command.Direction, _ shared: inout Shared, _ place: Place) -> Reply {
        let cell = cell(shared)
        if alone == .detail, detail == .classes, place.panel == nil, direction == .up || direction == .down {
            stepClass(direction == .up ? -1 : 1, shared)
            return []
        }
        switch direction {
        case .up: choose(row: cell.row - 1, shared)
        case .down: choose(row: cell.row + 1, shared)
        case .left: choose(column: cell.column - 1, shared)
        case .right: choose(column: cell.column + 1, shared)
        }
        return []
    }

    /// The classes of the matrix on the screen, in the order of their table.
    func classes(_ shown: ShownConfusion, _ shared: Shared) -> [ConfusionMetrics.PerClass] {
        let newest = shown.evaluation != nil ? shared.metrics?.counts : nil
        return ordered((newest ?? ConfusionMetrics(shown.counts)).perClass)
    }

    /// The class on a line of the table.
    private func classAt(y: Int, _ shared: Shared, in area: Rect) -> Int? {
        guard let shown = shared.shownConfusion else { return nil }
        let order = classes(shown, shared)
        let window = ClassWindow(order, around: cell(shared).row, height: area.inset(by: 1).height)
        let index = window.rows.lowerBound + y - area.y - 2
        return window.rows.contains(index) ? order[index].label : nil
    }

    /// Chooses the next row of the matrix in the order of the classes' table.
    private mutating func stepClass(_ steps: Int, _ shared: Shared) {
        guard let shown = shared.shownConfusion else { return }
        let order = classes(shown, shared).map(\.label)
        let place = order.firstIndex(of: cell(shared).row) ?? 0
        choose(row: order[min(max(0, place + steps), order.count - 1)], shared)
    }

    /// The heatmap is one page, so that a page is all of its rows.
    package mutating func page(_ pages: Int, _ shared: inout Shared, _ place: Place) -> Reply {
        choose(row: pages < 0 ? 0 : .max, shared)
        return []
    }

    package mutating func jump(toEnd: Bool, _ shared: inout Shared, _ place: Place) -> Reply {
        choose(column: toEnd ? .max : 0, shared)
        return []
    }

    package mutating func open(_ shared: inout Shared, _ place: Place) -> Reply {
        let cell = cell(shared)
        if let shown = shared.shownConfusion, shown.evaluation == nil, let newest = shared.evaluation {
            shared.message = .note(
                "\(shared.classNames.noun)s of epoch \(newest.epoch), the newest: of epoch \(shown.epoch) only the counts are there"
            )
        }
        return .going(to: .digits(DigitsFilter(truth: cell.row, predicted: cell.column, shown: .all)))
    }

    package mutating func back(_ shared: inout Shared, _ place: Place) -> Bool {
        guard alone == nil || place.panel != nil else {
            alone = nil
            return true
        }
        return shared.lookBack.leavesPast()
    }

    /// The newest epoch stays the newest one while the run goes on.
    private func choose(epochIndex index: Int, _ shared: inout Shared) {
        guard let epochs = shared.run?.confusions.epochs, !epochs.isEmpty else { return }
        let index = min(max(0, index), epochs.count - 1)
        shared.lookBack.epoch = index == epochs.count - 1 ? nil : epochs[index]
    }

    func slide(_ steps: Int, _ shared: inout Shared) {
        guard let epochs = shared.run?.confusions.epochs, let shown = shared.shownConfusion?.epoch else { return }
        let now = epochs.lastIndex { $0 <= shown } ?? 0
        choose(epochIndex: now + steps, &shared)
    }

    // MARK: - Mouse

    func layout(_ shared: Shared, _ place: Place) -> ConfusionLayout {
        var contents = ConfusionContents(hasEpochs: EpochSlider(self, shared) != nil)
        if let shown = shared.shownConfusion {
            (contents.classes, contents.pairs) = (shown.classes, shown.mostConfused(.max).count)
        }
        return ConfusionLayout(
            place, contents, names: shared.classNames, first: detail, alone: alone, glyphs: shared.look.glyphs)
    }

    package mutating func pointed(_ event: MouseEvent, _ shared: inout Shared, _ place: Place) -> Reply? {
        let layout = layout(shared, place)
        if pointedAtSlider(event, &shared, layout) { return [] }
        if let table = layout.details[.classes], table.inset(by: 1).contains(x: event.x, y: event.y) {
            switch event.kind {
            case .scrollUp: stepClass(-1, shared)
            case .scrollDown: stepClass(1, shared)
            case .press:
                if let label = classAt(y: event.y, shared, in: table) { choose(row: label, shared) }
            case .drag, .release: return nil
            }
            return []
        }
        guard event.kind == .press else { return nil }
        if let pairs = layout.details[.pairs], pairs.inset(by: 1).contains(x: event.x, y: event.y) {
            if let pair = ConfusedPairsLayout(pairs, shared).pair(atX: event.x, y: event.y) {
                chosen = ConfusionCell(row: pair.truth, column: pair.predicted)
            }
            return []
        }
        guard let shown = shared.shownConfusion else { return [] }
        let heatmap = heatmap(shown, selecting: true, hasMargins: place.panel == nil, shared)
        if let cell = heatmap.cell(atX: event.x, y: event.y, in: layout.map, look: shared.look) {
            chosen = ConfusionCell(row: cell.row, column: cell.column)
        }
        return []
    }

    /// A click or a drag on the slider chooses the epoch under the pointer, the wheel the next one.
    ///
    /// - Returns: whether the event was for the slider.
    private func pointedAtSlider(_ event: MouseEvent, _ shared: inout Shared, _ layout: ConfusionLayout) -> Bool {
        guard let line = layout.slider, line.contains(x: event.x, y: event.y),
            let slider = EpochSlider(self, shared)
        else { return false }
        switch event.kind {
        case .press, .drag:
            if let index = slider.index(atColumn: event.x, in: line) { choose(epochIndex: index, &shared) }
        case .scrollUp: slide(1, &shared)
        case .scrollDown: slide(-1, &shared)
        case .release: break
        }
        return true
    }

    // MARK: - Views

    package func draw(_ shared: Shared, in body: Rect, on buffer: inout Buffer) {
        ConfusionView.draw(ScreenContext(self, shared, Place(body)), in: body, on: &buffer)
    }

    package func plain(_ shared: Shared) -> [PlainLine] {
        PlainConfusion.lines(ScreenContext(self, shared, Place(.zero)))
    }
}
