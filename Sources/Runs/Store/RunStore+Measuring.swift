import Datasets
import Foundation
import GRDB
import Specs
import Training

extension RunStore {
    /// Evaluates a run's final weights on the test set, and saves the result, where that was not done, or an earlier
    /// version saved the result of other weights.
    ///
    /// - Parameters:
    ///   - dataset: the one that it was trained on; with any other one nothing is done.
    ///   - digest: of that data set, where it is known.
    /// - Returns: the run with its result; unchanged where it can't be evaluated.
    /// - Throws: `StoreError` where the weights can't be read, or don't fit the data set.
    @discardableResult
    package func measureEnd(
        of run: RunSummary, on dataset: Dataset, digest: String? = nil, threads: Int
    ) throws(StoreError) -> RunSummary {
        guard run.awaitsTest, !isReadOnly,
            run.fingerprint == nil || run.fingerprint == digest ?? DatasetFingerprint.digest(of: dataset),
            let final = try weights(of: run.id, .final)
        else { return run }
        let trainer: Trainer
        do {
            trainer = try Trainer(spec: try run.spec(), dataset: dataset, threads: threads)
            try trainer.network.load(final.tensors)
        } catch {
            throw .damaged(run: run.id, what: "the weights it ended with", reason: "\(error)")
        }
        var progress = UnsavedProgress()
        progress.test = trainer.evaluateTest(at: final.place, weights: final.source)
        try keepTest(progress, of: run.id)
        return try summary(of: run.id) ?? run
    }

    /// Where the run is resumed meanwhile, or ended elsewhere, this is no longer its result.
    private func keepTest(_ progress: UnsavedProgress, of run: Int) throws(StoreError) {
        let blobs = ProgressBlobs(progress)
        try write { database in
            guard let found = try RunSummary.fetch(database, id: run, now: Date()), !found.state.isAlive,
                found.finalPlace == progress.test?.place
            else { return }
            try blobs.save(progress, run: run, now: Date(), database)
        }
    }
}
