import Kernels
import Specs

/// What a network remembers of its training: the optimizer's moments and the weights' averages, each an array with the
/// parameters' layout, and how many steps were taken.
final class OptimizerState {
    var rule: any OptimizerRule
    let clipping: GradientClipping?
    let maxNorm: Float?
    let averaging: WeightAveraging?
    let variables: [Variable]
    /// Steps taken.
    var step = 0
    let moments: [AlignedBuffer<Float>]
    /// The moving average of the weights, where there is one.
    let averages: AlignedBuffer<Float>?
    /// The step's gradients, where the step needs whole ones.
    lazy var gradients = AlignedBuffer<Float>(count: count)

    let needsWholeGradients: Bool

    private let count: Int

    init(_ training: TrainingConfiguration, layout: ParameterLayout) {
        var rule = training.optimizer.rule
        clipping = training.clipping
        maxNorm = training.maxNorm.map { Float($0) }
        averaging = training.averaging
        variables = layout.variables
        needsWholeGradients = training.needsWholeGradients
        count = layout.count
        moments = (0..<rule.momentCount).map { _ in AlignedBuffer(count: layout.count) }
        averages = averaging == nil ? nil : AlignedBuffer(count: layout.count)
        if rule.firstMoment != 0 {
            moments[0].pointer.update(repeating: rule.firstMoment, count: layout.count)
        }
        rule.prepare(variables)
        self.rule = rule
    }

    /// The moments at the start of a range.
    func moments(at place: Int) -> UpdateRule.Moments {
        func moment(_ index: Int) -> UnsafeMutablePointer<Float>? {
            index < moments.count ? moments[index].pointer + place : nil
        }
        return UpdateRule.Moments(moment(0), moment(1), moment(2))
    }

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
        rule.advance(past: step)
    }

    /// The step that comes next.
    func comingStep(learningRate: Double) -> ComingStep {
        ComingStep(number: step + 1, learningRate: learningRate)
    }
}

extension TrainingConfiguration {
    /// Whether a step needs the gradient of a whole variable, or of all, before it can change a weight.
    var needsWholeGradients: Bool {
        switch clipping {
        case .norm, .globalNorm: return true
        case .value, nil: return optimizer.rule.needsWholeGradients
        }
    }
}

extension OptimizerState {
    /// What it takes: an array for each moment, for the averages and for whole gradients, and what the optimizer has
    /// besides.
    static func bytes(_ training: TrainingConfiguration, _ layers: [LayerSize]) -> Int {
        let parameters = layers.reduce(0) { $0.plus($1.floats) }.times(4)
        let arrays =
            training.optimizer.momentCount + (training.averaging == nil ? 0 : 1)
            + (training.needsWholeGradients ? 1 : 0)
        let own = type(of: training.optimizer.rule).bytes(layers)
        return parameters.times(arrays).plus(own)
    }
}
