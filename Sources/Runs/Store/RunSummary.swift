import Foundation
import Reports
import Specs
import Training

/// A saved run as lists show it: all its properties that are small.
package struct RunSummary: Sendable, Equatable, Identifiable {
    /// The run's number in its store, from 1; never given twice.
    package var id: Int
    /// The user's name for it; nil without one. Several runs can have one name.
    package var name: String?
    /// Sorted.
    package var tags: [String] = []
    /// The names of the ensembles that need it, sorted.
    package var ensembles: [String] = []
    /// The user's note, which can have several lines; empty without one.
    package var note: String
    /// The canonical line of the spec that the run was started with.
    package var specLine: String
    /// Its live changes, in the language of run lines: `@12+844 lr=3e-3`; empty without any.
    package var changeLine = ""
    /// The changes that its line had at the start, made or not.
    package var plannedChangeLine = ""
    /// Why its line does not repeat it exactly; nil where it does.
    package var lineFault: String?
    /// The spec's: it determines initial weights, order of rows, dropout and noise.
    package var seed: UInt64
    /// The data set's name.
    package var dataset: String
    /// The argument of `--data` that finds it again.
    package var dataSource: String
    /// SHA-256 of images and labels, 64 hexadecimal digits; nil until it was computed.
    package var fingerprint: String?
    /// Mean and deviation of the pixels that it is trained on; nil but where its inputs are scaled by them.
    package var pixels: PixelStatistics?
    /// Trained weights of the network.
    package var parameters: Int
    /// Rows that it is trained on.
    package var trainingRows: Int
    /// Rows that validate; 0 without a validation set.
    package var validationRows: Int
    /// Rows of the test set.
    package var testRows: Int
    /// Batches of an epoch; the last one may have fewer rows.
    package var batchesPerEpoch: Int
    /// Version of the program that trained it.
    package var program: String
    /// The machine that it was first started on.
    package var machine: MachineFacts
    /// When it was first started.
    package var started: Date
    /// When it ended; nil while it trains, and where it was interrupted.
    package var ended: Date?
    /// A run whose program has ended is `interrupted`, even before that is written into the store.
    package var state: SavedRunState
    /// Why it failed.
    package var failure: String?
    /// The planned epochs.
    package var plannedEpochs: Int
    /// Finished epochs whose figures are saved.
    package var epochs: Int
    /// Training loss of the last epoch; nil before the first. A loss that was not finite is NaN.
    package var loss: Double?
    /// Share of right predictions of the last epoch, 0 ... 1; nil before the first.
    package var accuracy: Double?
    /// Validation loss of the last epoch; nil without validation rows.
    package var validationLoss: Double?
    /// Validation accuracy of the last epoch, 0 ... 1; nil without validation rows.
    package var validationAccuracy: Double?
    /// The rate of the last epoch's last step; nil before the first.
    package var learningRate: Double?
    /// The epoch with the least validation loss, from 1.
    package var bestEpoch: Int?
    /// The least validation loss of all epochs.
    package var bestValidationLoss: Double?
    /// The greatest validation accuracy of all epochs, 0 ... 1.
    package var bestValidationAccuracy: Double?
    /// Loss of the newest evaluation of the test set; nil without any, as the three below.
    package var testLoss: Double?
    /// Share of right predictions, 0 ... 1.
    package var testAccuracy: Double?
    /// Rows whose prediction is wrong.
    package var testErrors: Int?
    /// Macro recall, 0 ... 1.
    package var testRecall: Double?
    /// The place of the run that the tested weights are from; nil where that was not recorded.
    package var testPlace: RunPlace?
    /// Which weights were tested, where not the last step's.
    package var testWeights: FinalWeights?
    /// The place of the run that its final weights are from; nil while there are none.
    package var finalPlace: RunPlace?
    /// Which weights these are, where not the last step's.
    package var finalWeights: FinalWeights?
    /// Time of all training passes, in seconds.
    package var seconds: Double
    /// Finished epochs of the newest checkpoint; nil without one.
    package var checkpointEpoch: Int?
    /// Batches after those epochs; nil without a checkpoint.
    package var checkpointBatch: Int?
    /// The process that trains it, or trained it last.
    package var owner: RunOwner
    /// When that process last wrote a heartbeat.
    package var heartbeat: Date
    /// When it was deleted; until it is purged it can be undeleted.
    package var deleted: Date?
    /// What it takes in the store; nil where that was not asked for.
    package var size: RunSize?

    /// The spec that the run was started with.
    ///
    /// - Throws: `SpecError` if a later program no longer takes the line.
    package func spec() throws(SpecError) -> ExperimentSpec { try ExperimentSpec(canonical: specLine) }

    /// That line without the ends of its chain: `200tanh adam lr=0.001 …`.
    package var shortLine: String {
        ExperimentSpec.hiddenWords(of: specLine) + specLine.drop { !$0.isWhitespace }
    }

    /// The parts of that spec; nil where this program can't read it.
    package func traits() -> SpecTraits? { (try? spec()).map(SpecTraits.init) }

    /// The weights that test figures belong to.
    package enum TestStanding: Equatable, Sendable {
        /// The test set was not evaluated.
        case none
        /// The final weights; which these are, where not the last step's.
        case end(FinalWeights?)
        /// The weights of the run at this place.
        case place(RunPlace)
        /// An earlier version did not record that.
        case unknown(program: String)
    }

    /// The weights that the test figures belong to, in words; nil without figures.
    package var testWords: String? {
        switch testStanding {
        case .none: nil
        case .end where isImported: "of the imported weights"
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

    /// Whether the test figures belong to the weights of the run's end, or to others.
    package var testStanding: TestStanding {
        guard testAccuracy != nil else { return .none }
        guard let testPlace else { return .unknown(program: program) }
        return testPlace == finalPlace && testWeights == finalWeights ? .end(finalWeights) : .place(testPlace)
    }

    /// Whether the test figures belong to the final weights.
    package var isTestOfEnd: Bool { if case .end = testStanding { true } else { false } }

    /// Whether there are final weights that were not tested.
    package var awaitsTest: Bool { !state.isAlive && finalPlace != nil && !isTestOfEnd }

    /// Finished epochs beside the planned ones: `3/10`; `none` of imported weights.
    package var progressWords: String { isImported ? "none" : EpochsText.short(epochs, plannedEpochs) }

    /// Whether its weights are in the store, as far as that is known.
    package var hasWeights: Bool { size.map { $0.weights > 0 } ?? (finalPlace != nil) }

    /// The name, or the hidden layers where it has none.
    package var title: String { name ?? ExperimentSpec.hiddenWords(of: specLine) }
}
