/// How many right and how many wrong predictions were sure. The other two numbers, of the unsure ones, follow from the
/// confusion matrix.
package struct Sureness: Sendable, Equatable {
    /// A prediction is sure where the probability of the predicted class is no less than this.
    package static let least: Float = 0.9

    /// Right and sure predictions.
    package var right: Int
    /// Wrong and sure predictions.
    package var wrong: Int

    package init(right: Int, wrong: Int) { (self.right, self.wrong) = (right, wrong) }
}

extension Evaluation {
    /// How sure the right and the wrong predictions are; NaN is not sure.
    package var sureness: Sureness {
        var counts = Sureness(right: 0, wrong: 0)
        for (row, prediction) in predictions.enumerated()
        where probabilities[row * classes + Int(prediction)] >= Sureness.least {
            if prediction == labels[row] { counts.right += 1 } else { counts.wrong += 1 }
        }
        return counts
    }

    /// The rows whose prediction is wrong.
    package var wrongRows: RowSet { RowSet(count: count) { predictions[$0] != labels[$0] } }
}
