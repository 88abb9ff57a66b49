import Foundation
import Specs

extension ComposerRow {
    /// The value in the composer's words.
    func value(in spec: ExperimentSpec) -> String {
        switch self {
        case .input: return "\(spec.network.input)"
        case .layer(let index):
            let layer = spec.network.layers[index]
            return (["\(layer.output) \(layer.operation)"] + layer.extras.compactMap(\.label)).joined(
                separator: "  ")
        case .output: return spec.network.outputLayer.title
        case .addLayer: return ""
        case .optimizer: return spec.training.optimizer.name
        case .setting(.val): return "\(Figures.plain(spec.training.validation * 100)) %"
        case .setting(.scale): return spec.training.scale.readable
        case .setting(.initializer), .setting(.schedule), .setting(.loss):
            return typed(in: spec).replacingOccurrences(of: "categorical_", with: "")
        case .setting: return typed(in: spec)
        }
    }

    /// The text at the start of typing, in the spec language.
    func typed(in spec: ExperimentSpec) -> String {
        switch self {
        case .layer(let index): spec.network.hidden[index].word
        case .addLayer: (spec.network.hidden.last ?? HiddenLayer(units: 100, activation: .relu)).word
        case .setting(let key): SpecSetting.of(key).text(in: spec.training)
        default: value(in: spec)
        }
    }
}

extension InputScale {
    var readable: String {
        switch self {
        case .unit: "0 to 1"
        case .raw: "raw 0 to 255"
        case .standard: "standard"
        }
    }
}
