import Kernels

/// All that a network needs to go on bit for bit: weights and moving statistics, the optimizer's moments and its step count, which is the
/// dropout generator's state too.
public struct NetworkState: Sendable, Equatable, Codable {
    public var weights: [Tensor]
    /// One list of tensors for each moment, named and shaped as the trainable weights.
    public var moments: [[Tensor]]
    /// Steps taken.
    public var step: Int

    public init(weights: [Tensor], moments: [[Tensor]], step: Int) {
        self.weights = weights
        self.moments = moments
        self.step = step
    }
}

/// Why a state can't be restored; nothing of it is used.
public enum NetworkStateError: Error, Equatable, Sendable {
    /// The spec's optimizer keeps another number of moments.
    case moments(expected: Int, found: Int)
    case negativeStep(Int)
    case tensor(TensorError)
}

extension Network {
    /// Copies of the weights: "0.kernel" [inputs, units], "0.bias" [units], …; the last index is the output layer. Where
    /// a layer has batch normalization, its "gamma", "beta", "moving_mean" and "moving_variance" follow, [units] each.
    public func tensors() -> [Tensor] {
        let moving = statistics.tensors
        return layout.layers.flatMap { layer in
            let prefix = "\(layer.index)."
            return (layout.tensors(of: parameters.pointer) + moving).filter { $0.name.hasPrefix(prefix) }
        }
    }

    /// Replaces all weights; throws `TensorError`, and changes nothing, where names or shapes don't fit.
    public func load(_ tensors: [Tensor]) throws {
        try check(tensors)
        try store(tensors)
    }

    /// Throws where the tensors are not exactly this network's.
    private func check(_ tensors: [Tensor]) throws(TensorError) {
        let expected = layout.shapes.merging(statistics.shapes) { own, _ in own }
        _ = try Tensor.values(of: tensors, expected: expected)
    }

    private func store(_ tensors: [Tensor]) throws(TensorError) {
        let moving = statistics.shapes
        try layout.store(tensors.filter { moving[$0.name] == nil }, into: parameters.pointer)
        try statistics.store(tensors.filter { moving[$0.name] != nil })
    }

    public var state: NetworkState {
        NetworkState(
            weights: tensors(), moments: optimizer.moments.map { layout.tensors(of: $0.pointer) },
            step: optimizer.step)
    }

    /// Goes back to a state of a network of the same shape and optimizer; on an error nothing has changed.
    public func restore(_ state: NetworkState) throws(NetworkStateError) {
        guard state.moments.count == optimizer.moments.count else {
            throw .moments(expected: optimizer.moments.count, found: state.moments.count)
        }
        guard state.step >= 0 else { throw .negativeStep(state.step) }
        do throws(TensorError) {
            for tensors in state.moments { try layout.check(tensors) }
            try check(state.weights)
            for (tensors, moment) in zip(state.moments, optimizer.moments) {
                try layout.store(tensors, into: moment.pointer)
            }
            try store(state.weights)
        } catch {
            throw .tensor(error)
        }
        optimizer.step = state.step
    }
}
