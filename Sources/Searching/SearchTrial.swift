import Foundation
import Runs
import Search
import Specs
import Training

/// A trial of a search as the store has it, with all its epochs.
package struct SearchTrial: Sendable, Equatable {
    /// Its number, from 0.
    package let number: Int
    /// Its run; nil before its first figures are saved, and where the run was purged.
    package let run: Int?
    /// Its line.
    package let line: String
    /// Layers and settings; nil where this program can't read its line.
    package let spec: ExperimentSpec?
    /// Where it stands.
    package let state: SavedTrial.State
    /// What was chosen for it; nil for one that repeats another one.
    package let point: SearchPoint?
    /// The trial that this one repeats with another seed.
    package let repeats: Int?
    /// What it reached after its epochs, in order.
    package let epochs: [TrialEpoch]
    /// Why it failed; nil where it did not.
    package let failure: String?

    init(
        _ saved: SavedTrial, spec: ExperimentSpec?, point: SearchPoint?, repeats: Int?, epochs: [TrialEpoch]
    ) {
        (number, run, line, state) = (saved.number, saved.run, saved.line, saved.state)
        (self.spec, self.point, self.repeats, self.epochs) = (spec, point, repeats, epochs)
        failure = saved.failure
    }

    /// Share of the validation rows that are right with the weights that it has, or would end with now; nil before the
    /// first epoch.
    package var accuracy: Double? { kept(after: length)?.accuracy }

    /// The validation loss with these weights.
    package var loss: Double? { kept(after: length)?.loss }

    /// The epoch whose weights it would have ended with after so many epochs: the last one, with `restore` the best one.
    func kept(after epoch: Int) -> TrialEpoch? {
        guard let settings = spec?.training.earlyStopping, settings.restoresBest else {
            return epochs.last { $0.epoch <= epoch }
        }
        let values = epochs.filter { $0.epoch <= epoch }.map { ($0.epoch, $0.value(of: settings.monitor)) }
        let kept = EarlyStoppingTracker.keptEpoch(values, settings: settings)
        return epochs.last { $0.epoch == kept }
    }

    /// Seconds that it was trained.
    package var seconds: Double { epochs.reduce(0) { $0 + $1.seconds } }

    /// The command that trains its network anew on all rows; nil where its settings need rows that are held out.
    package var commandOnAllRows: String? {
        guard var spec else { return nil }
        (spec.training.validation, spec.training.split) = (0, .last)
        return (try? spec.validate()).map { "trainspotter train \"\(spec)\"" }
    }

    /// Epochs that were trained.
    package var length: Int { epochs.last?.epoch ?? 0 }

    /// What it had reached after so many epochs, as trials are compared: the accuracy, of equals the less loss.
    func score(after epoch: Int) -> Double {
        guard let kept = kept(after: epoch), let accuracy = kept.accuracy else { return .nan }
        return SearchEngine.score(accuracy: accuracy, loss: kept.loss)
    }

    /// Puts what it has reached at each rung among what others have.
    func record(in halving: inout SuccessiveHalving) {
        for (rung, length) in halving.rungs.enumerated() where self.length >= length || state == .finished {
            halving.record(trial: number, rung: rung, score: score(after: length))
        }
        guard state == .failed else { return }
        let next = halving.rungs.firstIndex { $0 > length } ?? halving.rungs.count - 1
        halving.record(trial: number, rung: next, score: .nan)
    }
}

extension TrialEpoch {
    fileprivate func value(of monitor: Monitor) -> Double? {
        switch monitor {
        case .loss: trainingLoss
        case .accuracy: trainingAccuracy
        case .validationLoss: loss
        case .validationAccuracy: accuracy
        }
    }
}

extension SearchSummary {
    /// Where a trial stands, in a word or two.
    package func word(of trial: SearchTrial) -> String {
        state == .ended && trial.state == .waiting ? "dropped" : trial.state.word
    }
}

extension SavedTrial.State {
    fileprivate var word: String {
        switch self {
        case .running: "trains"
        case .waiting: "at a rung"
        case .finished: "ended"
        case .failed: "failed"
        case .stopped: "stopped"
        }
    }
}
