import Foundation
import Networks
import Specs

/// Steps and typed values: each gives a new spec or the reason for refusing it.
enum ComposerEditing {
    /// The spec with the row's value set to what was typed, by the rules of the spec language; so that whole words of it,
    /// such as `lr=3e-4`, are understood on every row.
    static func typing(_ text: String, into row: ComposerRow, of spec: ExperimentSpec) throws(SpecError)
        -> ExperimentSpec
    {
        var new = spec
        switch row {
        case .input, .output, .addLayer: return spec
        case .layer(let index):
            // A hidden layer that is just what an output would be stays one where nothing is typed.
            if text != row.typed(in: spec) { new = try spec.replacing(layer: index, with: text) }
        case .optimizer:
            let name = text.trimmingBlanks
            if name.isEmpty || (try? SpecRules.optimizer(name).get()) != nil {
                new.training.optimizer = try SpecRules.optimizer(name).get()
            } else {
                new = try spec.replacing(settings: text)
            }
        case .setting where text.contains("="): new = try spec.replacing(settings: text)
        case .setting(let key):
            new.training = try SpecSetting.of(key).reading(text.filter { $0 != " " }, into: spec.training)
        }
        new.training.resetUnused()
        try new.validateForTraining()
        return new
    }

    /// The spec with the row's value one step up or down; the same spec at the end of the range, or where a step would
    /// contradict another setting.
    static func stepping(_ row: ComposerRow, by step: Int, of spec: ExperimentSpec) -> ExperimentSpec {
        var new = spec
        switch row {
        case .input, .output, .addLayer: break
        case .layer(let index):
            new.network.hidden[index].units = next(spec.network.hidden[index].units, by: step, on: unitSteps)
        case .optimizer: new.training.optimizer = nextOptimizer(spec.training.optimizer, by: step)
        case .setting(let key):
            guard let text = stepped(key, by: step, in: spec.training),
                let edited = try? typing(text, into: row, of: spec)
            else { return spec }
            return edited
        }
        return new
    }

    /// The text of a setting one step up or down; nil where there is none.
    private static func stepped(_ key: SpecKey, by step: Int, in training: TrainingConfiguration) -> String? {
        let setting = SpecSetting.of(key)
        let text = setting.text(in: training)
        switch setting.kind {
        case .list: return nil
        case .choice(let texts):
            guard let index = texts.firstIndex(of: text) else { return nil }
            return texts[((index + step) % texts.count + texts.count) % texts.count]
        case .whole, .number:
            if key == .seed { return "\(nextSeed(training.seed, by: step))" }
            let ladder = key.steps
            guard let value = Double(text) else { return step > 0 ? ladder.first.map(NumberText.short) : nil }
            let after = next(value, by: step, on: ladder)
            // Below the lowest rung an optional setting is switched off.
            if after == value, step < 0, key.isOptional { return "none" }
            return setting.kind == .whole ? "\(Int(after))" : NumberText.short(after)
        }
    }

    private static func nextSeed(_ seed: UInt64, by step: Int) -> UInt64 {
        step > 0 ? seed &+ UInt64(step) : seed - min(seed, UInt64(-step))
    }

    /// The next rate of the ladder 1, 2, 5, 10 within 1e-6 ... 10.
    static func nextRate(_ rate: Double, by step: Int) -> Double { next(rate, by: step, on: rateSteps) }

    static func cycled<Value: CaseIterable & Equatable>(_ value: Value, by step: Int) -> Value {
        let all = Array(Value.allCases)
        guard let index = all.firstIndex(of: value) else { return value }
        return all[((index + step) % all.count + all.count) % all.count]
    }

    static let dropoutSteps = [0, 0.1, 0.2, 0.3, 0.4, 0.5]

    private static func nextOptimizer(_ optimizer: Optimizer, by step: Int) -> Optimizer {
        let all = Optimizer.defaults
        let index = all.firstIndex { $0.kind == optimizer.kind } ?? 0
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
    private static let rateSteps = SpecKey.lr.steps
}
