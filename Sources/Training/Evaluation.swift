import Datasets
import Specs

/// A network's predictions for some rows of a data set, at one moment of its training.
package struct Evaluation: Sendable, Equatable {
    /// A set of rows.
    package enum Source: String, Sendable, Codable { case validation, test }

    /// The set that the rows belong to.
    package let source: Source
    /// Numbers of the rows within their file; row `i` here is row `rows[i]` there.
    package let rows: RowNumbers
    /// Number of classes: columns of `probabilities`.
    package let classes: Int
    /// Epochs trained when it was made; 0 is the untrained network.
    package let epoch: Int
    /// Batches trained of the epoch after that.
    package let batch: Int
    /// The weights that were measured, where a finished run's end replaced the last step's.
    package let weights: FinalWeights?
    /// True classes, one a row.
    package let labels: [UInt8]
    /// rows × classes, row-major; each row sums to 1.
    package let probabilities: [Float]
    /// The loss of each row by the spec's loss, without regularization.
    package let losses: [Float]
    /// The class with the greatest probability, the first one of equals.
    package let predictions: [UInt8]
    /// The penalty of all weights: the part of `loss` that is the same for every row.
    package let regularization: Double
    /// Mean loss of the rows with regularization, as Keras reports it.
    package let loss: Double
    /// Rows whose prediction is wrong.
    package let errors: Int
    /// Counts, rows true and columns predicted.
    package let confusion: [[Int]]

    /// The place of the run that the weights are from.
    package var place: RunPlace { RunPlace(epoch: epoch, batch: batch) }
    /// Number of rows.
    package var count: Int { labels.count }
    /// Share of right predictions, 0 ... 1; 0 without rows.
    package var accuracy: Double { Share.of(labels.count - errors, among: labels.count) }

    /// - Parameter rows: as many as labels; the first rows of the file if nil.
    package init(
        source: Source, rows: RowNumbers? = nil, classes: Int, epoch: Int, batch: Int = 0,
        weights: FinalWeights? = nil, labels: [UInt8], probabilities: [Float], losses: [Float],
        regularization: Double = 0
    ) {
        precondition(probabilities.count == labels.count * classes, "probabilities must be rows × classes")
        precondition(losses.count == labels.count, "one loss a row")
        let numbers = rows ?? RowNumbers(0..<labels.count)
        precondition(numbers.count == labels.count, "one label a row")
        self.source = source
        self.rows = numbers
        self.classes = classes
        self.epoch = epoch
        self.batch = batch
        self.weights = weights
        self.labels = labels
        self.probabilities = probabilities
        self.losses = losses
        self.regularization = regularization
        let scored = ScoredRows(probabilities: probabilities, classes: classes, labels: labels)
        let predictions = scored.predictions()
        self.predictions = predictions
        confusion = scored.confusion(predictions)
        errors = zip(labels, predictions).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
        let sum = losses.reduce(0) { $0 + Double($1) }
        loss = labels.isEmpty ? 0 : sum / Double(labels.count) + regularization
    }

    /// Probabilities and labels, from which all figures of a classifier follow.
    package var scoredRows: ScoredRows {
        ScoredRows(probabilities: probabilities, classes: classes, labels: labels)
    }

    /// The probabilities of one row, `classes` of them.
    package func probabilities(ofRow row: Int) -> ArraySlice<Float> {
        probabilities[(row * classes)..<((row + 1) * classes)]
    }

    /// Probability of the true class minus the greatest other one, −1 ... 1; negative where the prediction is wrong.
    package func margin(ofRow row: Int) -> Float {
        let truth = Int(labels[row])
        var other: Float = 0
        for (column, value) in probabilities(ofRow: row).enumerated() where column != truth {
            other = max(other, value)
        }
        return probabilities[row * classes + truth] - other
    }
}
