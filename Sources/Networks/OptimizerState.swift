import Kernels
import Specs

/// The state of an optimizer: its moments and the averages of the weights, each an array with the parameters' layout,
/// the number of steps taken, and Nadam's product.
final class OptimizerState {
    let optimizer: Optimizer
    let clipping: GradientClipping?
    let maxNorm: Float?
    let averaging: WeightAveraging?
    let variables: [Variable]
    /// Steps taken.
    var step = 0
    /// Nadam's ∏ u over the steps taken; 1 for the others.
    var momentumProduct = 1.0
    let moments: [AlignedBuffer<Float>]
    /// Adafactor's; nil for the others.
    let factored: FactoredMoments?
    /// The moving average of the weights, where there is one.
    let averages: AlignedBuffer<Float>?
    /// The step's gradients, where the step needs whole ones.
    lazy var gradients = AlignedBuffer<Float>(count: count)
    /// Muon's matrices.
    lazy var orthogonalization = Orthogonalization(variables)

    let needsWholeGradients: Bool

    private let count: Int
    /// One byte for each row of the kernel in each block of the first layer: 0 where all of the row's moments are 0.
    /// Fused Adam leaves out pixels that were 0 in all images so far.
    private let moved: AlignedBuffer<UInt8>
    private let movedRowCount: Int

    init(_ training: TrainingConfiguration, layout: ParameterLayout) {
        optimizer = training.optimizer
        clipping = training.clipping
        maxNorm = training.maxNorm.map { Float($0) }
        averaging = training.averaging
        variables = layout.variables
        needsWholeGradients = training.needsWholeGradients
        count = layout.count
        moments = (0..<optimizer.momentCount).map { _ in AlignedBuffer(count: layout.count) }
        factored = optimizer.kind == .adafactor ? FactoredMoments(layout) : nil
        averages = averaging == nil ? nil : AlignedBuffer(count: layout.count)
        movedRowCount = layout.layers[0].inputs
        moved = AlignedBuffer(count: movedRowCount * layout.layers[0].units.blocks.count)
        if optimizer.kind.startsAtAccumulator {
            moments[0].pointer.update(repeating: Float(optimizer.accumulator), count: layout.count)
        }
    }

    /// The moments at the start of a range.
    func moments(at place: Int) -> UpdateRule.Moments {
        func moment(_ index: Int) -> UnsafeMutablePointer<Float>? {
            index < moments.count ? moments[index].pointer + place : nil
        }
        return UpdateRule.Moments(moment(0), moment(1), moment(2))
    }

    /// What fused Adam keeps of a block of the first layer.
    func movedRows(_ block: Int) -> UnsafeMutablePointer<UInt8> { moved.pointer + block * movedRowCount }

    /// Marks all moments of a block of the first layer as possibly other than 0.
    func moveRows(_ block: Int) { movedRows(block).update(repeating: 1, count: movedRowCount) }

    /// Marks the moments of all blocks.
    func moveAllRows() { moved.pointer.update(repeating: 1, count: moved.count) }

    /// Takes the updated weights of a range into their average, which replaces them at its turn. The first step's
    /// weights are the first average.
    func average(_ weights: UnsafeMutablePointer<Float>, range: Range<Int>) {
        guard let averaging, let averages else { return }
        let average = averages.pointer + range.lowerBound
        let values = weights + range.lowerBound
        OptimizerKernels.average(
            count: range.count, average, of: values, momentum: step == 0 ? 0 : averaging.momentum)
        if let every = averaging.overwriteEvery, (step + 1).isMultiple(of: every) {
            values.update(from: average, count: range.count)
        }
    }

    /// Counts the step that was just made.
    func advance() {
        step += 1
        if optimizer.kind == .nadam { momentumProduct *= nadamMomentum(step) }
    }
}

extension TrainingConfiguration {
    /// Whether a step needs the gradient of a whole variable, or of all, before it can change a weight.
    var needsWholeGradients: Bool {
        if [.lamb, .muon, .adafactor].contains(optimizer.kind) { return true }
        switch clipping {
        case .norm, .globalNorm: return true
        case .value, nil: return false
        }
    }
}

extension OptimizerState {
    /// The bytes that the state takes: an array for each moment, for the averages and for whole gradients, and what
    /// Muon and Adafactor need in addition.
    static func bytes(_ training: TrainingConfiguration, _ layers: [LayerSize]) -> Int {
        let parameters = layers.reduce(0) { $0.plus($1.floats) }.times(4)
        let arrays =
            training.optimizer.momentCount + (training.averaging == nil ? 0 : 1)
            + (training.needsWholeGradients ? 1 : 0)
        let moved = layers.first.map { $0.inputs.times(UnitBlocks.count(units: $0.units)) } ?? 0
        let own =
            switch training.optimizer.kind {
            case .muon: Orthogonalization.bytes(layers)
            case .adafactor: FactoredMoments.bytes(layers)
            default: 0
            }
        return parameters.times(arrays).plus(moved).plus(own)
    }
}

extension Optimizer {
    /// Arrays of the parameters' size that the optimizer keeps.
    package var momentCount: Int {
        switch kind {
        case .sgd: momentum == 0 ? 0 : 1
        case .rmsprop: 1 + (centered ? 1 : 0) + (momentum > 0 ? 1 : 0)
        case .adam, .adamw: amsgrad ? 3 : 2
        case .adagrad, .lion: 1
        case .adamax, .nadam, .adadelta, .ftrl, .lamb, .muon, .scheduleFreeAdamW: 2
        // Rows and columns alone.
        case .adafactor: 0
        }
    }
}

extension Optimizer.Kind {
    /// Whether the first moment starts at the accumulator's value, not at 0.
    var startsAtAccumulator: Bool { self == .adagrad || self == .ftrl }
}
