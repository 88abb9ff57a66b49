import Foundation
import GRDB
import Networks
import Specs
import Training

/// Weights that were made elsewhere, as a run of a store.
package struct ImportedRun: Sendable {
    /// What a run has from its start: of its line only the network and how pixels become inputs count.
    package var run: NewRun
    /// The weights, in the network's order.
    package var tensors: [Tensor]
    /// Their evaluation of the test set.
    package var test: Evaluation
    /// The files that they were read from, as the user named them.
    package var files: [String]

    package init(run: NewRun, tensors: [Tensor], test: Evaluation, files: [String]) {
        self.run = run
        self.tensors = tensors
        self.test = test
        self.files = files
    }

    /// Where in the run its weights are from: it has trained nothing.
    package static let place = RunPlace(epoch: 0)
}

extension RunStore {
    /// Inserts a run that has weights and no epochs: all of it, or nothing.
    ///
    /// It is finished, with 0 of 0 epochs, by which it is known: `RunSummary.isImported`.
    ///
    /// - Returns: its number.
    package func enter(
        _ imported: ImportedRun, owner: RunOwner = .current, now: Date = Date()
    ) throws(StoreError) -> Int {
        var progress = UnsavedProgress()
        progress.final = SavedWeights(at: ImportedRun.place, tensors: imported.tensors)
        progress.test = imported.test
        progress.events = [RunEvent(.imported, position: 0, time: now, text: imported.files.joined(separator: ", "))]
        progress.standing = UnsavedProgress.Standing(.finished, ended: now)
        // Large copies are made before the lock is held.
        let blobs = ProgressBlobs(progress)
        return try write { database in
            let id = try Self.insert(imported.run, owner: owner, database)
            try Self.record(progress, blobs, run: id, owner: owner, now: now, database)
            try database.execute(
                sql: "UPDATE run SET planned_epochs = 0, line_fault = ? WHERE id = ?",
                arguments: ["its weights were imported, not trained here", id])
            return id
        }
    }
}

extension RunSummary {
    /// Whether its weights were made elsewhere: nothing was trained, and nothing was to be.
    package var isImported: Bool { state == .finished && plannedEpochs == 0 }

    /// Its state in one word, for lists and JSON.
    package var stateWord: String { isImported ? "imported" : state.rawValue }
}
