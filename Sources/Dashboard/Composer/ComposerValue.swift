import Foundation
import Neural

extension ComposerRow {
    /// The value as a person reads it.
    func value(in spec: ExperimentSpec) -> String {
        let training = spec.training
        switch self {
        case .input: return "\(spec.network.inputs)"
        case .layer(let index):
            let layer = spec.network.hidden[index]
            return layer.dropout > 0
                ? "\(layer.units) \(layer.activation.rawValue)  drop \(Figures.plain(layer.dropout))"
                : "\(layer.units) \(layer.activation.rawValue)"
        case .output: return "\(spec.network.classes) softmax"
        case .addLayer: return ""
        case .optimizer: return training.optimizer.name
        case .learningRate: return Figures.plain(training.learningRate)
        case .batch: return "\(training.batch)"
        case .epochs: return "\(training.epochs)"
        case .validation: return "\(Figures.plain(training.validation * 100)) %"
        case .initializer: return training.initializer.rawValue
        case .l2: return Figures.plain(training.l2)
        case .scale: return training.scale.readable
        case .seed: return "\(training.seed)"
        case .momentum, .nesterov, .rho, .beta1, .beta2, .epsilon, .weightDecay:
            return training.optimizer.value(of: self)
        }
    }

    /// What a person starts from when typing: the spec language's spelling.
    func typed(in spec: ExperimentSpec) -> String {
        switch self {
        case .layer(let index): spec.network.hidden[index].word
        case .validation: Figures.plain(spec.training.validation)
        case .scale: spec.training.scale.rawValue
        default: value(in: spec)
        }
    }

    /// The key of this row in the spec language; nil for rows that have none.
    var specKey: String? {
        switch self {
        case .learningRate: "lr"
        case .momentum: "momentum"
        case .nesterov: "nesterov"
        case .rho: "rho"
        case .beta1: "beta1"
        case .beta2: "beta2"
        case .epsilon: "epsilon"
        case .weightDecay: "wd"
        case .batch: "batch"
        case .epochs: "epochs"
        case .validation: "val"
        case .initializer: "init"
        case .l2: "l2"
        case .scale: "scale"
        case .seed: "seed"
        case .input, .layer, .output, .addLayer, .optimizer: nil
        }
    }
}

extension Optimizer {
    func value(of row: ComposerRow) -> String {
        switch (self, row) {
        case (.sgd(let momentum, _), .momentum): Figures.plain(momentum)
        case (.sgd(_, let nesterov), .nesterov): nesterov ? "true" : "false"
        case (.rmsprop(let rho, _), .rho): Figures.plain(rho)
        case (.adamw(_, _, _, let decay), .weightDecay): Figures.plain(decay)
        default: ""
        }
    }
}

extension InputScale {
    var readable: String {
        switch self {
        case .unit: "0 … 1"
        case .raw: "raw 0 … 255"
        case .standard: "standard"
        }
    }
}
