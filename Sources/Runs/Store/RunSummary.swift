import Foundation
import Reports
import Specs
import Training

/// A saved run as lists show it: everything of it that is small.
public struct RunSummary: Sendable, Equatable, Identifiable {
    /// The run's number in its store, from 1; never given twice.
    public var id: Int
    public var name: String?
    /// Sorted.
    public var tags: [String] = []
    public var note: String
    /// The canonical line of the spec as the run was started with it.
    public var specLine: String
    /// What was changed while it trained, in the language of run lines: `@12+844 lr=3e-3`; empty without any.
    public var changeLine = ""
    /// The changes that it was started with, made or not.
    public var plannedChangeLine = ""
    /// Why its line does not repeat it; nil where it does.
    public var lineFault: String?
    public var seed: UInt64
    /// The data set's name.
    public var dataset: String
    /// What `--data` takes to find it again.
    public var dataSource: String
    /// SHA-256 of images and labels, 64 hexadecimal digits; nil until it was computed.
    public var fingerprint: String?
    public var parameters: Int
    public var trainingRows: Int
    public var validationRows: Int
    public var testRows: Int
    public var batchesPerEpoch: Int
    /// Version of the program that trained it.
    public var program: String
    public var machine: MachineFacts
    public var started: Date
    /// When it ended; nil while it goes on, and for one that was interrupted.
    public var ended: Date?
    /// A run whose program is gone is `interrupted`, even where nobody has written that down yet.
    public var state: SavedRunState
    /// Why it failed.
    public var failure: String?
    /// Epochs that the run is meant to have.
    public var plannedEpochs: Int
    /// Finished epochs whose figures are saved.
    public var epochs: Int
    /// Figures of the last epoch; nil before the first. A loss that is no number is NaN.
    public var loss: Double?
    public var accuracy: Double?
    public var validationLoss: Double?
    public var validationAccuracy: Double?
    public var learningRate: Double?
    /// The epoch with the least validation loss, from 1.
    public var bestEpoch: Int?
    /// The least of all epochs.
    public var bestValidationLoss: Double?
    /// The greatest of all epochs.
    public var bestValidationAccuracy: Double?
    /// Figures of the test set, when it was last measured.
    public var testLoss: Double?
    public var testAccuracy: Double?
    public var testErrors: Int?
    public var testRecall: Double?
    /// Where the weights stood that were measured; nil where that was not recorded.
    public var testPlace: RunPlace?
    /// Whose weights were measured, where not the last step's.
    public var testWeights: FinalWeights?
    /// Where the weights stand that the run ended with; nil while there are none.
    public var finalPlace: RunPlace?
    /// Whose they are, where not the last step's.
    public var finalWeights: FinalWeights?
    /// Time of all training passes, in seconds.
    public var seconds: Double
    /// Where the newest checkpoint stands: finished epochs, and batches of the one after them; nil without one.
    public var checkpointEpoch: Int?
    public var checkpointBatch: Int?
    /// The program that trains it, or trained it last.
    public var owner: RunOwner
    /// When that was last heard of.
    public var heartbeat: Date
    /// When it was deleted; such a run can still be brought back.
    public var deleted: Date?

    /// The spec that the run was started with.
    ///
    /// - Throws: `SpecError` if a later program no longer takes the line.
    public func spec() throws(SpecError) -> ExperimentSpec { try ExperimentSpec(canonical: specLine) }

    /// Which weights the test figures are of.
    public enum TestStanding: Equatable, Sendable {
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
    public var testWords: String? {
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

    public var testStanding: TestStanding {
        guard testAccuracy != nil else { return .none }
        guard let testPlace else { return .unknown(program: program) }
        return testPlace == finalPlace && testWeights == finalWeights ? .end(finalWeights) : .place(testPlace)
    }

    /// Whether the test figures are those of the weights that the run ended with.
    public var isTestOfEnd: Bool { if case .end = testStanding { true } else { false } }

    /// Whether the weights that the run ended with are there, and not measured.
    public var awaitsTest: Bool { !state.isAlive && finalPlace != nil && !isTestOfEnd }

    /// Finished epochs beside the planned ones: `3/10`.
    public var progressWords: String { EpochsText.short(epochs, plannedEpochs) }

    /// The name, or the hidden layers where it has none.
    public var title: String { name ?? ExperimentSpec.hiddenWords(of: specLine) }
}
