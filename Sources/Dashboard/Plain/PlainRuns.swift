import Experiments
import Training

/// A line a run, the one at hand among them, and what tells it from the others.
enum PlainRuns {
    static func lines(_ state: DashboardState) -> [PlainLine] {
        let runs = state.sortedRuns
        guard let selected = state.selectedRun else {
            return [PlainLine("runs", "none yet, space starts the first", isSelected: true)]
        }
        var lines = [PlainLine("sorted by", state.runs.sort.rawValue)]
        lines += runs.map { run in
            let marked = state.comparison.isMarked(run.id) ? ", marked" : ""
            return PlainLine(
                "run \(run.id)",
                "\(PlainRun.word(run.state))\(marked), best validation loss "
                    + "\(PlainText.loss(run.history.best?.validationLoss)), \(run.spec.shortDescription)",
                isSelected: run.id == selected.id)
        }
        lines += [
            PlainLine("epochs of run \(selected.id)", "\(selected.history.count) of \(selected.spec.training.epochs)"),
            PlainLine("best epoch of run \(selected.id)", selected.bestEpoch.map { "\($0)" } ?? "not known"),
            PlainLine(
                "validation accuracy of run \(selected.id)",
                PlainText.percent(selected.history.best?.validationAccuracy)),
            PlainLine("test accuracy of run \(selected.id)", PlainText.percent(selected.testMetrics?.accuracy)),
            PlainLine("time of run \(selected.id)", Figures.duration(selected.history.seconds)),
        ]
        let others = state.shownRuns.filter { $0.id != selected.id }
        guard !others.isEmpty else { return lines }
        let all = [selected] + others
        for field in SpecDifference.fields(all.map(\.spec)) {
            let texts = zip(all, field.texts).map { "run \($0.id) \($1)" }
            lines.append(PlainLine("differs in \(field.name)", texts.joined(separator: ", ")))
        }
        return lines
    }
}
