import Foundation
import Kernels

/// What the coming step does to one variable.
struct VariableStep {
    var rule: UpdateRule
    /// Learning rate · weight decay.
    var decay: Float
}

extension OptimizerState {
    /// Keras's `adam_weight_decay`: the decay of the variables that Muon leaves to Adam, whatever Muon's own decay is.
    static let muonVectorDecay = 0.004

    /// The update for the coming step (t = `step` + 1), with Keras's formulas. Those of Lamb, Muon and Adafactor apply
    /// a direction that was computed before: those of Lamb and Adafactor are not yet multiplied by the variable's size,
    /// and that of Muon is for vectors.
    func rule(learningRate: Double) -> UpdateRule {
        let rate = Float(learningRate)
        let epsilon = Float(optimizer.epsilon)
        switch optimizer.kind {
        case .sgd where optimizer.momentum == 0, .lamb, .adafactor: return .sgd(rate: rate)
        case .sgd: return .momentum(rate: rate, momentum: Float(optimizer.momentum), nesterov: optimizer.nesterov)
        case .rmsprop:
            return .rmsprop(
                rate: rate, rho: optimizer.rho, epsilon: epsilon, centered: optimizer.centered,
                momentum: Float(optimizer.momentum))
        case .adam, .adamw, .muon: return adam(learningRate)
        case .adamax:
            return .adamax(
                correctedRate: Float(learningRate / corrections.first), beta1: optimizer.beta1,
                beta2: optimizer.beta2, epsilon: epsilon)
        case .nadam: return nadam(rate)
        case .adagrad: return .adagrad(rate: rate, epsilon: epsilon)
        case .adadelta: return .adadelta(rate: rate, rho: optimizer.rho, epsilon: epsilon)
        case .ftrl: return .ftrl(rate: rate, power: Float(optimizer.ratePower))
        case .lion: return .lion(rate: rate, beta1: optimizer.beta1, beta2: optimizer.beta2)
        case .scheduleFreeAdamW: return scheduleFree(learningRate)
        }
    }

    /// lr · weight decay. Keras's optimizers decay every variable, biases too.
    func decay(learningRate: Double, of variable: Variable? = nil) -> Float {
        let isMuonVector = optimizer.kind == .muon && variable?.isKernel == false
        return Float(learningRate * (isMuonVector ? Self.muonVectorDecay : optimizer.weightDecay))
    }

    /// 1−β1ᵗ and 1−β2ᵗ of the coming step.
    var corrections: (first: Double, second: Double) {
        let t = Double(step + 1)
        return (1 - pow(optimizer.beta1, t), 1 - pow(optimizer.beta2, t))
    }

    /// u_t = β1·(1 − ½·0.96ᵗ).
    func nadamMomentum(_ t: Int) -> Double { optimizer.beta1 * (1 - 0.5 * pow(0.96, Double(t))) }

    private func adam(_ rate: Double) -> UpdateRule {
        let corrections = corrections
        let step = AdamStep(
            correctedRate: Float(rate * corrections.second.squareRoot() / corrections.first),
            beta1: optimizer.beta1, beta2: optimizer.beta2, epsilon: Float(optimizer.epsilon))
        return optimizer.amsgrad ? .amsgrad(step) : .adam(step)
    }

    private func scheduleFree(_ rate: Double) -> UpdateRule {
        let t = Double(step + 1)
        let risen = optimizer.warmupSteps > 0 ? min(1, t / Double(optimizer.warmupSteps)) : 1
        return .scheduleFree(
            rate: Float(rate * risen), beta1: Float(optimizer.beta1), beta2: optimizer.beta2,
            epsilon: Float(optimizer.epsilon), grown: Float(1 / corrections.second), share: Float(1 / t),
            starts: step == 0)
    }

    private func nadam(_ rate: Float) -> UpdateRule {
        let (now, next) = (nadamMomentum(step + 1), nadamMomentum(step + 2))
        let product = momentumProduct * now
        return .nadam(
            rate: rate, past: Float(next / (1 - product * next)), present: Float((1 - now) / (1 - product)),
            grown: Float(1 / corrections.second), beta1: optimizer.beta1, beta2: optimizer.beta2,
            epsilon: Float(optimizer.epsilon))
    }
}
