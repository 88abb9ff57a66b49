import Foundation
import Kernels
import Specs

/// One optimizer as it is computed: what a step does to weights, what it remembers from step to step, and what Keras
/// calls it. Each has a file here, with its formula; what all of them have, such as clipping, decay and averages of the
/// weights, is in `OptimizerState`.
///
/// Most update each weight by its own gradient: they give an `update`, whose loop is a kernel's. Those that need whole
/// gradients first say so and give `steps`.
protocol OptimizerRule {
    init(_ settings: Optimizer)

    var settings: Optimizer { get }
    var keras: KerasOptimizer { get }

    // MARK: What it remembers

    /// Arrays of the parameters' size that it keeps, the moments.
    var momentCount: Int { get }
    /// What the values of the first moment start at.
    var firstMoment: Float { get }
    /// A number that it carries from step to step, such as Nadam's product; 1 where there is none.
    var carried: Double { get set }
    /// Makes what it keeps besides, for these variables.
    mutating func prepare(_ variables: [Variable])
    /// The bytes that `prepare` takes.
    static func bytes(_ layers: [LayerSize]) -> Int
    /// What is kept in place of moments, as it is saved; nil for all that keep moments.
    var ownMoments: [[Tensor]]? { get }
    /// Takes up what `ownMoments` gave; throws before anything is written.
    func store(_ lists: [[Tensor]]) throws(TensorError)

    // MARK: A step

    /// Whether it needs a variable's whole gradient, or all, before it can change a weight.
    var needsWholeGradients: Bool { get }
    /// What happens to each weight by its own gradient.
    func update(_ step: ComingStep) -> UpdateRule
    /// Share of a weight that a step takes away, times the learning rate.
    func weightDecay(of variable: Variable) -> Double
    /// What happens to each variable once all gradients are there, which may become directions first.
    func steps(_ pass: VariablePass) -> [VariableStep]
    /// Whether a step at this rate leaves weights and moments as they are.
    func isIdle(learningRate: Double) -> Bool
    /// Counts the step that was just made, the `number`th.
    mutating func advance(past number: Int)

    // MARK: What a step costs

    /// Seconds for an update of one weight beyond Adam's, by the scale of `epochSeconds`.
    var extraSecondsPerWeight: Double { get }
    /// Multiplications of a kernel's step beside those for each of its weights.
    func multiplications(of kernel: KernelShape) -> Double

    // MARK: The end of a run

    /// Replaces the weights by the average that it keeps of them; false where it keeps none.
    func takeAverage(_ weights: AlignedBuffer<Float>, moments: [AlignedBuffer<Float>]) -> Bool
}

extension OptimizerRule {
    var firstMoment: Float { 0 }
    var carried: Double {
        get { 1 }
        set {}
    }
    func prepare(_ variables: [Variable]) {}
    static func bytes(_ layers: [LayerSize]) -> Int { 0 }
    var ownMoments: [[Tensor]]? { nil }
    func store(_ lists: [[Tensor]]) throws(TensorError) {}

    var needsWholeGradients: Bool { false }
    /// Plain descent, along the gradient or what became of it.
    func update(_ step: ComingStep) -> UpdateRule { .sgd(rate: Float(step.learningRate)) }
    func weightDecay(of variable: Variable) -> Double { settings.weightDecay }
    func steps(_ pass: VariablePass) -> [VariableStep] {
        let rule = update(pass.step)
        return pass.variables.map { VariableStep(rule: rule, decay: decay(pass.step, of: $0)) }
    }
    func isIdle(learningRate: Double) -> Bool { false }
    func advance(past number: Int) {}
    var extraSecondsPerWeight: Double { 0 }
    func multiplications(of kernel: KernelShape) -> Double { 0 }
    func takeAverage(_ weights: AlignedBuffer<Float>, moments: [AlignedBuffer<Float>]) -> Bool { false }

    /// lr · weight decay. Keras's optimizers decay every variable, biases too.
    func decay(_ step: ComingStep, of variable: Variable) -> Float {
        Float(step.learningRate * weightDecay(of: variable))
    }
    /// 1−β1ᵗ and 1−β2ᵗ.
    func corrections(_ step: ComingStep) -> (first: Double, second: Double) {
        (step.correction(settings.beta1), step.correction(settings.beta2))
    }
}

/// The step that is about to be made.
struct ComingStep {
    /// t, counted from 1.
    let number: Int
    let learningRate: Double

    /// 1−βᵗ, by which a mean that started at 0 is unbiased.
    func correction(_ beta: Double) -> Double { 1 - pow(beta, Double(number)) }
}

/// What the coming step does to one variable.
struct VariableStep {
    var rule: UpdateRule
    /// Learning rate · weight decay.
    var decay: Float
}

extension Optimizer {
    /// How the optimizer is computed.
    var rule: any OptimizerRule {
        switch kind {
        case .sgd: SGD(self)
        case .rmsprop: RMSprop(self)
        case .adam: Adam(self)
        case .adamw: AdamW(self)
        case .adamax: Adamax(self)
        case .nadam: Nadam(self)
        case .adagrad: Adagrad(self)
        case .adadelta: Adadelta(self)
        case .ftrl: Ftrl(self)
        case .lion: Lion(self)
        case .lamb: Lamb(self)
        case .muon: Muon(self)
        case .adafactor: Adafactor(self)
        case .scheduleFreeAdamW: ScheduleFreeAdamW(self)
        }
    }

    /// Arrays of the parameters' size that the optimizer keeps.
    package var momentCount: Int { rule.momentCount }
    /// What Keras calls the optimizer and its settings.
    package var keras: KerasOptimizer { rule.keras }
}
