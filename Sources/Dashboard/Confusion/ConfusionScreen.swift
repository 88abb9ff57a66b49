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
package struct ConfusionScreen: Equatable, Sendable {
    /// The selected cell; nil stays on the most confused one.
    package var chosen: ConfusionCell?
    package var mode = Heatmap.Mode.counts
    package var hidesDiagonal = false

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
        return DigitSelection.sorted(rows.map(Int32.init), by: .loss, self).prefix(limit).map(Int.init)
    }
}
