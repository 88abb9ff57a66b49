import Runs
import Specs
import TerminalUI

extension RunsScreen {
    /// Why a run can't be resumed; nil if it can.
    func refusal(toProceed row: RunRow, _ shared: Shared) -> String? {
        let run = row.summary
        guard row.isSaved else { return "run \(run.id) is not saved: it can't be resumed" }
        guard row.isReadable else { return "run \(run.id): this program can't read its spec" }
        if run.isImported {
            return "run \(run.id): its weights were imported; \(shared.key(.useWeights)) begins a new run with them"
        }
        switch run.state {
        case .running, .paused: return "run \(run.id) is being trained"
        case .failed where run.checkpointEpoch == nil:
            return "run \(run.id) has failed, and no state from before that is saved"
        case .finished, .stopped:
            if run.size?.state == 0, let reason = Resumption.refusalWithoutState(of: run) {
                return "run \(run.id): \(reason)"
            }
            fallthrough
        case .failed, .interrupted:
            return shared.sessionData.loaded == nil ? "the data set is still loading" : nil
        }
    }

    /// Why no run can begin with a run's weights; nil if one can, as far as is known without them.
    func refusal(toUseWeightsOf row: RunRow, _ shared: Shared) -> String? {
        let run = row.summary
        guard row.isSaved else { return "run \(run.id) is not saved: no other one can begin with its weights" }
        guard row.isReadable else { return Self.unreadable(row) }
        if run.state.isAlive { return "run \(run.id) is being trained: its final weights are not there yet" }
        if let refusal = shared.refusalToUseWeights { return refusal }
        return shared.sessionData.loaded == nil ? "the data set is still loading" : nil
    }

    /// Why no other run can learn from it; nil where one can.
    func refusal(toTeachBy row: RunRow, _ shared: Shared) -> String? {
        let run = row.summary
        guard row.isSaved else { return "run \(run.id) is not saved: no other one can learn from it" }
        guard row.isReadable else { return Self.unreadable(row) }
        if run.state.isAlive { return "run \(run.id) is being trained: its final weights are not there yet" }
        return shared.sessionData.loaded == nil ? "the data set is still loading" : nil
    }

    /// Resumes the selected run where it was left. A finished one needs a number of epochs first, a failed one a
    /// learning rate.
    mutating func proceed(_ shared: inout Shared) -> [Effect] {
        guard let row = selectedRun, let number = row.saved else { return [] }
        if row.summary.state == .failed {
            let rate = SpecNumber.short((row.summary.learningRate ?? 1e-3) / 10)
            typing = RunsTyping(purpose: .rate(run: number), field: TextField(text: rate, isSelected: true))
            return []
        }
        let isDone = row.summary.state == .finished || row.summary.epochs >= row.summary.plannedEpochs
        guard !isDone else {
            let epochs = row.spec?.training.epochs ?? 10
            typing = RunsTyping(
                purpose: .epochs(run: number), field: TextField(text: "\(epochs)", isSelected: true))
            return []
        }
        return resume(row, Resumption.Request(), &shared)
    }

    /// Resumes a run with another setting.
    mutating func proceed(_ number: Int, _ request: Resumption.Request, _ shared: inout Shared) -> [Effect] {
        guard let row = rows.first(where: { $0.saved == number }), refusal(toProceed: row, shared) == nil else {
            return []
        }
        return resume(row, request, &shared)
    }

    /// Why a number is refused; nil if it is not.
    func refusal(of text: String, _ range: SettingRange) -> String? {
        do throws(SpecError) { _ = try range.value(text) } catch {
            return "\(error.problem); expected \(error.expected)"
        }
        return nil
    }

    private mutating func resume(
        _ row: RunRow, _ request: Resumption.Request, _ shared: inout Shared
    ) -> [Effect] {
        guard let run = ResumableRun(row.summary) else {
            shared.message = .error("run \(row.summary.id): this program can't read its line")
            return []
        }
        let effects = shared.resume(run, request)
        if !effects.isEmpty {
            selected = shared.run?.key
            let done = max(row.summary.epochs, row.summary.checkpointEpoch ?? 0)
            let epochs = request.moreEpochs.map { done + $0 } ?? row.summary.plannedEpochs
            shared.message = .note("run \(run.number) is resumed, up to epoch \(epochs)")
        }
        return effects
    }
}
