import Training

/// An image that a network predicts as another class.
package struct Mistake: Equatable, Sendable {
    /// Its number within the evaluated rows.
    package let row: Int
    /// The true class.
    package let truth: Int
    /// The class with the greatest probability.
    package let predicted: Int
    /// One for each class; they sum to 1.
    package let probabilities: [Float]

    /// The probability of the predicted class, 0 ... 1.
    package var confidence: Float { probabilities[predicted] }

    /// The wrong rows, those first whose true class has the least probability; where these are equal, the one with the
    /// greater confidence, then the first row.
    package static func worst(of evaluation: Evaluation, count: Int) -> [Mistake] {
        let wrong = (0..<evaluation.count).filter { evaluation.labels[$0] != evaluation.predictions[$0] }
        let mistakes = wrong.map { row in
            Mistake(
                row: row, truth: Int(evaluation.labels[row]), predicted: Int(evaluation.predictions[row]),
                probabilities: Array(evaluation.probabilities(ofRow: row)))
        }
        let sorted = mistakes.sorted {
            ($0.probabilities[$0.truth], -$0.confidence, $0.row) < ($1.probabilities[$1.truth], -$1.confidence, $1.row)
        }
        return Array(sorted.prefix(count))
    }
}
