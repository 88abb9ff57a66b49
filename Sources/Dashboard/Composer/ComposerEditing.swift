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
        case .input, .output: return spec
        case .addLayer:
            let at = spec.network.hidden.count
            new.network.hidden.append(HiddenLayer(units: 1, activation: .relu))
            new = try new.replacing(layer: at, with: text)
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
            new.network.hidden[index].units = SettingRange.units.next(spec.network.hidden[index].units, by: step)
        case .optimizer: new.training.optimizer = nextOptimizer(spec.training.optimizer, by: step)
        case .setting(let key):
            guard let text = SpecSetting.of(key).next(by: step, in: spec.training),
                let edited = try? typing(text, into: row, of: spec)
            else { return spec }
            return edited
        }
        return new
    }

    /// The next usual rate above or below.
    static func nextRate(_ rate: Double, by step: Int) -> Double { SettingRange.learningRate.next(rate, by: step) }

    static func cycled<Value: CaseIterable & Equatable>(_ value: Value, by step: Int) -> Value {
        let all = Array(Value.allCases)
        guard let index = all.firstIndex(of: value) else { return value }
        return all[((index + step) % all.count + all.count) % all.count]
    }

    private static func nextOptimizer(_ optimizer: Optimizer, by step: Int) -> Optimizer {
        let all = Optimizer.defaults
        let index = all.firstIndex { $0.kind == optimizer.kind } ?? 0
        return all[((index + step) % all.count + all.count) % all.count]
    }
}
