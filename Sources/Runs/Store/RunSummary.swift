import Foundation
import Reports
import Specs
import Training

/// A saved run as lists show it: everything of it that is small.
package struct RunSummary: Sendable, Equatable, Identifiable {
    /// The run's number in its store, from 1; never given twice.
    package var id: Int
    package var name: String?
    /// Sorted.
    package var tags: [String] = []
    package var note: String
    /// The canonical line of the spec as the run was started with it.
    package var specLine: String
    /// What was changed while it trained, in the language of run lines: `@12+844 lr=3e-3`; empty without any.
    package var changeLine = ""
    /// The changes that it was started with, made or not.
    package var plannedChangeLine = ""
    /// Why its line does not repeat it; nil where it does.
    package var lineFault: String?
    package var seed: UInt64
    /// The data set's name.
    package var dataset: String
    /// What `--data` takes to find it again.
    package var dataSource: String
    /// SHA-256 of images and labels, 64 hexadecimal digits; nil until it was computed.
    package var fingerprint: String?
    package var parameters: Int
    package var trainingRows: Int
    package var validationRows: Int
    package var testRows: Int
    package var batchesPerEpoch: Int
    /// Version of the program that trained it.
    package var program: String
    package var machine: MachineFacts
    package var started: Date
    /// When it ended; nil while it goes on, and for one that was interrupted.
    package var ended: Date?
    /// A run whose program is gone is `interrupted`, even where nobody has written that down yet.
    package var state: SavedRunState
    /// Why it failed.
    package var failure: String?
    /// Epochs that the run is meant to have.
    package var plannedEpochs: Int
    /// Finished epochs whose figures are saved.
    package var epochs: Int
    /// Figures of the last epoch; nil before the first. A loss that is no number is NaN.
    package var loss: Double?
    package var accuracy: Double?
    package var validationLoss: Double?
    package var validationAccuracy: Double?
    package var learningRate: Double?
    /// The epoch with the least validation loss, from 1.
    package var bestEpoch: Int?
    /// The least of all epochs.
    package var bestValidationLoss: Double?
    /// The greatest of all epochs.
    package var bestValidationAccuracy: Double?
    /// Figures of the test set, when it was last measured.
    package var testLoss: Double?
    package var testAccuracy: Double?
    package var testErrors: Int?
    package var testRecall: Double?
    /// Where the weights stood that were measured; nil where that was not recorded.
    package var testPlace: RunPlace?
    /// Whose weights were measured, where not the last step's.
    package var testWeights: FinalWeights?
    /// Where the weights stand that the run ended with; nil while there are none.
    package var finalPlace: RunPlace?
    /// Whose they are, where not the last step's.
    package var finalWeights: FinalWeights?
    /// Time of all training passes, in seconds.
    package var seconds: Double
    /// Where the newest checkpoint stands: finished epochs, and batches of the one after them; nil without one.
    package var checkpointEpoch: Int?
    package var checkpointBatch: Int?
    /// The program that trains it, or trained it last.
    package var owner: RunOwner
    /// When that was last heard of.
    package var heartbeat: Date
    /// When it was deleted; such a run can still be brought back.
    package var deleted: Date?

    /// The spec that the run was started with.
    ///
    /// - Throws: `SpecError` if a later program no longer takes the line.
    package func spec() throws(SpecError) -> ExperimentSpec { try ExperimentSpec(canonical: specLine) }

    /// Which weights the test figures are of.
    package enum TestStanding: Equatable, Sendable {
        /// Nothing was measured.
        case none
        /// Those that the run ended with; whose they are, where not the last step's.
        case end(FinalWeights?)
        /// Those that it had at this place.
        case place(RunPlace)
        /// An earlier version did not record that.
        case unknown(program: String)
    }

    /// Which weights the test figures are of, in some words; nil without any.
    package var testWords: String? {
        switch testStanding {
        case .none: nil
        case .end(nil): "of the last step's weights"
        case .end(.average?): "of the averaged weights"
        case .end(.best(let epoch)?): "of the weights of epoch \(epoch), the best one"
        case .place(let place):
            "of the weights after \(place.epoch) \(place.epoch == 1 ? "epoch" : "epochs")"
                + (place.batch == 0 ? "" : " and \(place.batch) \(place.batch == 1 ? "batch" : "batches")")
                + (state.isAlive ? "" : ", not those of the end")
        case .unknown(let program): "as \(program) recorded it"
        }
    }

    package var testStanding: TestStanding {
        guard testAccuracy != nil else { return .none }
        guard let testPlace else { return .unknown(program: program) }
        return testPlace == finalPlace && testWeights == finalWeights ? .end(finalWeights) : .place(testPlace)
    }

    /// Whether the test figures are those of the weights that the run ended with.
    package var isTestOfEnd: Bool { if case .end = testStanding { true } else { false } }

    /// Whether the weights that the run ended with are there, and not measured.
    package var awaitsTest: Bool { !state.isAlive && finalPlace != nil && !isTestOfEnd }

    /// Finished epochs beside the planned ones: `3/10`.
    package var progressWords: String { EpochsText.short(epochs, plannedEpochs) }

    /// The name, or the hidden layers where it has none.
    package var title: String { name ?? ExperimentSpec.hiddenWords(of: specLine) }
}
