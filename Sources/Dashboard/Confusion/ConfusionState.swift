import TerminalUI
import Training

/// What a person chose in Confusion; the source holds for Digits, too.
public struct ConfusionState: Equatable, Sendable {
    /// The selected cell: true class and predicted class.
    public var row = 0
    public var column = 0
    public var mode = Heatmap.Mode.counts
    public var hidesDiagonal = false
    public var source = Evaluation.Source.validation

    public init() {}

    mutating func move(_ direction: Command.Direction, classes: Int) {
        switch direction {
        case .up: row = max(0, row - 1)
        case .down: row = min(classes - 1, row + 1)
        case .left: column = max(0, column - 1)
        case .right: column = min(classes - 1, column + 1)
        }
    }

    mutating func cycleMode() {
        mode =
            switch mode {
            case .counts: .rowPercent
            case .rowPercent: .logarithmic
            case .logarithmic: .counts
            }
    }

    func heatmap(_ evaluation: Evaluation, selecting: Bool = true) -> Heatmap {
        Heatmap(
            counts: evaluation.confusion, labels: (0..<evaluation.classes).map(String.init),
            selected: selecting ? (row: row, column: column) : nil, mode: mode, hideDiagonal: hidesDiagonal)
    }
}

/// A pair of classes that are taken for each other.
struct ConfusedPair: Equatable, Sendable {
    var truth: Int
    var predicted: Int
    var count: Int
}

extension Evaluation {
    /// Cells off the diagonal with the greatest counts, greatest first; ties by class.
    func mostConfused(_ limit: Int) -> [ConfusedPair] {
        var pairs: [ConfusedPair] = []
        for (truth, row) in confusion.enumerated() {
            for (predicted, count) in row.enumerated() where truth != predicted && count > 0 {
                pairs.append(ConfusedPair(truth: truth, predicted: predicted, count: count))
            }
        }
        let sorted = pairs.sorted { ($1.count, $0.truth, $0.predicted) < ($0.count, $1.truth, $1.predicted) }
        return Array(sorted.prefix(limit))
    }

    /// Rows of a class that are taken for a class, the greatest losses first, ties by index.
    package func rows(truth: Int, predicted: Int, limit: Int) -> [Int] {
        let rows = labels.indices.filter { Int(labels[$0]) == truth && Int(predictions[$0]) == predicted }
        return DigitsState.sorted(rows.map(Int32.init), by: .loss, self).prefix(limit).map(Int.init)
    }
}
