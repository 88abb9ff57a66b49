import Foundation
import Kernels
import Specs

/// Adafactor (Shazeer and Stern, 2018) as Keras has it: a kernel's gradient is divided by the root of what the means of
/// its squares over rows and columns make of each of them. The step is bounded by its root mean square, and its rate is
/// lr, or 1/√t where that is less, times the variable's own.
///
/// Keras's `relative_step` has no setting here: it bounds the rate by the same 1/√t once more.
struct Adafactor: OptimizerRule {
    let settings: Optimizer
    private var factored: FactoredMoments?

    init(_ settings: Optimizer) { self.settings = settings }

    var keras: KerasOptimizer {
        KerasOptimizer(
            "Adafactor",
            [
                "beta_2_decay": .number(settings.beta2Decay), "epsilon_1": .number(settings.epsilon1),
                "epsilon_2": .number(settings.epsilon2), "clip_threshold": .number(settings.clipThreshold),
            ])
    }

    /// None: means over rows and columns alone are kept.
    var momentCount: Int { 0 }
    var needsWholeGradients: Bool { true }
    mutating func prepare(_ variables: [Variable]) { factored = FactoredMoments(variables) }
    static func bytes(_ layers: [LayerSize]) -> Int { FactoredMoments.bytes(layers) }
    var ownMoments: [[Tensor]]? { factored?.tensors }
    func store(_ lists: [[Tensor]]) throws(TensorError) { try factored?.store(lists) }

    /// It passes over a whole kernel's gradient three times. Two networks were timed beside Adam, in processor time of one
    /// thread, half of which is taken.
    var extraSecondsPerWeight: Double { 2.5e-10 }

    /// The gradients become directions; returns the rates at which the variables go along them.
    func steps(_ pass: VariablePass) -> [VariableStep] {
        let t = Double(pass.step.number)
        if let factored { findDirections(pass, factored, kept: 1 - pow(t, settings.beta2Decay)) }
        let decay = Float(pass.step.learningRate * settings.weightDecay)
        let sizes = pass.rootMeanSquares(pass.weights)
        return zip(sizes, pass.rootMeanSquares(pass.gradients)).map { weights, direction in
            // Decay comes first, so that the weights are measured without what it takes.
            let size = max(settings.epsilon2, weights * (1 - Double(decay)))
            let rate = size * min(pass.step.learningRate, 1 / t.squareRoot())
            return VariableStep(
                rule: .sgd(rate: Float(rate / max(1, direction / settings.clipThreshold))), decay: decay)
        }
    }

    private func findDirections(_ pass: VariablePass, _ factored: FactoredMoments, kept: Double) {
        pass.forEachRange { index, number, range in
            let gradient = pass.gradients + range.lowerBound
            let variable = pass.variables[index]
            if variable.isKernel {
                factored.add(gradient, variable: index, block: number, width: variable.width(ofBlock: number))
            } else {
                factored.direct(
                    gradient, variable: index, block: number, width: variable.width(ofBlock: number), kept: kept,
                    epsilon: settings.epsilon1)
            }
        }
        factored.finish(kept: kept, epsilon: settings.epsilon1)
        pass.forEachRange { index, number, range in
            let variable = pass.variables[index]
            guard variable.isKernel else { return }
            factored.direct(
                pass.gradients + range.lowerBound, variable: index, block: number,
                width: variable.width(ofBlock: number))
        }
    }
}
