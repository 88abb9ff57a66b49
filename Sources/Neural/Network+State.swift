import Kernels

/// All that a network needs to go on bit for bit: weights, the optimizer's moments and its step count, which is the
/// dropout generator's state too.
public struct NetworkState: Sendable, Equatable, Codable {
    public var weights: [Tensor]
    /// One list of tensors for each moment, named and shaped as the weights.
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
    /// Copies of the weights: "0.kernel" [inputs, units], "0.bias" [units], …; the last index is the output layer.
    public func tensors() -> [Tensor] {
        layout.tensors(of: parameters.pointer)
    }

    /// Replaces all weights; throws `TensorError`, and changes nothing, where names or shapes don't fit.
    public func load(_ tensors: [Tensor]) throws {
        try layout.store(tensors, into: parameters.pointer)
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
            for tensors in state.moments + [state.weights] { try layout.check(tensors) }
            for (tensors, moment) in zip(state.moments, optimizer.moments) {
                try layout.store(tensors, into: moment.pointer)
            }
            try layout.store(state.weights, into: parameters.pointer)
        } catch {
            throw .tensor(error)
        }
        optimizer.step = state.step
    }
}
