import Runs
import TerminalUI

/// Keys while the ensemble of the marked runs is shown.
extension RunsScreen {
    /// The marked runs, or else the one that is shown, and the selected one, by their numbers in the store; nil where
    /// these are fewer than two.
    func averagedRuns(_ shared: Shared) -> [Int]? {
        var runs = shared.comparison.marked.compactMap { savedNumber($0.key, shared) }
        // The run that is shown has a mark of its own in the table, and can't get another.
        if runs.isEmpty, let shown = shared.run?.saved { runs = [shown] }
        if let selected = selectedRun?.saved, !runs.contains(selected) { runs.append(selected) }
        return runs.count > 1 ? runs : nil
    }

    /// Up and down scroll; left and right choose the mean.
    mutating func moveInEnsemble(
        _ ensemble: RunEnsembleState, _ direction: Command.Direction, _ shared: Shared, _ place: Place
    ) {
        switch direction {
        case .up: scrollEnsemble(by: -1, shared, place)
        case .down: scrollEnsemble(by: 1, shared, place)
        case .left, .right: self.ensemble?.mean = ensemble.mean == .arithmetic ? .geometric : .arithmetic
        }
    }

    /// Scrolls by so many lines.
    mutating func scrollEnsemble(by step: Int, _ shared: Shared, _ place: Place) {
        guard let ensemble else { return }
        let lines = RunEnsembleView.lines(ensemble, shared, width: place.area.width - 4).count
        let most = max(0, lines - max(1, place.area.height - 2))
        self.ensemble?.start = min(max(0, min(ensemble.start, most) + step), most)
    }

    /// A name for the shown ensemble is typed.
    mutating func startNamingEnsemble() {
        guard let ensemble else { return }
        typing = RunsTyping(
            purpose: .ensemble(runs: ensemble.ensemble.runs, mean: ensemble.mean), field: TextField(text: ""))
    }
}
