import Datasets
import Dispatch
import Experiments
import Foundation
import Neural
import Training

/// Records the runs of a session, one after the other. Lives on the main thread.
final class RunSaver {
    private let store: RunStore
    private let source: DatasetSource
    private let onThread: @Sendable () -> Void
    private let post: @Sendable (RecordingNews, Int) -> Void
    private var recorder: RunRecorder?
    /// Recorders of earlier runs that still have something to save.
    private let closing = DispatchGroup()

    /// How long an earlier run's last moments are tried to be saved.
    private static let patience = Duration.seconds(60)

    init(
        store: RunStore, source: DatasetSource, onThread: @escaping @Sendable () -> Void,
        post: @escaping @Sendable (RecordingNews, Int) -> Void
    ) {
        self.store = store
        self.source = source
        self.onThread = onThread
        self.post = post
    }

    /// What a new run starts with.
    func begin(_ spec: ExperimentSpec, dataset: Dataset, threads: Int, run id: Int) -> TrainingSession.Start {
        let (name, place) = (dataset.name, source.argument)
        return TrainingSession.Start(
            keeper: record(
                .new { facts in
                    NewRun(
                        spec: spec, dataset: name, dataSource: place, facts: facts, machine: .current(threads: threads))
                }, dataset: dataset, run: id))
    }

    /// What a saved run goes on with, and the epochs it has.
    ///
    /// - Parameter spec: its own, at most with more epochs than it was meant to have.
    func resume(
        _ number: Int, _ spec: ExperimentSpec, dataset: Dataset, run id: Int
    ) throws(StoreError) -> (start: TrainingSession.Start, epochs: [EpochFigures]) {
        // It may be the one that has just ended here: its last moments go before.
        _ = closing.wait(timeout: .now() + 5)
        let fingerprint = try store.fingerprint(of: dataset, files: source.fileMarks())
        guard let summary = try store.summary(of: number) else { throw .noRun("\(number)", nearest: nil) }
        if let expected = summary.fingerprint, expected != fingerprint {
            throw .damaged(run: number, what: "the data set", reason: "its images are not those it was trained with")
        }
        let epochsInAll = spec.training.epochs == summary.plannedEpochs ? nil : spec.training.epochs
        try store.claim(run: number, epochs: epochsInAll)
        var state = try store.checkpoint(of: number)
        if epochsInAll != nil { state?.stopsEarly = false }
        let epochs = try store.epochs(of: number)
        let best = try store.weights(of: number, .best)
        var mark = RunProgress()
        let position = state.map { Double($0.epoch) + Double($0.batch) / Double(max(1, summary.batchesPerEpoch)) } ?? 0
        mark.events = [RunEvent(.resumed, position: position)]
        if let epochsInAll { mark.events.append(RunEvent(.continued, position: position, value: Double(epochsInAll))) }
        try store.record(mark, run: number)
        let start = TrainingSession.Start(
            state: state, keeper: record(.existing(number), dataset: dataset, run: id),
            leastLoss: epochs.first { $0.epoch == best?.epoch }?.validationLoss)
        return (start, epochs.filter { $0.epoch <= state?.epoch ?? 0 })
    }

    /// A run's thread has ended: what is left of it is saved beside what comes.
    func runEnded() {
        guard let recorder else { return }
        self.recorder = nil
        DispatchQueue.global().async(group: closing) { _ = recorder.close(limit: Self.patience) }
    }

    /// The program ends: the run under way is interrupted, not stopped by a person.
    func interrupt() { recorder?.interrupt() }

    /// Waits until all is saved, for so long at most.
    ///
    /// - Returns: why something is not.
    func close(limit: Duration) -> StoreError? {
        let failure = recorder?.close(limit: limit)
        recorder = nil
        _ = closing.wait(timeout: .now() + .milliseconds(500))
        return failure
    }

    private func record(_ target: RunRecorder.Target, dataset: Dataset, run id: Int) -> RunRecorder {
        let (store, source, post) = (store, source, post)
        let isNew = if case .new = target { true } else { false }
        let fingerprint: @Sendable () throws(StoreError) -> String = { () throws(StoreError) in
            try store.fingerprint(of: dataset, files: source.fileMarks())
        }
        let recorder = RunRecorder(
            store: store, target: target, fingerprint: isNew ? fingerprint : nil, onThread: onThread
        ) { report in
            switch report {
            case .numbered(let number): post(.numbered(number), id)
            case .failed(let error): post(.failed(error), id)
            case .recovered: post(.recovered, id)
            }
        }
        self.recorder = recorder
        return recorder
    }
}
