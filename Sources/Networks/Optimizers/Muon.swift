import Kernels
import Specs

/// Kernels go along their orthogonalized momentum: m = μm + g, o = orthogonalized m, or g + μm with Nesterov,
/// w −= lr·0.2·√max(rows, columns)·o. Vectors are Adam's. Jordan and others, 2024.
struct Muon: OptimizerRule {
    /// Keras's `adam_weight_decay`: what is taken from the variables that Adam updates, whatever the own decay.
    private static let vectorDecay = 0.004

    private let adam: Adam
    private var orthogonalization: Orthogonalization?

    init(_ settings: Optimizer) { adam = Adam(settings) }

    var settings: Optimizer { adam.settings }

    var keras: KerasOptimizer {
        KerasOptimizer(
            "Muon",
            [
                "adam_beta_1": .number(settings.beta1), "adam_beta_2": .number(settings.beta2),
                "epsilon": .number(settings.epsilon), "momentum": .number(settings.momentum),
                "nesterov": .flag(settings.nesterov),
            ])
    }

    /// A kernel's momentum, of which the second is not used; a vector's m and v.
    var momentCount: Int { 2 }
    var needsWholeGradients: Bool { true }
    mutating func prepare(_ variables: [Variable]) { orthogonalization = Orthogonalization(variables) }
    static func bytes(_ layers: [LayerSize]) -> Int { Orthogonalization.bytes(layers) }

    /// One network was timed beside Adam, in processor time of one thread, half of which is taken.
    func multiplications(of kernel: KernelShape) -> Double { Orthogonalization.multiplications(of: kernel) }

    func weightDecay(of variable: Variable) -> Double {
        variable.isKernel ? settings.weightDecay : Self.vectorDecay
    }

    func steps(_ pass: VariablePass) -> [VariableStep] {
        pass.forEachRange { variable, _, range in
            guard pass.variables[variable].isKernel else { return }
            OptimizerKernels.muonMomentum(
                count: range.count, gradient: pass.gradients + range.lowerBound,
                moments: pass.moments.advanced(by: range.lowerBound), momentum: Float(settings.momentum),
                nesterov: settings.nesterov)
        }
        let norms = pass.squares(pass.gradients)
        let adam = adam.update(pass.step)
        return pass.variables.enumerated().map { index, variable in
            let decay = decay(pass.step, of: variable)
            guard case .kernel(let rows, let columns) = variable.role else {
                return VariableStep(rule: adam, decay: decay)
            }
            orthogonalization?.apply(
                to: pass.gradients, variable, norm: norms[index].squareRoot(), pool: pass.pool)
            let scale = 0.2 * Double(max(rows, columns)).squareRoot()
            return VariableStep(rule: .sgd(rate: Float(pass.step.learningRate * scale)), decay: decay)
        }
    }
}
