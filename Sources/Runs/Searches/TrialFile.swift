import CFiles
import Files
import Foundation
import Training

/// What happened in a trial that was trained elsewhere: a store with this one run, as a file that is written whole.
///
/// The database itself is only ever opened in the folder for temporary files: a file system that nodes share may have no locks.
package struct TrialFile {
    /// Sizes of network and data.
    package let facts: RunFacts
    /// The machine that trained it.
    package let machine: MachineFacts
    /// Its line.
    package let line: String
    /// What happened; its standing says whether it has come to its end, or has failed.
    package let progress: UnsavedProgress

    /// Writes a file that replaces the one before.
    ///
    /// - Returns: seconds that it took.
    /// - Throws: `StoreError` of the temporary file or of the file.
    @discardableResult
    package static func write(_ run: NewRun, _ progress: UnsavedProgress, to path: String) throws(StoreError) -> Double
    {
        let start = ContinuousClock.now
        let bytes = try temporary { draft throws(StoreError) in
            let store = try RunStore(path: draft)
            let number = try store.create(run)
            try store.record(progress, run: number)
            try store.closeWhole()
            do { return [UInt8](try Data(contentsOf: URL(fileURLWithPath: draft))) } catch {
                throw .failed(path: draft, reason: "\(error)")
            }
        }
        do throws(WriteFailure) { try FileTarget(path).write(bytes) } catch {
            throw .failed(path: path, reason: error.reason)
        }
        return start.duration(to: .now).seconds
    }

    /// Reads a file that was written whole.
    ///
    /// - Throws: `StoreError` where it can't be read, or is not the file of a trial.
    package init(reading path: String) throws(StoreError) {
        do {
            self = try RunStore.withTemporaryCopy(of: path) { copy in
                let store = try RunStore.foreign(copy)
                guard let run = try store.summaries(.all).first else {
                    throw StoreError.unsuitable(path: path, reason: "no run is in it")
                }
                try store.checkParts(of: run.id)
                return try TrialFile(run, of: store)
            }
        } catch let error as StoreError {
            throw error
        } catch {
            throw .failed(path: path, reason: "\(error)")
        }
    }

    private init(_ run: RunSummary, of store: RunStore) throws(StoreError) {
        facts = RunFacts(
            parameters: run.parameters, trainingRows: run.trainingRows, validationRows: run.validationRows,
            testRows: run.testRows, batchesPerEpoch: run.batchesPerEpoch, pixels: run.pixels)
        (machine, line) = (run.machine, run.specLine)
        var progress = UnsavedProgress()
        progress.epochs = try store.epochs(of: run.id)
        progress.confusions = try store.confusions(of: run.id)
        progress.events = try store.events(of: run.id)
        progress.checkpoint = try store.checkpoint(of: run.id)
        progress.final = try store.weights(of: run.id, .final)
        switch run.state {
        case .finished, .failed, .stopped:
            progress.standing = UnsavedProgress.Standing(run.state, failure: run.failure, ended: run.ended)
        case .running, .paused, .interrupted: break
        }
        self.progress = progress
    }

    /// A path in the folder for temporary files, which is empty again afterwards, also where a signal ends the program.
    private static func temporary<Result>(
        _ body: (_ draft: String) throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        let draft = NSTemporaryDirectory() + "trainspotter-\(UUID().uuidString).sqlite"
        for suffix in RunStore.suffixes { _ = files_remember_temporary(draft + suffix) }
        defer {
            RunStore.remove(draft)
            for suffix in RunStore.suffixes { files_forget_temporary(draft + suffix) }
        }
        return try body(draft)
    }
}
