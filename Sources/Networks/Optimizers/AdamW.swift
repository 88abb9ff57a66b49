import Kernels
import Specs

/// Adam beside a decay of the weights, w −= lr·wd·w, that is apart from the gradient. Every optimizer here decays so;
/// AdamW is the one that has a decay by default. Loshchilov and Hutter, 2019.
struct AdamW: OptimizerRule {
    private let adam: Adam

    init(_ settings: Optimizer) { adam = Adam(settings) }

    var settings: Optimizer { adam.settings }
    var keras: KerasOptimizer { adam.keras("AdamW") }
    var momentCount: Int { adam.momentCount }
    func update(_ step: ComingStep) -> UpdateRule { adam.update(step) }
}
