/// Reads the first word of a spec: `784-200tanh-10`, `200tanh`, `none`.
///
/// A chain is a full one if its first and its last entry are bare numbers, the input width and the number of classes;
/// otherwise its entries are hidden layers. So `784` alone is one hidden linear layer of 784 units. Where only one end
/// fits, the chain is refused: the parser does not guess.
///
/// The output layer may be written out, as in other programs: a last entry `10softmax` of 10 classes is that layer. A
/// hidden one is followed by its output, as in `784-10softmax-10`, which is how it is printed.
struct LayerChain {
    let word: String
    /// The line that the word is the first of, where there is one.
    var line: String?
    let inputs: Int
    let classes: Int
    /// Whether a last entry with that many units and a softmax is the output layer.
    var endsInOutput = true

    func parse() throws(SpecError) -> NetworkSpec {
        if word.lowercased() == "none" { return NetworkSpec(inputs: inputs, hidden: [], classes: classes) }
        guard word.first?.isASCIIDigit == true || word.hasPrefix("-") else { throw notLayers() }
        try refuseComma(in: word)
        if let chain = ForeignLayers.chain(word), chain != word {
            throw SpecError(word, "layers not joined by -", expected: "a chain such as 200tanh-100relu", nearest: chain)
        }
        var layers: [HiddenLayer] = []
        let entries = word.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        let hidden = try hiddenEntries(entries)
        guard hidden.count <= SpecRules.mostLayers else { throw SpecRules.tooManyLayers(word, hidden.count) }
        for entry in hidden { layers.append(try layer(entry)) }
        return NetworkSpec(inputs: inputs, hidden: layers, classes: classes)
    }

    private func hiddenEntries(_ entries: [String]) throws(SpecError) -> ArraySlice<String> {
        guard endsInOutput, let last = entries.last, try isOutput(last) else {
            return try isFull(entries) ? entries.dropFirst().dropLast() : entries[...]
        }
        let isFull = entries.count >= 2 && entries.first == "\(inputs)"
        return isFull ? entries.dropFirst().dropLast() : entries.dropLast()
    }

    /// Whether the last entry is the output layer, written out as in other programs.
    private func isOutput(_ entry: String) throws(SpecError) -> Bool {
        let output = "\(classes)softmax"
        if entry.lowercased().hasPrefix(output + "+") {
            throw SpecError(
                entry, "the output layer with something behind its softmax",
                expected: "\(output) alone, or an output layer behind this one, too")
        }
        return entry.lowercased() == output
    }

    private func refuseComma(in text: String) throws(SpecError) {
        guard let mended = DecimalComma.mended(layers: text) else { return }
        throw SpecError(text, "a comma in a number", expected: "a point in its place", nearest: mended)
    }

    private func isFull(_ entries: [String]) throws(SpecError) -> Bool {
        guard entries.count >= 2, let first = entries.first, let last = entries.last, isBare(first) else {
            return false
        }
        let starts = first == "\(inputs)"
        let ends = last == "\(classes)"
        if starts && ends { return true }
        let example = "\(inputs)-...-\(classes)"
        if starts {
            throw SpecError(
                word, "starts with the input width \(inputs), but ends with \(last)",
                expected: "\(example) for the full chain, or the hidden layers alone")
        }
        if ends {
            throw SpecError(
                word, "ends with the \(classes) classes, but starts with \(first)",
                expected: "\(example) for the full chain, or the hidden layers alone")
        }
        return false
    }

    private func isBare(_ entry: String) -> Bool { !entry.isEmpty && entry.allSatisfy(\.isASCIIDigit) }

    func layer(_ entry: String) throws(SpecError) -> HiddenLayer {
        try refuseComma(in: entry)
        let parts = entry.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
        let digits = parts[0].prefix(while: \.isASCIIDigit)
        let name = String(parts[0].dropFirst(digits.count))
        guard !digits.isEmpty else {
            throw SpecError(
                entry.isEmpty ? word : entry, entry.isEmpty ? "an empty layer" : "a layer without units",
                expected: "UNITS[ACTIVATION][+bn][+noiseP][+dropP], such as 200tanh+drop0.2")
        }
        var layer = HiddenLayer(units: 0)
        do throws(SpecError) {
            layer.units = try SettingRange.units.whole(String(digits))
            if name.first == "." { _ = try SettingRange.units.whole(parts[0]) }
        } catch {
            throw error.within(entry, prefix: "")
        }
        if !name.isEmpty {
            do throws(SpecError) {
                layer.activation = try Activation.parse(name)
            } catch {
                throw error.within(entry, prefix: "\(digits)")
            }
        }
        try extras(parts.dropFirst(), of: &layer, entry)
        return layer
    }

    /// `+bn`, `+noiseP` and `+dropP`, in this order.
    private func extras(_ parts: ArraySlice<String>, of layer: inout HiddenLayer, _ entry: String) throws(SpecError) {
        let names = ["bn", "noise", "drop"]
        var next = 0
        for part in parts {
            let word = part.lowercased()
            if let spelled = Self.extra(word) {
                throw SpecError(
                    entry, "unknown +\(part)", expected: "+bn, +noiseP or +dropP",
                    nearest: entry.replacing("+\(part)", with: "+\(spelled)"))
            }
            guard let index = names.firstIndex(where: { $0 == "bn" ? word == $0 : word.hasPrefix($0) }), index >= next
            else {
                let known = names.contains { word.hasPrefix($0) }
                throw SpecError(
                    entry, known ? "+\(part) twice or out of order" : "unknown +\(part)",
                    expected: "+bn, +noiseP and +dropP after the activation, each once and in this order")
            }
            next = index + 1
            do throws(SpecError) {
                switch index {
                case 0: layer.batchNormalization = true
                case 1: layer.noise = try SettingRange.noise.number(String(part.dropFirst(5)))
                default: layer.dropout = try SettingRange.dropout.number(String(part.dropFirst(4)))
                }
            } catch {
                throw error.within(entry, prefix: "")
            }
        }
    }

    /// The valid word for what Keras calls the layer that `+…` adds.
    private static func extra(_ word: String) -> String? {
        let names: KeyValuePairs = [
            "dropout": "drop", "batchnormalization": "bn", "batchnorm": "bn", "gaussiannoise": "noise",
        ]
        let bare = word.filter { $0 != "_" }
        guard let (name, own) = names.first(where: { bare.hasPrefix($0.key) }) else { return nil }
        return own + bare.dropFirst(name.count).filter { !"()=".contains($0) }
    }

    private func notLayers() -> SpecError {
        let presets = Presets.all.map(\.name)
        let layers = "layers such as 200tanh, none, or a preset such as exercise-2 (`trainspotter presets` lists them)"
        if Self.isSetting(word) {
            let standard = ExperimentSpec.standard.network.hiddenChain
            return SpecError(
                word, "settings before the layers", expected: layers, nearest: "\(standard) \(line ?? word)")
        }
        let activations = Activation.Kind.allCases.map(\.rawValue)
        if let name = ForeignWords.meaning(of: word, among: activations) {
            return SpecError(word, "an activation without units", expected: layers, nearest: "128\(name)")
        }
        return SpecError(
            word, "neither layers nor a preset", expected: layers,
            nearest: ForeignLayers.chain(line ?? word) ?? Spelling.nearest(to: word, among: presets + ["none"]))
    }

    /// Whether the word is a setting or an optimizer, as stands behind the layers.
    static func isSetting(_ word: String) -> Bool {
        word.contains("=") && !word.contains("(") || Optimizer.defaults.contains { $0.name == word.lowercased() }
    }
}
