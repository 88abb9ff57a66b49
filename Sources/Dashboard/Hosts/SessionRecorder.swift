import Datasets
import Dispatch
import Foundation
import Runs
import Specs
import Training

/// Records the runs of a session, one after the other. Lives on the main thread.
final class SessionRecorder {
    /// The store, or one in memory while the file can't be written.
    private var store: RunStore
    private let source: DatasetSource
    private let onThread: @Sendable () -> Void
    private let post: @Sendable (RecordingReport, Int) -> Void
    private var recorder: RunRecorder?
    /// Recorders of earlier runs that still have data to save.
    private let closing = DispatchGroup()

    /// The time limit for saving an earlier run's end.
    private static let patience = Duration.seconds(60)

    init(
        store: RunStore, source: DatasetSource, onThread: @escaping @Sendable () -> Void,
        post: @escaping @Sendable (RecordingReport, Int) -> Void
    ) {
        self.store = store
        self.source = source
        self.onThread = onThread
        self.post = post
    }

    /// Gives the saved weights that a run begins with.
    var weightFinder: WeightFinder { store.weightFinder }

    /// Begins to record a new run.
    func begin(_ line: RunLine, dataset: Dataset, threads: Int, run id: Int) -> RunRecorder {
        let (name, place) = (dataset.name, source.argument)
        let origin = RunOrigin(started: Date(), machine: .current(threads: threads))
        let target = RunRecorder.Target.new { facts in
            NewRun(
                line: line, dataset: name, dataSource: place, facts: facts, machine: origin.machine,
                started: origin.started)
        }
        return record(target, origin: origin, needsFingerprint: true, dataset: dataset, run: id)
    }

    /// Claims a saved run on another thread: that reads much, and may wait for the disk.
    ///
    /// - Parameter done: called from that thread.
    func claim(
        _ number: Int, _ request: Resumption.Request, dataset: Dataset,
        done: @escaping @Sendable (Result<Resumption, StoreError>) -> Void
    ) {
        let (store, source, closing, onThread) = (store, source, closing, onThread)
        DispatchQueue.global(qos: .userInitiated).async {
            onThread()
            // It may be the run that has just ended here: its end is saved first.
            _ = closing.wait(timeout: .now() + 5)
            done(
                Result { () throws(StoreError) in
                    let store = try store.inItsPlace()
                    return try Resumption(number, request, store: store) { () throws(StoreError) in
                        try store.fingerprint(of: dataset, files: source.fileMarks())
                    }
                })
        }
    }

    /// Continues to record a claimed run.
    func resume(_ claimed: Resumption, dataset: Dataset, run id: Int) -> RunRecorder {
        store = (try? store.inItsPlace()) ?? store
        return record(
            .existing(claimed.run), origin: nil, needsFingerprint: claimed.needsFingerprint, dataset: dataset, run: id)
    }

    /// Releases a claimed run that another start has replaced.
    func release(_ claimed: Resumption) {
        let store = store
        DispatchQueue.global().async(group: closing) { claimed.release(in: (try? store.inItsPlace()) ?? store) }
    }

    /// After the end of a run's thread, its remaining data is saved while the next run trains.
    func runEnded() {
        guard let recorder else { return }
        self.recorder = nil
        DispatchQueue.global().async(group: closing) { _ = recorder.close(limit: Self.patience) }
    }

    /// The program ends: the run under way is interrupted, and not stopped by the user.
    func interrupt() { recorder?.interrupt() }

    /// Waits until all is saved, or whoever waits gives up.
    ///
    /// - Returns: why something is not.
    func close(givesUp: (_ waited: Duration) -> Bool) -> StoreError? {
        let failure = recorder?.close(givesUp: givesUp)
        recorder = nil
        _ = closing.wait(timeout: .now() + .milliseconds(500))
        return failure
    }

    /// - Parameter origin: of a new run; nil for one that is in the store.
    private func record(
        _ target: RunRecorder.Target, origin: RunOrigin?, needsFingerprint: Bool, dataset: Dataset, run id: Int
    ) -> RunRecorder {
        let (store, source, post) = (store, source, post)
        let fingerprint: @Sendable () throws(StoreError) -> String = { () throws(StoreError) in
            try store.fingerprint(of: dataset, files: source.fileMarks())
        }
        let recorder = RunRecorder(
            store: store, target: target, fingerprint: needsFingerprint ? fingerprint : nil,
            dataset: StoredDataset(dataset), onThread: onThread
        ) { report in
            switch report {
            case .numbered(let number): post(.numbered(number, origin: origin), id)
            case .failed(let error): post(.failed(error), id)
            case .deleted(let isDeleted): post(.deleted(isDeleted), id)
            case .lost(let error): post(.lost(error), id)
            case .recovered(let event): post(.recovered(event), id)
            }
        } onState: { place in
            post(.state(place), id)
        }
        self.recorder = recorder
        return recorder
    }
}
