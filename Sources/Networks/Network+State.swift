import Kernels

/// All that a network needs to go on bit for bit: weights, moving statistics, the optimizer's state, and its step
/// count, from which the random numbers of dropout and noise follow, too.
package struct NetworkState: Sendable, Equatable, Codable {
    /// The weights and moving statistics, in the network's order.
    package var weights: [Tensor]
    /// One list of tensors for each moment, named and shaped as the trainable weights. Adafactor has two: the means over
    /// the kernels' rows, and over their columns with the vectors' squares.
    package var moments: [[Tensor]]
    /// The moving averages of the weights; empty without `ema`.
    package var averages: [Tensor]
    /// Steps taken.
    package var step: Int
    /// Nadam's product of momentums; 1 for other optimizers.
    package var momentumProduct: Double

    /// A state of a network.
    package init(
        weights: [Tensor], moments: [[Tensor]], averages: [Tensor] = [], step: Int, momentumProduct: Double = 1
    ) {
        self.weights = weights
        self.moments = moments
        self.averages = averages
        self.step = step
        self.momentumProduct = momentumProduct
    }
}

/// Why a state can't be restored. Nothing of it is used then.
package enum NetworkStateError: Error, Equatable, Sendable {
    /// The spec's optimizer keeps another number of moments.
    case moments(expected: Int, found: Int)
    /// The spec averages the weights and the state has no averages, or the other way round.
    case averages(expected: Bool)
    case negativeStep(Int)
    /// Nadam's product is not in 0 ... 1.
    case momentumProduct(Double)
    case tensor(TensorError)
}

extension NetworkStateError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .moments(let expected, let found): "its optimizer keeps \(expected) moments, and it has \(found)"
        case .averages(true): "its weights are averaged, and it has no averages"
        case .averages(false): "its weights are not averaged, and it has averages"
        case .negativeStep(let step): "it has made \(step) steps"
        case .momentumProduct(let product): "its product of momentums is \(product), which is not in 0 to 1"
        case .tensor(let error): error.description
        }
    }
}

extension Network {
    /// Copies of the weights: "0.kernel" [inputs, units], "0.bias" [units], …; the last index is the output layer. Where
    /// a layer has batch normalization, its "gamma", "beta", "moving_mean" and "moving_variance" follow, [units] each.
    package func tensors() -> [Tensor] {
        let kept = stages.flatMap(\.kept).map { kept in
            Tensor(name: kept.name, shape: [kept.count], values: (0..<kept.count).map { kept.values.pointer[$0] })
        }
        let tensors = layout.tensors(of: parameters.pointer) + kept
        return spec.network.tensorNames.compactMap { name in tensors.first { $0.name == name } }
    }

    /// Replaces all weights; throws `TensorError`, and changes nothing, where names or shapes don't fit.
    package func load(_ tensors: [Tensor]) throws {
        try check(tensors)
        try store(tensors)
    }

    /// Throws where the tensors are not exactly this network's, by names and shapes.
    package func check(_ tensors: [Tensor]) throws(TensorError) {
        _ = try Tensor.values(of: tensors, expected: spec.network.tensorShapes)
    }

    private func store(_ tensors: [Tensor]) throws(TensorError) {
        let kept = stages.flatMap(\.kept)
        let names = Set(kept.map(\.name))
        try layout.store(tensors.filter { !names.contains($0.name) }, into: parameters.pointer)
        for kept in kept {
            for (place, value) in (tensors.first { $0.name == kept.name }?.values ?? []).enumerated() {
                kept.values.pointer[place] = value
            }
        }
    }

    /// A copy of the network's state, which `restore` goes back to.
    package var state: NetworkState {
        NetworkState(
            weights: tensors(),
            moments: optimizer.rule.ownMoments ?? optimizer.moments.map { layout.tensors(of: $0.pointer) },
            averages: optimizer.averages.map { layout.tensors(of: $0.pointer) } ?? [], step: optimizer.step,
            momentumProduct: optimizer.rule.carried)
    }

    /// Goes back to a state of a network of the same shape and optimizer; on an error nothing has changed.
    package func restore(_ state: NetworkState) throws(NetworkStateError) {
        let lists = optimizer.rule.ownMoments?.count ?? optimizer.moments.count
        guard state.moments.count == lists else {
            throw .moments(expected: lists, found: state.moments.count)
        }
        guard state.averages.isEmpty == (optimizer.averages == nil) else {
            throw .averages(expected: optimizer.averages != nil)
        }
        guard state.step >= 0 else { throw .negativeStep(state.step) }
        guard (0...1).contains(state.momentumProduct) else { throw .momentumProduct(state.momentumProduct) }
        do throws(TensorError) {
            let trainable =
                (optimizer.rule.ownMoments == nil ? state.moments : [])
                + (optimizer.averages == nil ? [] : [state.averages])
            for tensors in trainable { try layout.check(tensors) }
            try check(state.weights)
            try optimizer.rule.store(state.moments)
            for (tensors, moment) in zip(state.moments, optimizer.moments) {
                try layout.store(tensors, into: moment.pointer)
            }
            if let averages = optimizer.averages { try layout.store(state.averages, into: averages.pointer) }
            try store(state.weights)
        } catch {
            throw .tensor(error)
        }
        momentsChanged()
        optimizer.step = state.step
        optimizer.rule.carried = state.momentumProduct
    }

    /// Replaces the weights by their moving averages, as Keras does when a fit ends, or by schedule-free's mean, as its
    /// `swap_to_eval` does; false where there are none.
    @discardableResult
    package func takeAverages() -> Bool {
        guard optimizer.step > 0 else { return false }
        if let averages = optimizer.averages {
            parameters.copy(from: averages)
            return true
        }
        return optimizer.rule.takeAverage(parameters, moments: optimizer.moments)
    }
}
