/// The error for `KEY=VALUE` with an unknown key.
struct UnknownSetting {
    let word: String
    let key: String
    let value: String

    var error: SpecError {
        if key.isEmpty { return SpecError(word, "a value without a setting", expected: "KEY=VALUE, such as lr=1e-3") }
        return ofOptimizer ?? ofLayer ?? unknown
    }

    private var unknown: SpecError {
        let keys = SpecKey.allCases.map(\.rawValue)
        return SpecError(
            word, "unknown setting \(key)",
            expected: "a setting such as lr, batch, epochs or l2; `trainspotter settings` lists all",
            nearest: Spelling.suggestion(for: key, among: keys).map { "\($0)=\(value)" })
    }

    /// `optimizer=adam`, `adam(lr=1e-3)` and `betas=0.9,0.999`.
    private var ofOptimizer: SpecError? {
        let names = Optimizer.defaults.map(\.name)
        let lowered = key.lowercased()
        if ["optimizer", "optim", "solver", "opt"].contains(lowered) {
            let name = Spelling.suggestion(for: value, among: names)
            return SpecError(
                word, "the optimizer is a word alone", expected: "one of \(names.joined(separator: ", "))",
                nearest: name)
        }
        if lowered == "betas", case let parts = value.split(separator: ","), parts.count == 2 {
            let nearest = "beta1=\(parts[0]) beta2=\(parts[1])".filter { !"()[]".contains($0) }
            return SpecError(word, "unknown setting betas", expected: "beta1 and beta2", nearest: nearest)
        }
        let halves = key.split(separator: "(", maxSplits: 1).map(String.init)
        guard halves.count == 2, let name = ForeignWords.meaning(of: halves[0], among: names) else { return nil }
        let keys = SpecKey.allCases.map(\.rawValue)
        let setting = ForeignWords.meaning(of: halves[1], among: keys)
        return SpecError(
            word, "settings in brackets", expected: "an optimizer, then KEY=VALUE",
            nearest: setting.map { "\(name) \($0)=\(value.filter { !"(),".contains($0) })" } ?? name)
    }

    /// Keys of things that are written behind a layer's units, not as settings.
    private var ofLayer: SpecError? {
        let example: String
        switch key.lowercased().filter({ $0 != "_" }) {
        case "activation", "activations", "act":
            let names = Activation.Kind.allCases.map(\.rawValue)
            example = "200" + (Spelling.suggestion(for: value, among: names) ?? "tanh")
        case "dropout", "drop", "droprate", "dropoutrate":
            let isRate = (try? SettingRange.dropout.number(value)) != nil
            example = "200tanh+drop" + (isRate ? value : "0.2")
        case "bn", "batchnorm", "batchnormalization": example = "200tanh+bn"
        case "noise", "gaussiannoise": example = "200tanh+noise0.1"
        case "units", "hidden", "layers", "hiddenlayers", "hiddenlayersizes", "neurons":
            example = ForeignLayers.chain(value) ?? "200tanh-100relu"
        default: return nil
        }
        return SpecError(word, "\(key) belongs to the layers", expected: "it in their word, such as \(example)")
    }
}
