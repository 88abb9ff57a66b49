import TerminalUI
import Training

/// A cell of the confusion matrix.
package struct ConfusionCell: Equatable, Sendable {
    /// The true class.
    package var row: Int
    /// The predicted class.
    package var column: Int

    package init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }
}

/// What a person chose in Confusion; the source holds for Digits, too.
package struct ConfusionState: Equatable, Sendable {
    /// What the difference is shown from.
    package enum Baseline: Equatable, Sendable {
        /// An epoch of the newest run.
        case epoch(Int)
        /// The newest matrix of another run, of this session or saved.
        case run(RunKey)
    }

    /// The selected cell; nil stays on the most confused one.
    package var chosen: ConfusionCell?
    package var mode = Heatmap.Mode.counts
    package var hidesDiagonal = false
    package var source = Evaluation.Source.validation
    /// The epoch that is looked back at; nil for the newest.
    package var epoch: Int?
    /// nil shows the counts themselves.
    package var baseline: Baseline?

    package init() {}

    mutating func cycleMode() {
        mode =
            switch mode {
            case .counts: .rowPercent
            case .rowPercent: .columnPercent
            case .columnPercent: .logarithmic
            case .logarithmic: .counts
            }
    }

    mutating func togglePin(_ epoch: Int?) {
        if case .epoch = baseline { baseline = nil } else { baseline = epoch.map(Baseline.epoch) }
    }

    /// What belonged to the run before goes; another run as the baseline stays.
    mutating func startedRun() {
        epoch = nil
        if case .epoch = baseline { baseline = nil }
    }

    /// Back to the newest epoch and its counts.
    ///
    /// - Returns: whether anything else was shown.
    mutating func leavesPast() -> Bool {
        guard epoch != nil || baseline != nil else { return false }
        (epoch, baseline) = (nil, nil)
        return true
    }
}

/// A pair of classes that are taken for each other.
struct ConfusedPair: Equatable, Sendable {
    var truth: Int
    var predicted: Int
    /// Images, or how many more of them than in the baseline.
    var count: Int
}

extension Evaluation {
    /// Rows of a class that are taken for a class, the greatest losses first, ties by index.
    package func rows(truth: Int, predicted: Int, limit: Int) -> [Int] {
        let rows = labels.indices.filter { Int(labels[$0]) == truth && Int(predictions[$0]) == predicted }
        return DigitsState.sorted(rows.map(Int32.init), by: .loss, self).prefix(limit).map(Int.init)
    }
}
