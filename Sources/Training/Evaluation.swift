import Specs

/// What a network says of some rows of a data set, at one moment.
public struct Evaluation: Sendable, Equatable {
    /// Where the rows come from.
    public enum Source: String, Sendable, Codable { case validation, test }

    public let source: Source
    /// Number of the first row within its file; row `i` here is `firstRow + i` there.
    public let firstRow: Int
    public let classes: Int
    /// Epochs trained when it was made; 0 is the untrained network.
    public let epoch: Int
    /// Batches trained of the epoch after that.
    public let batch: Int
    /// Whose weights the network had, where not the last step's.
    public let weights: FinalWeights?
    /// True classes, one a row.
    public let labels: [UInt8]
    /// rows × classes, row-major; each row sums to 1.
    public let probabilities: [Float]
    /// The loss of each row by the spec's loss, without regularization.
    public let losses: [Float]
    /// The class with the greatest probability, the first one of equals.
    public let predictions: [UInt8]
    /// Part of `loss` that is the same for every row.
    public let regularization: Double
    /// Mean loss of the rows with regularization, as Keras reports it.
    public let loss: Double
    /// Rows whose prediction is wrong.
    public let errors: Int
    /// Counts, rows true and columns predicted.
    public let confusion: [[Int]]

    /// Where the weights stand that were measured.
    public var place: RunPlace { RunPlace(epoch: epoch, batch: batch) }
    public var count: Int { labels.count }
    /// Share of right predictions, 0 ... 1; 0 without rows.
    public var accuracy: Double { Share.of(labels.count - errors, among: labels.count) }

    public init(
        source: Source, firstRow: Int = 0, classes: Int, epoch: Int, batch: Int = 0,
        weights: FinalWeights? = nil, labels: [UInt8], probabilities: [Float], losses: [Float],
        regularization: Double = 0
    ) {
        precondition(probabilities.count == labels.count * classes, "probabilities must be rows × classes")
        precondition(losses.count == labels.count, "one loss a row")
        self.source = source
        self.firstRow = firstRow
        self.classes = classes
        self.epoch = epoch
        self.batch = batch
        self.weights = weights
        self.labels = labels
        self.probabilities = probabilities
        self.losses = losses
        self.regularization = regularization
        let rows = ScoredRows(probabilities: probabilities, classes: classes, labels: labels)
        let predictions = rows.predictions()
        self.predictions = predictions
        confusion = rows.confusion(predictions)
        errors = zip(labels, predictions).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
        let sum = losses.reduce(0) { $0 + Double($1) }
        loss = labels.isEmpty ? 0 : sum / Double(labels.count) + regularization
    }

    /// What the figures of a classifier are computed from.
    public var scoredRows: ScoredRows {
        ScoredRows(probabilities: probabilities, classes: classes, labels: labels)
    }

    /// The probabilities of one row, `classes` of them.
    public func probabilities(ofRow row: Int) -> ArraySlice<Float> {
        probabilities[(row * classes)..<((row + 1) * classes)]
    }

    /// How sure the network is of the truth against its best other guess, −1 ... 1; negative where it is wrong.
    public func margin(ofRow row: Int) -> Float {
        let truth = Int(labels[row])
        var other: Float = 0
        for (column, value) in probabilities(ofRow: row).enumerated() where column != truth {
            other = max(other, value)
        }
        return probabilities[row * classes + truth] - other
    }
}
