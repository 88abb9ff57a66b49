import Experiments
import Neural
import Training

/// A saved run that this program has claimed, with the place where it goes on.
struct ClaimedRun: Sendable {
    let number: Int
    /// nil: from its start.
    let state: TrainerState?
    /// Those up to that place.
    let epochs: [EpochFigures]
    /// Validation loss of the best weights that are saved.
    let leastLoss: Double?

    /// - Parameters:
    ///   - spec: its own, at most with more epochs than it was meant to have.
    ///   - fingerprint: of the data set that it goes on with.
    /// - Throws: where it is trained elsewhere, was trained with other images, or can't be read.
    init(
        _ number: Int, _ spec: ExperimentSpec, store: RunStore, fingerprint: () throws(StoreError) -> String
    ) throws(StoreError) {
        self.number = number
        guard let summary = try store.summary(of: number) else { throw .noRun("\(number)", nearest: nil) }
        if let expected = summary.fingerprint, try fingerprint() != expected {
            throw .damaged(run: number, what: "the data set", reason: "its images are not those it was trained with")
        }
        let epochsInAll = spec.training.epochs == summary.plannedEpochs ? nil : spec.training.epochs
        try store.claim(run: number, epochs: epochsInAll)
        var state = try store.checkpoint(of: number)
        if epochsInAll != nil { state?.stopsEarly = false }
        let all = try store.epochs(of: number)
        let best = try store.weights(of: number, .best)
        var mark = RunProgress()
        let position = state.map { Double($0.epoch) + Double($0.batch) / Double(max(1, summary.batchesPerEpoch)) } ?? 0
        mark.events = [RunEvent(.resumed, position: position)]
        if let epochsInAll { mark.events.append(RunEvent(.continued, position: position, value: Double(epochsInAll))) }
        try store.record(mark, run: number)
        epochs = all.filter { $0.epoch <= state?.epoch ?? 0 }
        leastLoss = all.first { $0.epoch == best?.epoch }?.validationLoss
        self.state = state
    }
}
