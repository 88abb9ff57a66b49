import Runs
import Specs
import Training

/// A run that all screens show in place of the newest one of this session: saved, imported, or being trained by another
/// program. The session's own run goes on meanwhile.
package struct OpenedRun: Equatable, Sendable {
    /// The network of an opened run.
    package enum Weights: Equatable, Sendable {
        /// They are being read.
        case loading
        /// They are shown; with the words that say which they are.
        case shown(String)
        /// There are none to show; with the reason.
        case missing(String)
    }

    /// Names it in the events of its network: -1, -2, ..., as runs of the session count upwards.
    package let ticket: Int
    /// The run.
    package let key: RunKey
    /// Its number in the store; nil for an earlier run of this session that was not saved.
    package let number: Int?
    /// The name of the data set that it was trained on.
    let dataset: String
    /// The network that is shown.
    package internal(set) var weights = Weights.loading
    /// Which of the saved weights it is to have.
    package internal(set) var choice = SavedWeights.Kind.final
    /// The epoch whose weights the store has as the best ones; nil where there are none, or that was not read yet.
    package internal(set) var bestEpoch: Int?
    /// The names of its classes as the store has them; nil where it has none, or was not read yet.
    var classNames: [String]?
    /// Whether these are the weights that it ended with.
    var endsWithBest = false
    /// What the store had when it was last read; nil before that.
    var stamp: OpenedStamp?
    /// Whether it is being read.
    var isAsked = false
    /// Whether its network still has to send the figures of the test set.
    var awaitsTest = false
    /// What the screens showed before.
    var aside: ShownParts
}

/// The part of what is shown that belongs to one run.
struct ShownParts: Equatable, Sendable {
    var run: ShownRun?
    var data: DataState
    var past: PredictionHistory
    var pastOfTest: PredictionHistory
    var lookBack: LookBack
    var selection: DigitSelection
}

/// Finds out whether what was read of an opened run is still what the store has.
package struct OpenedStamp: Equatable, Sendable {
    let history: HistoryStamp
    /// The place of its saved state, from which its network is made.
    let checkpoint: RunPlace?
    let end: RunPlace?

    package init(_ run: RunSummary) {
        (history, checkpoint, end) = (HistoryStamp(run), run.checkpointPlace, run.finalPlace)
    }
}

/// The request to read a run that is opened, or to read it again.
package struct OpenRequest: Equatable, Sendable {
    /// Its number in the store.
    package let run: Int
    /// Its name in the events of its network.
    package let ticket: Int
    /// What was read of it before: a network of the same state is not made again.
    package let known: OpenedStamp?
    /// The weights that its network is to have.
    package let weights: SavedWeights.Kind

    package init(run: Int, ticket: Int, known: OpenedStamp?, weights: SavedWeights.Kind = .final) {
        (self.run, self.ticket, self.known, self.weights) = (run, ticket, known, weights)
    }
}

/// What the store has of an opened run.
package struct OpenedContent: Equatable, Sendable {
    /// The request's.
    package let ticket: Int
    /// The run.
    package let saved: SavedRun
    /// What it was read from.
    package let stamp: OpenedStamp
    let epochs: [EpochFigures]
    let events: [RunEvent]
    let confusions: [EpochConfusion]
    let test: [[Int]]?
    /// The network in its saved state, and why there is none; nil where it is the one that was read before.
    package let network: OpenedNetwork?
    /// The epoch whose weights the store has as the best ones; nil where there are none.
    package let bestEpoch: Int?
    /// The names of its classes; nil where the store has none.
    let classNames: [String]?

    /// - Parameters:
    ///   - epochs: in order.
    ///   - events: in order.
    ///   - confusions: of the validation rows, in order.
    ///   - test: the confusion matrix of the test set.
    ///   - network: nil where it is the one that was read before.
    ///   - bestEpoch: the epoch whose weights the store has as the best ones.
    ///   - classNames: as the store has them.
    package init(
        ticket: Int, saved: SavedRun, epochs: [EpochFigures], events: [RunEvent], confusions: [EpochConfusion],
        test: [[Int]]?, network: OpenedNetwork?, bestEpoch: Int? = nil,
        classNames: [String]? = nil
    ) {
        (self.bestEpoch, self.classNames) = (bestEpoch, classNames)
        (self.ticket, self.saved, stamp) = (ticket, saved, OpenedStamp(saved.summary))
        (self.epochs, self.events, self.confusions) = (epochs, events, confusions)
        (self.test, self.network) = (test, network)
    }
}

/// The saved state of an opened run's network and its data set; only the same object is equal.
package final class OpenedNetwork: Sendable, Equatable {
    /// The state, or why it can't be shown.
    package let state: Result<TrainerState, OpenedProblem>
    /// The run's own data set; nil where it is the session's.
    package let data: LoadedData?
    /// What is to be said of the data set; nil where that is nothing.
    package let note: String?

    package init(_ state: Result<TrainerState, OpenedProblem>, data: LoadedData?, note: String? = nil) {
        (self.state, self.data, self.note) = (state, data, note)
    }

    package static func == (a: OpenedNetwork, b: OpenedNetwork) -> Bool { a === b }
}

/// Why an opened run has no network on the screen, in words.
package struct OpenedProblem: Error, Equatable, Sendable {
    /// The reason, as a part of a sentence.
    package let words: String
    package init(_ words: String) { self.words = words }
}

extension RunSummary {
    /// Whether the weights after an epoch are those that it ended with.
    func endsWith(epoch: Int?) -> Bool {
        guard let epoch else { return false }
        return finalWeights == .best(epoch: epoch) || finalWeights == nil && finalPlace == RunPlace(epoch: epoch)
    }

    /// The weights that it ended with, in words.
    var finalWords: String {
        if isImported { return "imported weights" }
        return switch finalWeights {
        case .best(let epoch): "best weights (epoch \(epoch))"
        case .average: "averaged weights"
        case nil: "final weights"
        }
    }

    /// Which weights a network made from its saved state has, in words.
    var weightWords: String {
        guard let place = checkpointPlace else { return finalPlace == nil ? "no weights" : finalWords }
        if state == .finished || !state.isAlive && state != .interrupted && place == finalPlace {
            return finalWords
        }
        let epochs = "weights after \(PlainText.count(place.epoch, "epoch"))"
        return place.batch == 0 ? epochs : "\(epochs), batch \(place.batch)"
    }
}
