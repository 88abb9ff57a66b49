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

    /// The layers, computed in order.
    let stages: [any Stage]
    let layout: ParameterLayout
    let parameters: AlignedBuffer<Float>
    let optimizer: OptimizerState
    let pool: WorkerPool
    /// Which blocks of parameters each worker updates.
    let updateShares: UpdateShares
    var losses: LossBuffers
    /// The penalty of each block of parameters.
    let penalties: AlignedBuffer<Double>
    /// Rows of the last training step.
    var stepRows = 0
    var inference: InferenceBuffers?
    let loss: SoftmaxLoss
    /// What the loss of a training row is multiplied by, one a class; nil where all count the same.
    let classWeights: [Float]?

    /// Draws the kernels from `spec.training.seed`; biases and β are zero, γ is one.
    ///
    /// - Parameters:
    ///   - transform: from pixel bytes to inputs.
    ///   - threads: workers of a step, the caller included.
    ///   - shared: the workers, where they are those of other networks, too; nil for workers of its own.
    ///   - classWeights: what the loss of a training row is multiplied by, one a class; nil where all count the same.
    ///   - largestBatch: rows that a step has at most; nil takes the spec's batch size.
    ///   - layersPerStack: the most dense layers that are one stage.
    ///   - isCancelled: called before each layer's kernel is drawn; once it returned true the network must not be used.
    package init(
        spec: ExperimentSpec, transform: InputTransform, threads: Int, sharing shared: WorkerPool? = nil,
        classWeights: [Float]? = nil, largestBatch: Int? = nil, layersPerStack: Int = .max,
        isCancelled: () -> Bool = { false }
    ) {
        precondition(shared.map { $0.threads == threads } ?? true, "as many workers as are shared")
        precondition(spec.network.inputs > 0 && spec.network.classes > 0, "a network has inputs and classes")
        MatrixProducts.prepare()
        precondition(classWeights.map { $0.count == spec.network.classes } ?? true, "one weight a class")
        self.spec = spec
        self.transform = transform
        self.classWeights = classWeights
        learningRate = spec.training.learningRate
        l1 = spec.training.l1
        l2 = spec.training.l2
        loss = spec.training.loss.kernel
        let capacity = largestBatch ?? spec.training.batch
        stages = Self.stages(
            StagePlan.plans(spec.network.layers, layersPerStack: layersPerStack),
            StageRoom(capacity: capacity, threads: threads, transform: transform))
        layout = ParameterLayout(stages)
        parameters = AlignedBuffer(count: layout.count)
        optimizer = OptimizerState(spec.training, layout: layout)
        pool = shared ?? WorkerPool(threads: threads)
        updateShares = UpdateShares(stages, pool: pool)
        losses = LossBuffers(capacity: capacity)
        penalties = AlignedBuffer(count: updateShares.count)
        for stage in stages { stage.initialize(parameters.pointer, spec.training, isCancelled: isCancelled) }
    }

    /// Each with its parameters behind those of the stage before it.
    private static func stages(_ plans: [StagePlan], _ room: StageRoom) -> [any Stage] {
        var offset = 0
        return plans.map { plan in
            let stage = plan.stage(offset: offset, room)
            offset += stage.blocks.reduce(0) { $0 + $1.floats }
            return stage
        }
    }

    /// Changes the share of dropped units behind hidden layer `layer` from the next step on.
    package func setDropout(_ rate: Double, layer: Int) {
        precondition(rate >= 0 && rate < 1, "a dropout rate is in 0 ..< 1")
        for stage in stages { stage.setDropout(Float(rate), layer: layer) }
    }

    /// The keys of the coming step's random numbers.
    var keys: MaskKeys { MaskKeys(seed: spec.training.seed, step: optimizer.step) }
    /// The key of a layer's dropout mask in the coming step.
    package func dropoutKey(layer: Int) -> UInt64 { keys.dropout(layer: layer) }
    /// The key of a layer's noise in the coming step.
    package func noiseKey(layer: Int) -> UInt64 { keys.noise(layer: layer) }
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
