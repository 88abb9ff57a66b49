import Foundation
import Kernels
import Specs

/// The sizes of a dense layer from which its memory follows, without making the layer.
struct LayerSize {
    let inputs: Int
    let units: Int
    let isNormalized: Bool
    /// Trainable variables with one value for each unit.
    let vectors: Int
    /// Whether the activation's input is kept beside its output.
    let keepsInput: Bool
    /// Whether the layer has noise or dropout.
    let isMasked: Bool

    var stride: Int { UnitBlocks.stride(units: units) }
    /// The floats of one array of the layer's parameters, as `DenseShape` lays them out.
    var floats: Int { inputs.plus(vectors).times(stride) }
    /// The kernel as the initializer draws it.
    var kernelBytes: Int { inputs.times(units).times(4) }

    init(_ layer: LayerFacts) {
        inputs = layer.kernel.inputs
        units = layer.kernel.units
        isNormalized = layer.isNormalized
        vectors = layer.vectors.count
        keepsInput = layer.activationKernel.needsInput
        isMasked = layer.isMasked
    }
}

extension LayerFacts {
    /// The activation as training computes it: the output layer's softmax is part of the loss.
    var activationKernel: ActivationKernel { isOutput ? ActivationKernel(.linear) : activation.kernel }
}

extension ExperimentSpec {
    /// The most bytes that a network takes while it trains, with as many workers as the program uses on this machine by
    /// default.
    package var memoryEstimate: Int { memoryEstimate(threads: ExperimentSpec.usualThreads) }

    /// Read once: the number is looked up in a file, and every edit is validated.
    private static let usualThreads = min(ProcessInfo.processInfo.activeProcessorCount, 8)

    /// The most bytes that a network takes while it trains: the sum of what each buffer says it takes.
    ///
    /// - Parameters:
    ///   - threads: workers of a step.
    ///   - rows: of the training set; a batch is at most this. MNIST has 60,000.
    package func memoryEstimate(threads: Int, rows: Int = 60_000) -> Int {
        let facts = network.layers
        let plans = StagePlan.plans(facts)
        let layers = plans.flatMap(\.sizes)
        let keepsZeros = training.scale != .standard
        let parameters = layers.reduce(0) { $0.plus($1.floats) }.times(4)
        let capacity = min(training.batch, rows)
        let buffers = plans.reduce(LossBuffers.bytes(capacity: capacity)) { sum, plan in
            sum.plus(plan.bytes(capacity: capacity, threads: threads, keepsZeros: keepsZeros))
        }
        // A batch of distorted images, their numbers and labels; and for each worker an image of floats and its fields.
        let distorted =
            !training.drawsImages
            ? 0 : capacity.times(network.inputs.plus(5)).plus(network.inputs.times(8).times(threads))
        // A copy of the data set in one form, of which the rows to train on are six of seven.
        let formed =
            training.deslant || training.inkWidth?.isOne == true ? rows.times(network.inputs).times(7) / 6 : 0
        let lasting = parameters.plus(OptimizerState.bytes(training, layers)).plus(buffers).plus(distorted).plus(formed)
        let inference = InferenceBuffers.bytes(facts, threads: threads, keepsZeros: keepsZeros)
        // Kernels are drawn before anything is predicted; an orthogonal one is there as vectors and as columns.
        let copies = training.initializer == .orthogonal ? 2 : 1
        let drawn = (layers.map(\.kernelBytes).max() ?? 0).times(copies)
        return lasting.plus(max(inference, drawn))
    }
}
