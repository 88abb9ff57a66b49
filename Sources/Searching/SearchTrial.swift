import Foundation
import Runs
import Search
import Specs

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

    init(
        _ saved: SavedTrial, spec: ExperimentSpec?, point: SearchPoint?, repeats: Int?, epochs: [TrialEpoch]
    ) {
        (number, run, line, state) = (saved.number, saved.run, saved.line, saved.state)
        (self.spec, self.point, self.repeats, self.epochs) = (spec, point, repeats, epochs)
    }

    /// Share of the validation rows that are right after its newest epoch; nil before the first.
    package var accuracy: Double? { epochs.last?.accuracy }

    /// Seconds that it was trained.
    package var seconds: Double { epochs.reduce(0) { $0 + $1.seconds } }

    /// Epochs that were trained.
    package var length: Int { epochs.last?.epoch ?? 0 }

    /// What it had reached after so many epochs, as trials are compared: the accuracy, of equals the less loss.
    func score(after epoch: Int) -> Double {
        guard let last = epochs.last(where: { $0.epoch <= epoch }), let accuracy = last.accuracy else { return .nan }
        return SearchEngine.score(accuracy: accuracy, loss: last.loss)
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

extension SavedTrial.State {
    /// In a word or two.
    package var word: String {
        switch self {
        case .running: "trains"
        case .waiting: "at a rung"
        case .finished: "ended"
        case .failed: "failed"
        case .stopped: "stopped"
        }
    }
}
