import Kernels
import Specs

/// A multilayer perceptron that can be trained: parameters, optimizer and the buffers of a step.
///
/// It belongs to one thread, whose work it shares with its own pool. Results don't depend on the number of threads:
/// the same spec, seed and batches give the same bits.
package final class Network {
    /// The spec that the network was made from.
    package let spec: ExperimentSpec
    /// Changes count from the next step on.
    package var learningRate: Double
    /// λ of the penalty λΣ|w| on every kernel.
    package var l1: Double
    /// λ of the penalty λΣw² on every kernel.
    package var l2: Double
    /// Whether the workers share a training step. Otherwise the caller's thread makes it alone, with the same bits;
    /// that is faster where a step is small or where other programs use the processors.
    package var sharesSteps = true
    /// Times the phases of every step, where it is set.
    package var profile: StepProfile?
    /// How a pixel byte becomes an input.
    package let transform: InputTransform

    /// Workers of a step, the caller included.
    package var threads: Int { pool.threads }

    let layout: ParameterLayout
    let parameters: AlignedBuffer<Float>
    let statistics: MovingStatistics
    let optimizer: OptimizerState
    let pool: WorkerPool
    /// Which blocks of kernels each worker updates.
    let updateShares: [UpdateShares.Share]
    var buffers: TrainingBuffers
    var inference: InferenceBuffers?
    /// Dropout rates of the hidden layers.
    private(set) var dropout: [Float]
    /// Standard deviations of the noise of the hidden layers.
    let noise: [Float]
    let loss: SoftmaxLoss

    /// Draws the kernels from `spec.training.seed`; biases and β are zero, γ is one.
    ///
    /// - Parameters:
    ///   - transform: from pixel bytes to inputs.
    ///   - threads: workers of a step, the caller included.
    ///   - largestBatch: rows that a step has at most; nil takes the spec's batch size.
    ///   - isCancelled: called before each layer's kernel is drawn; once it returned true the network must not be used.
    package init(
        spec: ExperimentSpec, transform: InputTransform, threads: Int, largestBatch: Int? = nil,
        isCancelled: () -> Bool = { false }
    ) {
        precondition(spec.network.inputs > 0 && spec.network.classes > 0, "a network has inputs and classes")
        MatrixProducts.prepare()
        self.spec = spec
        self.transform = transform
        learningRate = spec.training.learningRate
        l1 = spec.training.l1
        l2 = spec.training.l2
        loss = spec.training.loss.kernel
        dropout = spec.network.hidden.map { Float($0.dropout) }
        noise = spec.network.hidden.map { Float($0.noise) }
        layout = ParameterLayout(spec.network)
        statistics = MovingStatistics(layout)
        parameters = AlignedBuffer(count: layout.count)
        optimizer = OptimizerState(spec.training, layout: layout)
        pool = WorkerPool(threads: threads)
        updateShares = UpdateShares.shares(layout, pool: pool)
        buffers = TrainingBuffers(
            layout: layout, capacity: largestBatch ?? spec.training.batch, threads: threads,
            zeroKeeping: transform.zeroKeepingFactor)
        initialize(isCancelled)
    }

    /// Changes the share of dropped units behind hidden layer `layer` from the next step on.
    package func setDropout(_ rate: Double, layer: Int) {
        precondition(rate >= 0 && rate < 1, "a dropout rate is in 0 ..< 1")
        dropout[layer] = Float(rate)
    }

    /// One layer at a time, so that at most one kernel is in memory twice.
    private func initialize(_ isCancelled: () -> Bool) {
        for layer in layout.layers {
            guard !isCancelled() else { return }
            let units = layer.units.units
            // Streams from 1000 on belong to the layers, apart from those of shuffling and augmentation.
            var generator = SeededGenerator(seed: spec.training.seed, stream: UInt64(1000 + layer.index))
            let kernel = spec.training.initializer.kernel(
                inputs: layer.inputs, units: units, scaling: spec.training.varianceScaling, using: &generator)
            for block in layer.units.blocks {
                let width = min(block.width, units - block.start)
                for row in 0..<layer.inputs {
                    let target = parameters.pointer + layer.kernelOffset(block) + row * block.width
                    for column in 0..<width { target[column] = kernel[row * units + block.start + column] }
                }
                if layer.isNormalized {
                    (parameters.pointer + layer.gammaOffset(block)).update(repeating: 1, count: width)
                }
            }
        }
    }

    /// The key of a layer's dropout mask in the coming step: the masks are a function of seed and step alone, so that
    /// the number of steps is all of the generator's state.
    package func dropoutKey(layer: Int) -> UInt64 {
        SplitMix64.mix(SplitMix64.mix(spec.training.seed &+ UInt64(layer)) ^ UInt64(optimizer.step))
    }

    /// The key of a layer's noise in the coming step, likewise.
    package func noiseKey(layer: Int) -> UInt64 {
        SplitMix64.mix(dropoutKey(layer: layer) ^ 0x4E4F_4953_45)
    }
}

/// The loss and the correct predictions of one training step.
package struct StepResult: Sendable, Equatable {
    /// Sum over the batch's rows of the data loss, plus rows × regularization, at the weights before the step.
    package var lossSum: Double
    /// Rows whose largest logit was the label's.
    package var correct: Int

    /// The result of a step.
    package init(lossSum: Double, correct: Int) {
        self.lossSum = lossSum
        self.correct = correct
    }
}
