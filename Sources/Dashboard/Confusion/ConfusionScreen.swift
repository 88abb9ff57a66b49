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

/// The user's choices in Confusion; Digits shares the source.
package struct ConfusionScreen: Equatable, Sendable {
    /// The selected cell; nil selects the most frequent mistake.
    package var chosen: ConfusionCell?
    /// The numbers in the cells.
    package var mode = Heatmap.Mode.counts
    /// Whether right predictions are hidden.
    package var hidesDiagonal = false
    /// The panel beside the matrix that comes first; the next ones follow as far as there is room.
    package var detail = ConfusionDetail.classes
    /// What has all of the screen for itself; nil where the panels stand beside the matrix.
    package var alone: Alone?
    /// The order of the classes in their table and in the picture of their recall.
    package var order = ClassOrder.number
    /// Whether that order is the other way round.
    package var isReversed = false

    /// What can have the screen for itself: the matrix, or the first of the panels beside it.
    package enum Alone: Equatable, Sendable { case matrix, detail }

    package init() {}

    mutating func cycleAlone() {
        alone =
            switch alone {
            case nil: .matrix
            case .matrix: .detail
            case .detail: nil
            }
    }

    func ordered(_ classes: [ConfusionMetrics.PerClass]) -> [ConfusionMetrics.PerClass] {
        let sorted = order.sorted(classes)
        return isReversed ? sorted.reversed() : sorted
    }

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

/// A true and a predicted class that differ.
struct ConfusedPair: Equatable, Sendable {
    var truth: Int
    var predicted: Int
    /// Number of images, or the difference from the baseline.
    var count: Int
}

extension Evaluation {
    /// Rows of a class that are predicted as another, the greatest losses first; equal losses by index.
    package func rows(truth: Int, predicted: Int, limit: Int) -> [Int] {
        let rows = labels.indices.filter { Int(labels[$0]) == truth && Int(predictions[$0]) == predicted }
        return DigitSelection.sorted(rows.map(Int32.init), by: .loss, self).prefix(limit).map(Int.init)
    }
}
