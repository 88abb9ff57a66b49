import TerminalUI
import Training

extension DashboardState {
    // MARK: - The cell

    mutating func moveCell(_ direction: Command.Direction) {
        var cell = confusionCell
        switch direction {
        case .up: cell.row -= 1
        case .down: cell.row += 1
        case .left: cell.column -= 1
        case .right: cell.column += 1
        }
        confusion.chosen = clamped(cell)
    }

    mutating func chooseCell(row: Int? = nil, column: Int? = nil) {
        let cell = confusionCell
        confusion.chosen = clamped(ConfusionCell(row: row ?? cell.row, column: column ?? cell.column))
    }

    // MARK: - Epochs and baselines

    /// Why the epochs or a baseline can't be chosen now; nil if they can, or where the keys mean something else.
    func disabledInConfusion(_ command: Command) -> Message? {
        guard keyContexts.first == .confusion else {
            return curves.window == nil ? .note("all of the run is on the screen: + zooms in") : nil
        }
        if command == .cycleBaseline {
            return otherRuns.isEmpty && !runs.isLoading ? .note(RunsState.noOther) : nil
        }
        if confusion.source == .test {
            return .note("the test set is not measured at every epoch: v shows the validation rows")
        }
        return run?.confusions.epochs.isEmpty == false ? nil : .note("no epoch was measured yet")
    }

    /// Along the epochs in Confusion, along the x axis in Curves.
    mutating func slide(_ steps: Int) {
        guard keyContexts.first == .confusion else { return panCurves(Double(steps) * 0.25) }
        guard let epochs = run?.confusions.epochs, let shown = shownConfusion?.epoch else { return }
        let now = epochs.lastIndex { $0 <= shown } ?? 0
        chooseEpoch(index: now + steps)
    }

    /// The newest epoch stays the newest one while the run goes on.
    private mutating func chooseEpoch(index: Int) {
        guard let epochs = run?.confusions.epochs, !epochs.isEmpty else { return }
        let index = min(max(0, index), epochs.count - 1)
        confusion.epoch = index == epochs.count - 1 ? nil : epochs[index]
    }

    /// Other runs with a matrix to compare with: the marked ones, the last first, or else earlier ones, the newest first.
    /// The matrix of a saved run may still be on its way.
    private var otherRuns: [RunKey] {
        let marked = comparison.marked.map(\.key).filter { $0 != run?.key }
        return (marked.isEmpty ? earlierRuns : marked).reversed().filter { key in
            guard let record = record(key) else { return true }
            return record.confusion(confusion.source) != nil
        }
    }

    /// The next of the other runs, and after the last none.
    mutating func cycleBaseline() {
        let others = otherRuns
        guard let first = others.first else { return runs.read(for: .baseline, orSay: &message) }
        guard case .run(let key) = confusion.baseline, let index = others.firstIndex(of: key) else {
            return confusion.baseline = .run(first)
        }
        confusion.baseline = index + 1 < others.count ? .run(others[index + 1]) : nil
    }

    // MARK: - Mouse

    mutating func selectCell(_ x: Int, _ y: Int, _ area: Rect) {
        guard let shown = shownConfusion else { return }
        let map = ConfusionView.mapArea(in: area.inset(by: 1), self)
        let heatmap = heatmap(shown, selecting: true)
        guard let cell = heatmap.cell(atX: x, y: y, in: map, look: look) else { return }
        confusion.chosen = ConfusionCell(row: cell.row, column: cell.column)
    }

    /// A click on a cell, an epoch or a pair.
    mutating func clickedConfusion(_ x: Int, _ y: Int, _ layout: ConfusionLayout) {
        if pointedAtSlider(MouseEvent(kind: .press, x: x, y: y)) { return }
        if let pairs = layout.pairs, pairs.inset(by: 1).contains(x: x, y: y) {
            let list = shownConfusion?.mostConfused(pairs.height - 2) ?? []
            let line = y - pairs.y - 1
            if list.indices.contains(line) {
                confusion.chosen = ConfusionCell(row: list[line].truth, column: list[line].predicted)
            }
            return
        }
        selectCell(x, y, layout.heatmap)
    }

    /// A click or a drag on the slider chooses the epoch under the pointer, the wheel the next one.
    ///
    /// - Returns: whether the event was for the slider.
    mutating func pointedAtSlider(_ event: MouseEvent) -> Bool {
        guard screen == .confusion, let slider = EpochSlider(self),
            let line = ConfusionView.sliderLine(
                in: ConfusionLayout(ScreenLayout(self).body).heatmap.inset(by: 1), self),
            line.contains(x: event.x, y: event.y)
        else { return false }
        switch event.kind {
        case .press, .drag: if let index = slider.index(atColumn: event.x, in: line) { chooseEpoch(index: index) }
        case .scrollUp: slide(1)
        case .scrollDown: slide(-1)
        case .release: break
        }
        return true
    }
}
