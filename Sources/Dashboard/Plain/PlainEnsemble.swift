import Reports
import Training

/// The mean of several runs: a line for each of them, what it gains, and where they differ.
enum PlainEnsemble {
    static func lines(_ state: RunEnsembleState, _ shared: Shared) -> [PlainLine] {
        guard let report = state.report else { return [] }
        func figures(_ errors: Int, _ accuracy: Double) -> String {
            "\(Figures.grouped(errors)) test errors, accuracy \(PlainText.percent(accuracy))"
        }
        var lines = [
            PlainLine(
                "ensemble of \(report.members.count) runs",
                "\(report.mean.rawValue) mean, \(figures(report.errors, report.accuracy))", isSelected: true)
        ]
        for member in report.members {
            lines.append(
                PlainLine(
                    "run \(member.name)",
                    "\(figures(member.errors, member.accuracy)), adds \(member.added.count), costs "
                        + "\(member.lost.count), alone right on \(member.onlyItRight)"))
        }
        lines.append(PlainLine("gain", RunEnsembleView.gain(report)))
        lines += RunEnsembleView.facts(report).map { PlainLine($0.name, $0.text) }
        for ensemble in state.ensemble.saved {
            lines.append(
                PlainLine(
                    "saved ensemble \(ensemble.name)",
                    "\(ensemble.mean.rawValue) mean of \(ensemble.members.count) runs"))
        }
        return lines + [
            PlainLine(
                "left and right",
                "the other mean, \(shared.key(.name)) saves it under a name, enter asks it in Draw, esc is back")
        ]
    }
}
