import Specs

/// A part of several specs that differs between them.
package struct SpecDifference: Equatable, Sendable {
    /// Its name in the spec language and the composer.
    package var name: String
    /// Whether the texts are understood without the name.
    package var isPlain: Bool
    /// One text for each spec; a dash where it has no such part.
    package var texts: [String]

    package init(name: String, isPlain: Bool = false, texts: [String]) {
        self.name = name
        self.isPlain = isPlain
        self.texts = texts
    }

    /// The parts of runs that differ: the data set, the specs, then live changes, and where they were stopped.
    ///
    /// - Throws: `SpecError` if this program does not take one of the lines.
    package static func fields(_ runs: [RunSummary]) throws(SpecError) -> [SpecDifference] {
        var lines: [RunLine] = []
        for run in runs { lines.append(try run.line()) }
        return data(runs) + fields(lines)
    }

    /// The parts of lines that differ: those of the specs, then those of the changes.
    package static func fields(_ lines: [RunLine]) -> [SpecDifference] {
        fields(lines.map(\.spec)) + changes(lines.map(\.changes))
    }

    /// The names of the data sets; with digests where the names are the same.
    private static func data(_ runs: [RunSummary]) -> [SpecDifference] {
        let names = Set(runs.map(\.dataset))
        let digests = Set(runs.compactMap(\.fingerprint))
        guard names.count > 1 || digests.count > 1 else { return [] }
        let texts = runs.map { run in
            names.count > 1 ? run.dataset : "\(run.dataset) \(run.fingerprint.map { String($0.prefix(8)) } ?? "–")"
        }
        return [SpecDifference(name: "data", texts: texts)]
    }

    /// A field for each setting, in the order in which they were first changed; each value with its place.
    private static func changes(_ changes: [[LiveChange]]) -> [SpecDifference] {
        var names: [String] = []
        for change in changes.joined() where !names.contains(change.setting.name) { names.append(change.setting.name) }
        return names.map { name in
            SpecDifference(
                name: name == LiveSetting.stop.name ? "stopped" : "live \(name)",
                texts: changes.map { changes in
                    let texts = changes.filter { $0.setting.name == name }.map(\.valueAndPlace)
                    return texts.isEmpty ? "–" : texts.joined(separator: ", ")
                })
        }.filter { Set($0.texts).count > 1 }
    }

    /// The parts that differ, in the order of the spec line.
    package static func fields(_ specs: [ExperimentSpec]) -> [SpecDifference] {
        var fields = layers(specs)
        fields.append(SpecDifference(name: "optimizer", isPlain: true, texts: specs.map(\.training.optimizer.name)))
        for setting in SpecSetting.all where says(setting, specs) {
            let texts = specs.map { setting.key.isUsed(in: $0.training) ? setting.text(in: $0.training) : "–" }
            fields.append(SpecDifference(name: setting.key.rawValue, texts: texts))
        }
        return fields.filter { Set($0.texts).count > 1 }
    }

    /// Whether a setting that only some of the specs have is shown: not where all of these leave it at its default.
    private static func says(_ setting: SpecSetting, _ specs: [ExperimentSpec]) -> Bool {
        let users = specs.map(\.training).filter(setting.key.isUsed)
        if users.count == specs.count { return true }
        return users.contains { !$0.hasDefault(of: setting) }
    }

    /// Layer by layer where the numbers of layers are equal, else the whole chains.
    private static func layers(_ specs: [ExperimentSpec]) -> [SpecDifference] {
        let counts = Set(specs.map(\.network.hidden.count))
        guard counts.count == 1, let count = counts.first else {
            return [SpecDifference(name: "layers", isPlain: true, texts: specs.map(\.network.hiddenChain))]
        }
        return (0..<count).map { index in
            SpecDifference(
                name: count == 1 ? "layer" : "layer \(index + 1)", isPlain: true,
                texts: specs.map { $0.network.hidden[index].word })
        }
    }
}

extension LiveChange {
    /// `3e-3 @12+844`; a stop has no value.
    fileprivate var valueAndPlace: String {
        [setting.value, place.description].compactMap(\.self).joined(separator: " ")
    }
}
