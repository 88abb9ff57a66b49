import Training

/// An image that a network predicts as another class.
package struct Mistake: Equatable, Sendable {
    /// Its number within the evaluated rows.
    package let row: Int
    package let truth: Int
    package let predicted: Int
    /// One a class.
    package let probabilities: [Float]

    /// What the network gives its prediction.
    package var confidence: Float { probabilities[predicted] }

    /// The wrong rows, those first whose true class gets the least probability; of equals the surer, then the first.
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
