import Foundation
import Neural

/// Steps and typed values: each gives a new spec or the reason for refusing it.
enum ComposerEditing {
    /// The spec with the row's value set to what was typed, by the rules of the spec language.
    static func typing(_ text: String, into row: ComposerRow, of spec: ExperimentSpec) throws(SpecError)
        -> ExperimentSpec
    {
        let text = text.replacingOccurrences(of: " ", with: "")
        var words = spec.description.split(separator: " ").map(String.init)
        switch row {
        case .layer(let index):
            var layers = spec.network.hidden.map(\.word)
            layers[index] = text
            words[0] = (["\(spec.network.inputs)"] + layers + ["\(spec.network.classes)"]).joined(separator: "-")
        case .optimizer:
            words = words.prefix(1) + [text] + words.dropFirst(2).filter(isCommon)
        default:
            guard let key = row.specKey else { return spec }
            words.removeAll { $0.hasPrefix(key + "=") }
            words.append("\(key)=\(text)")
        }
        let line = words.joined(separator: " ")
        return try ExperimentSpec(parsing: line, inputs: spec.network.inputs, classes: spec.network.classes)
    }

    /// Whether a setting makes sense for every optimizer.
    private static func isCommon(_ word: String) -> Bool {
        ["lr=", "batch=", "epochs=", "seed=", "val=", "scale=", "init=", "l2="].contains { word.hasPrefix($0) }
    }

    /// The spec with the row's value one step up or down; the same spec at the end of the range.
    static func stepping(_ row: ComposerRow, by step: Int, of spec: ExperimentSpec) -> ExperimentSpec {
        var new = spec
        switch row {
        case .input, .output, .addLayer: break
        case .layer(let index):
            new.network.hidden[index].units = next(spec.network.hidden[index].units, by: step, on: unitSteps)
        case .optimizer: new.training.optimizer = nextOptimizer(spec.training.optimizer, by: step)
        case .learningRate: new.training.learningRate = nextRate(spec.training.learningRate, by: step)
        case .batch: new.training.batch = next(spec.training.batch, by: step, on: batchSteps)
        case .epochs: new.training.epochs = next(spec.training.epochs, by: step, on: epochSteps)
        case .validation: new.training.validation = next(spec.training.validation, by: step, on: validationSteps)
        case .initializer: new.training.initializer = cycled(spec.training.initializer, by: step)
        case .l2: new.training.l2 = next(spec.training.l2, by: step, on: l2Steps)
        case .scale: new.training.scale = cycled(spec.training.scale, by: step)
        case .seed:
            let seed = spec.training.seed
            new.training.seed = step > 0 ? seed &+ UInt64(step) : seed - min(seed, UInt64(-step))
        case .momentum, .nesterov, .rho, .beta1, .beta2, .epsilon, .weightDecay:
            new.training.optimizer = stepped(spec.training.optimizer, row, by: step)
        }
        return new
    }

    /// The next rate of the ladder 1, 2, 5, 10 within 1e-6 ... 10.
    static func nextRate(_ rate: Double, by step: Int) -> Double { next(rate, by: step, on: rateSteps) }

    static func cycled<Value: CaseIterable & Equatable>(_ value: Value, by step: Int) -> Value {
        let all = Array(Value.allCases)
        guard let index = all.firstIndex(of: value) else { return value }
        return all[((index + step) % all.count + all.count) % all.count]
    }

    static let dropoutSteps = [0, 0.1, 0.2, 0.3, 0.4, 0.5]

    private static func stepped(_ optimizer: Optimizer, _ row: ComposerRow, by step: Int) -> Optimizer {
        switch (optimizer, row) {
        case (.sgd(let momentum, let nesterov), .momentum):
            let next = next(momentum, by: step, on: momentumSteps)
            return .sgd(momentum: next, nesterov: nesterov && next > 0)
        case (.sgd(let momentum, let nesterov), .nesterov):
            return .sgd(momentum: momentum > 0 ? momentum : 0.9, nesterov: !nesterov)
        case (.rmsprop(let rho, let epsilon), .rho):
            return .rmsprop(rho: next(rho, by: step, on: momentumSteps), epsilon: epsilon)
        case (.adamw(let beta1, let beta2, let epsilon, let decay), .weightDecay):
            return .adamw(
                beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: next(decay, by: step, on: decaySteps))
        default: return optimizer
        }
    }

    private static func nextOptimizer(_ optimizer: Optimizer, by step: Int) -> Optimizer {
        let all = Optimizer.defaults
        let index = all.firstIndex { $0.name == optimizer.name } ?? 0
        return all[((index + step) % all.count + all.count) % all.count]
    }

    /// The nearest rung above or below a value that may lie between two.
    private static func next<Number: Comparable>(_ value: Number, by step: Int, on ladder: [Number]) -> Number {
        if step > 0 { return ladder.first { $0 > value } ?? value }
        return ladder.last { $0 < value } ?? value
    }

    private static let unitSteps = [
        1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 80, 100, 128, 160, 200, 256, 320, 400, 512, 640, 784, 1024, 1280, 1600,
        2048, 3072, 4096,
    ]
    private static let batchSteps = [1, 2, 4, 8, 16, 32, 50, 64, 100, 128, 200, 256, 512, 1024, 2048, 4096]
    private static let epochSteps = [1, 2, 3, 5, 8, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300, 500, 1000]
    private static let validationSteps = [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5]
    private static let l2Steps = [0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1]
    private static let momentumSteps = [0, 0.5, 0.8, 0.9, 0.95, 0.99]
    private static let decaySteps = [0, 1e-4, 4e-4, 1e-3, 4e-3, 1e-2, 4e-2, 1e-1]
    private static let rateSteps: [Double] = [
        1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1, 2,
        5, 10,
    ]
}
