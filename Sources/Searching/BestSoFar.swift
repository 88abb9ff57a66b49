import Foundation
import Runs

/// What was known of the best trial when: a step wherever a better one was found.
package struct BestSoFar: Sendable, Equatable {
    /// A result: after how many trials, and after how many seconds of the search.
    package struct Result: Sendable, Equatable {
        /// The trial's number, from 0.
        package let trial: Int
        /// Epochs that it was trained.
        package let epoch: Int
        /// Seconds of the search, without those between its sessions.
        package let seconds: Double
        /// Share of the validation rows that were right.
        package let accuracy: Double
    }

    /// What trials of the space reached at rungs and at their ends, in the order of time.
    package let results: [Result]
    /// Seconds from the first trial to the newest result.
    package let seconds: Double

    package init(_ search: SearchSummary) {
        let clock = SearchClock(search.trials)
        var results: [Result] = []
        for trial in search.trials where trial.repeats == nil {
            for epoch in trial.epochs {
                guard let ended = epoch.ended, let accuracy = trial.kept(after: epoch.epoch)?.accuracy else {
                    continue
                }
                results.append(
                    Result(
                        trial: trial.number, epoch: epoch.epoch, seconds: clock.seconds(until: ended),
                        accuracy: accuracy))
            }
        }
        self.results = results.sorted { ($0.seconds, $0.trial) < ($1.seconds, $1.trial) }
        seconds = self.results.last?.seconds ?? 0
    }

    /// The results that were better than all before, in the order of time.
    package var byTime: [Result] {
        var best = -Double.infinity
        return results.filter { result in
            guard result.accuracy > best else { return false }
            best = result.accuracy
            return true
        }
    }

    /// For each trial of the space, in the order of their numbers, what it reached last, and the best of it and those before.
    package static func byTrial(_ search: SearchSummary) -> [(trial: Int, accuracy: Double, best: Double)] {
        var best = -Double.infinity
        return search.trials.compactMap { trial in
            guard trial.repeats == nil, let accuracy = trial.accuracy, accuracy.isFinite else { return nil }
            best = max(best, accuracy)
            return (trial.number, accuracy, best)
        }
    }
}

/// The seconds in which a search trained at least one trial: time between its sessions, and pauses, do not count.
struct SearchClock {
    /// Times at which something was trained, in order, none of them overlapping.
    private let spans: [ClosedRange<Double>]

    init(_ trials: [SearchTrial]) {
        var all: [ClosedRange<Double>] = []
        for trial in trials {
            var seconds = 0.0
            for epoch in trial.epochs {
                seconds += max(0, epoch.seconds)
                guard let ended = epoch.ended?.timeIntervalSince1970 else { continue }
                all.append(ended - seconds...ended)
                seconds = 0
            }
        }
        var spans: [ClosedRange<Double>] = []
        for span in all.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard let last = spans.last, span.lowerBound <= last.upperBound + Self.gap else {
                spans.append(span)
                continue
            }
            spans[spans.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
        }
        self.spans = spans
    }

    /// Seconds that a trial takes to begin: a shorter gap is no pause.
    private static let gap = 5.0

    func seconds(until date: Date) -> Double {
        let end = date.timeIntervalSince1970
        return spans.reduce(0) { $0 + max(0, min(end, $1.upperBound) - min(end, $1.lowerBound)) }
    }
}
