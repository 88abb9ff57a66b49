import Networks

/// Which weights a finished run has, where not the last step's.
package enum FinalWeights: Equatable, Sendable {
    /// The moving average's.
    case average
    /// Those after an epoch, from 1.
    case best(epoch: Int)

    /// Them in few words, for a screen or a report.
    package var words: String {
        switch self {
        case .average: "averaged weights"
        case .best(let epoch): "weights of epoch \(epoch)"
        }
    }
}

extension Trainer {
    /// Whether all planned epochs are done, or early stopping ended the run.
    package var isComplete: Bool { batch == 0 && epoch > 0 && (epoch >= plannedEpochs || stopsEarly) }

    /// Gives the network the weights that a run ends with: the averages where there are any, then the best epoch's
    /// where they are restored, as Keras's fit does. They must not be trained on: see `reopenRun`.
    ///
    /// - Returns: which weights they are, or nil where the last step's stay.
    @discardableResult
    package func finishRun() -> FinalWeights? {
        guard endWeights == nil else { return endWeights }
        let own = network.tensors()
        let isAveraged = network.takeAverages()
        if let bestWeights { load(bestWeights) }
        endWeights = bestWeights == nil ? (isAveraged ? .average : nil) : .best(epoch: callbacks.stopping.bestEpoch)
        if endWeights != nil { weightsBeforeEnd = own }
        return endWeights
    }

    /// Gives the network its last step's weights back, so that the run goes on as if it had not ended.
    package func reopenRun() {
        if let weightsBeforeEnd { load(weightsBeforeEnd) }
        (endWeights, weightsBeforeEnd) = (nil, nil)
    }

    private func load(_ weights: [Tensor]) {
        do { try network.load(weights) } catch { preconditionFailure("the network's own weights fit it: \(error)") }
    }
}
