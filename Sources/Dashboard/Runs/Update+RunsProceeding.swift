import Experiments
import TerminalUI

extension DashboardState {
    /// More would be a slip of a finger.
    private static let mostEpochs = 1_000_000

    /// Why a run can't go on; nil if it can.
    func refusal(toProceed row: RunRow) -> String? {
        let run = row.summary
        guard row.isSaved else { return "run \(run.id) is not saved: it can't be taken up" }
        guard row.spec != nil else { return "run \(run.id): this program can't read its spec" }
        switch run.state {
        case .running, .paused: return "run \(run.id) is being trained"
        case .failed: return "run \(run.id) has failed: it can't go on"
        case .finished, .stopped, .interrupted:
            guard data.loaded != nil else { return "the data set is still loading" }
            // The newest run's may not have been listed yet.
            let hasCheckpoint = run.checkpointEpoch != nil || row.key == self.run?.key
            return hasCheckpoint ? nil : "run \(run.id): no place to go on from is saved"
        }
    }

    /// Goes on with the selected run where it was left; with one that is finished once it is said for how long.
    mutating func proceed() -> [Effect] {
        guard let row = selectedRun, let number = row.saved else { return [] }
        let isDone = row.summary.state == .finished || row.summary.epochs >= row.summary.plannedEpochs
        guard !isDone else {
            let epochs = row.spec?.training.epochs ?? 10
            runs.typing = RunsTyping(
                purpose: .epochs(run: number), field: TextField(text: "\(epochs)", isSelected: true))
            return []
        }
        return resume(row)
    }

    /// Goes on for more epochs than the run has.
    mutating func proceed(_ number: Int, epochs: Int) -> [Effect] {
        guard let row = runs.rows.first(where: { $0.saved == number }), refusal(toProceed: row) == nil else {
            return []
        }
        return resume(row, epochs: max(row.summary.epochs, row.summary.checkpointEpoch ?? 0) + epochs)
    }

    mutating func check(_ typing: inout RunsTyping) {
        let isGood = Int(typing.field.text).map((1...Self.mostEpochs).contains) ?? false
        typing.refusal = isGood ? nil : "expected 1 to \(Figures.grouped(Self.mostEpochs)) epochs"
    }

    /// - Parameter epochs: in all; nil for those it was meant to have.
    private mutating func resume(_ row: RunRow, epochs: Int? = nil) -> [Effect] {
        guard var spec = row.spec else { return [] }
        if let epochs { spec.training.epochs = epochs }
        let run = row.summary
        let effects = resume(
            ResumableRun(
                number: run.id, title: run.title, spec: spec, epochs: run.epochs, plannedEpochs: spec.training.epochs))
        if !effects.isEmpty {
            runs.selected = self.run?.key
            message = .note("run \(run.id) goes on to epoch \(spec.training.epochs)")
        }
        return effects
    }
}
