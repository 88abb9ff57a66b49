import Networks
import Specs

/// All that a run needs, beside its spec and data, to be resumed bit for bit between two batches: the content of a
/// checkpoint. The order of the rows follows from seed and epoch.
package struct TrainerState: Codable, Equatable, Sendable {
    /// Weights, the optimizer's state, and averages.
    package var network: NetworkState
    /// Finished epochs.
    package var epoch: Int
    /// Finished batches of the epoch under way.
    package var batch: Int
    /// Figures of the epoch under way.
    package var running: Trainer.RunningMeans
    /// The rate that the schedule is scaled to, with the user's changes and reductions in it.
    package var baseRate: Double
    /// The rate of the last step.
    package var lastRate: Double
    /// Dropout rate of each hidden layer, 0 ... 1, the spec's or the user's.
    package var dropout: [Double]
    /// The factor of the L2 penalty, the spec's or the user's.
    package var l2: Double
    /// Early stopping and reductions of the rate so far.
    package var callbacks: RunCallbacks
    /// Whether early stopping ended the run at the last epoch.
    package var stopsEarly: Bool
    /// The weights of the best epoch so far, where the run ends with them.
    package var bestWeights: [Tensor]?
    /// Loss and accuracy of every batch so far.
    package var history: BatchHistory
    /// The factor of the L1 penalty, the spec's or the user's; nil in states of versions that could not change it.
    package var l1: Double?
    /// Planned epochs; nil in states of versions that could not change it.
    package var epochs: Int?
    /// Changes of the run's own line that were made before this state; nil in states of versions without such changes.
    package var madeChanges: Int?

    package init(
        network: NetworkState, epoch: Int, batch: Int, running: Trainer.RunningMeans, baseRate: Double,
        lastRate: Double, dropout: [Double], l2: Double, callbacks: RunCallbacks, stopsEarly: Bool,
        bestWeights: [Tensor]?, history: BatchHistory, l1: Double?,
        epochs: Int? = nil, madeChanges: Int? = nil
    ) {
        self.network = network
        self.epoch = epoch
        self.batch = batch
        self.running = running
        self.baseRate = baseRate
        self.lastRate = lastRate
        self.dropout = dropout
        self.l2 = l2
        self.callbacks = callbacks
        self.stopsEarly = stopsEarly
        self.bestWeights = bestWeights
        self.history = history
        self.l1 = l1
        self.epochs = epochs
        self.madeChanges = madeChanges
    }
}

extension TrainerState {
    /// The state of a run that has ended with the weights of one of its epochs, in order to look at these: not to train
    /// on.
    ///
    /// - Parameters:
    ///   - weights: all kernels and biases, in the network's order.
    ///   - epoch: the one that they are from, from 1.
    package func ended(with weights: [Tensor], ofEpoch epoch: Int) -> TrainerState {
        var state = self
        (state.epoch, state.batch, state.running) = (max(1, self.epoch, epoch), 0, Trainer.RunningMeans())
        (state.bestWeights, state.stopsEarly) = (weights, true)
        state.callbacks.stopping.bestEpoch = epoch
        return state
    }
}

/// Why a state can't be restored; nothing of it is used.
package enum TrainerStateError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The epoch is negative, or it has no such batch.
    case position(epoch: Int, batch: Int, batchesPerEpoch: Int)
    /// A learning rate, a dropout rate or a penalty's factor that no spec can have.
    case setting(String)
    case network(NetworkStateError)
    case bestWeights(TensorError)

    package var description: String {
        switch self {
        case .position(let epoch, let batch, let batches):
            "the state stands at epoch \(epoch), batch \(batch), but an epoch has \(batches) batches"
        case .setting(let what): "the state has \(what)"
        case .network(let error): "the state's network does not fit the spec: \(error)"
        case .bestWeights(let error): "the state's best weights do not fit the spec: \(error)"
        }
    }
}

extension Trainer {
    /// Throws where a state is not one of this spec's. The network checks its own part.
    func check(_ state: TrainerState) throws(TrainerStateError) {
        guard state.epoch >= 0, (0...batchesPerEpoch).contains(state.batch) else {
            throw .position(epoch: state.epoch, batch: state.batch, batchesPerEpoch: batchesPerEpoch)
        }
        // A plateau's reductions may bring it to 0.
        guard SettingRange.lastRate.contains(state.baseRate) else { throw .setting("the rate \(state.baseRate)") }
        guard SettingRange.l2.contains(state.l2) else { throw .setting("the L2 factor \(state.l2)") }
        if let l1 = state.l1, !SettingRange.l1.contains(l1) { throw .setting("the L1 factor \(l1)") }
        if let epochs = state.epochs, !SettingRange.epochs.contains(epochs) {
            throw .setting("\(epochs) epochs in all")
        }
        guard state.dropout.count == spec.network.hidden.count else {
            throw .setting("\(state.dropout.count) dropout rates for \(spec.network.hidden.count) hidden layers")
        }
        for rate in state.dropout where !SettingRange.dropout.contains(rate) {
            throw .setting("the dropout rate \(rate)")
        }
        guard let best = state.bestWeights else { return }
        do throws(TensorError) { try network.check(best) } catch { throw .bestWeights(error) }
    }
}
