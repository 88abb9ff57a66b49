import Training

/// The predictions for every row after epochs: at most `capacity` entries, evenly spaced, and the newest.
package struct PredictionHistory: Equatable, Sendable {
    /// The predictions after one epoch.
    package struct Entry: Equatable, Sendable {
        /// Epochs trained; 0 is the untrained network.
        package let epoch: Int
        /// The predicted class of each row.
        package let predictions: [UInt8]
        /// The probability of each row's true class, in 255ths.
        let shares: [UInt8]
    }

    /// Oldest first.
    package private(set) var entries: [Entry] = []
    /// Epochs from one entry to the next.
    private var stride = 1
    /// The greatest number of entries.
    package static let capacity = 64

    package init() {}

    /// Adds an evaluation; it replaces one of the same epoch.
    mutating func note(_ evaluation: Evaluation) {
        if let last = entries.last, last.epoch >= evaluation.epoch || !last.epoch.isMultiple(of: stride) {
            entries.removeLast()
        }
        let shares = (0..<evaluation.count).map { row in
            let share = evaluation.probabilities[row * evaluation.classes + Int(evaluation.labels[row])]
            return share.isNaN ? 0 : UInt8(255 * min(1, max(0, share)))
        }
        entries.append(Entry(epoch: evaluation.epoch, predictions: evaluation.predictions, shares: shares))
        guard entries.count > PredictionHistory.capacity else { return }
        stride *= 2
        let newest = evaluation.epoch
        entries.removeAll { !$0.epoch.isMultiple(of: stride) && $0.epoch != newest }
    }

    /// One row's predictions, the oldest first.
    func predictions(ofRow row: Int) -> [(epoch: Int, predicted: Int, truthShare: Double)] {
        entries.compactMap { entry in
            guard entry.predictions.indices.contains(row) else { return nil }
            return (entry.epoch, Int(entry.predictions[row]), Double(entry.shares[row]) / 255)
        }
    }
}
