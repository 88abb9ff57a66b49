import Kernels

/// A multilayer perceptron that can be trained: parameters, optimizer and the buffers of a step.
///
/// It belongs to one thread, whose work it shares with its own pool. Results don't depend on the number of threads:
/// the same spec, seed and batches give the same bits.
public final class Network {
    public let spec: ExperimentSpec
    /// Changes count from the next step on.
    public var learningRate: Double
    /// λ of the penalty λΣw² on every kernel.
    public var l2: Double
    /// How a pixel byte becomes an input.
    public let transform: InputTransform

    let layout: ParameterLayout
    let parameters: AlignedBuffer<Float>
    let optimizer: OptimizerState
    let pool: WorkerPool
    var buffers: TrainingBuffers
    var inference: InferenceBuffers?
    /// Rates of the hidden layers.
    private(set) var dropout: [Float]
    /// Whether the last batch was sparse: a guess that saves waiting, without influence on results.
    var expectsSparseInput = true

    /// Draws the kernels from `spec.training.seed`; biases are zero.
    ///
    /// - Parameters:
    ///   - transform: from pixel bytes to inputs.
    ///   - threads: workers of a step, the caller included.
    ///   - largestBatch: rows that a step has at most; nil takes the spec's batch size.
    ///   - isCancelled: asked before each layer's kernel is drawn; once it is true the network is of no use.
    public init(
        spec: ExperimentSpec, transform: InputTransform, threads: Int, largestBatch: Int? = nil,
        isCancelled: () -> Bool = { false }
    ) {
        precondition(spec.network.inputs > 0 && spec.network.classes > 0, "a network has inputs and classes")
        MatrixProducts.prepare()
        self.spec = spec
        self.transform = transform
        learningRate = spec.training.learningRate
        l2 = spec.training.l2
        dropout = spec.network.hidden.map { Float($0.dropout) }
        layout = ParameterLayout(spec.network)
        parameters = AlignedBuffer(count: layout.count)
        optimizer = OptimizerState(spec.training.optimizer, parameters: layout.count)
        pool = WorkerPool(threads: threads)
        buffers = TrainingBuffers(
            layout: layout, capacity: largestBatch ?? spec.training.batch, threads: threads,
            lists: transform.add == 0)
        initialize(isCancelled)
    }

    /// Changes the share of dropped units behind hidden layer `layer` from the next step on.
    public func setDropout(_ rate: Double, layer: Int) {
        precondition(rate >= 0 && rate < 1, "a dropout rate is in 0 ..< 1")
        dropout[layer] = Float(rate)
    }

    /// λΣw² over all kernels.
    public var regularizationLoss: Double {
        guard l2 > 0 else { return 0 }
        let sum = layout.layers.reduce(0.0) { sum, layer in
            layer.units.blocks.reduce(sum) { sum, block in
                let kernel = parameters.pointer + layer.kernelOffset(block)
                return sum + Elementwise.sumOfSquares(kernel, count: layer.inputs * block.width)
            }
        }
        return l2 * sum
    }

    private func initialize(_ isCancelled: () -> Bool) {
        var tensors: [Tensor] = []
        for layer in layout.layers {
            guard !isCancelled() else { return }
            let units = layer.units.units
            // Streams from 1000 on belong to the layers, apart from those of shuffling and augmentation.
            var generator = SeededGenerator(seed: spec.training.seed, stream: UInt64(1000 + layer.index))
            let kernel = spec.training.initializer.kernel(inputs: layer.inputs, units: units, using: &generator)
            tensors += [
                Tensor(name: "\(layer.index).kernel", shape: [layer.inputs, units], values: kernel),
                Tensor(name: "\(layer.index).bias", shape: [units], values: [Float](repeating: 0, count: units)),
            ]
        }
        do {
            try layout.store(tensors, into: parameters.pointer)
        } catch {
            preconditionFailure("the layout made these shapes: \(error)")
        }
    }

    /// The key of a layer's dropout mask in the coming step: the masks are a function of seed and step alone, so that
    /// the number of steps is all of the generator's state.
    package func dropoutKey(layer: Int) -> UInt64 {
        SplitMix64.mix(SplitMix64.mix(spec.training.seed &+ UInt64(layer)) ^ UInt64(optimizer.step))
    }
}

/// What one training step saw.
public struct StepResult: Sendable, Equatable {
    /// Sum over the batch's rows of the data loss, plus rows × regularization, at the weights before the step.
    public var lossSum: Double
    /// Rows whose largest logit was the label's.
    public var correct: Int

    public init(lossSum: Double, correct: Int) {
        self.lossSum = lossSum
        self.correct = correct
    }
}
