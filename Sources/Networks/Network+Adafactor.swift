import Foundation
import Kernels

/// Adafactor (Shazeer and Stern, 2018) as Keras has it: each value of a kernel's gradient is divided by the root of an
/// estimate of its mean square, which is made from the means of the squares over its row and its column. The step is
/// bounded by its root mean square, and its rate is lr, or 1/√t where that is less, times the variable's own.
///
/// Keras's `relative_step` has no setting here: it bounds the rate by the same 1/√t once more.
extension Network {
    /// Turns the gradients into directions, in place; returns each variable's rate.
    func adafactorSteps(_ factored: FactoredMoments) -> [VariableStep] {
        let settings = optimizer.optimizer
        let gradients = optimizer.gradients.pointer
        let t = Double(optimizer.step + 1)
        let kept = 1 - pow(t, settings.beta2Decay)
        forEachRange { index, number, range in
            let gradient = gradients + range.lowerBound
            let shape = layout.layers[optimizer.variables[index].layer]
            let width = shape.units.blocks[number].width
            if optimizer.variables[index].isKernel {
                factored.add(gradient, variable: index, block: number, width: width)
            } else {
                factored.direct(
                    gradient, variable: index, block: number, width: width, kept: kept, epsilon: settings.epsilon1)
            }
        }
        factored.finish(kept: kept, epsilon: settings.epsilon1)
        forEachRange { index, number, range in
            guard optimizer.variables[index].isKernel else { return }
            let shape = layout.layers[optimizer.variables[index].layer]
            factored.direct(
                gradients + range.lowerBound, variable: index, block: number, width: shape.units.blocks[number].width)
        }
        let decay = optimizer.decay(learningRate: learningRate)
        let sizes = rootMeanSquares(squares(parameters.pointer))
        return zip(sizes, rootMeanSquares(squares(gradients))).map { weights, direction in
            // Decay comes first, so that the weights are measured after it.
            let size = max(settings.epsilon2, weights * (1 - Double(decay)))
            let rate = size * min(learningRate, 1 / t.squareRoot())
            return VariableStep(
                rule: .sgd(rate: Float(rate / max(1, direction / settings.clipThreshold))), decay: decay)
        }
    }

    private func rootMeanSquares(_ squares: [Double]) -> [Double] {
        zip(optimizer.variables, squares).map { variable, sum in
            let units = layout.layers[variable.layer].units.units
            let count = if case .kernel(let rows, let columns) = variable.role { rows * columns } else { units }
            return (sum / Double(count)).squareRoot()
        }
    }
}
