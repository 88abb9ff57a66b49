/// What a spec says, part by part, so that a list of runs can be filtered and sorted, and show what sets a run apart.
///
/// A list has thousands of them: only what differs from the defaults of the spec's optimizer is held, in a third of the
/// memory that the spec takes.
package struct SpecTraits: Equatable, Sendable {
    /// What the defaults follow from.
    fileprivate struct Base: Hashable, Sendable {
        let optimizer: Optimizer.Kind
        let augmentation: Augmentation.Preset
    }

    /// What the defaults follow from, and which settings have an effect, from the least bit on.
    fileprivate struct Pattern: Hashable, Sendable {
        let base: Base
        let used: UInt128

        func uses(_ setting: Int) -> Bool { used & (1 << UInt128(setting)) != 0 }

        /// The text of a part of a spec that has the defaults.
        func text(_ part: Int) -> String {
            switch part {
            case 0: return ""
            case 1: return base.optimizer.rawValue
            default: return uses(part - 2) ? SpecTraits.defaults[base]?[part - 2] ?? "" : ""
            }
        }
    }

    /// A part that is not as it is where the line does not name it.
    fileprivate struct Part: Equatable, Sendable {
        let index: UInt8
        let text: String
    }

    fileprivate let pattern: Pattern
    /// In the order of `names`; the first one is the layers.
    fileprivate let parts: [Part]
    /// The number of hidden layers.
    package let depth: Int
    /// The units of all hidden layers.
    package let units: Int

    /// The names of the parts; empty for those that are understood without.
    package static let names = ["", ""] + SpecSetting.all.map(\.key.rawValue)

    /// The places of the settings among all.
    private static let places = Dictionary(
        uniqueKeysWithValues: SpecSetting.all.enumerated().map { ($1.key, $0) })

    /// The defaults of all settings beside each optimizer and each preset of the augmentation.
    private static let defaults = Dictionary(
        uniqueKeysWithValues: Optimizer.Kind.allCases.flatMap { kind in
            Augmentation.Preset.allCases.map { preset in
                var training = TrainingConfiguration()
                (training.optimizer, training.augmentation) = (Optimizer(kind), Augmentation(preset))
                return (Base(optimizer: kind, augmentation: preset), SpecSetting.all.map(training.standard))
            }
        })

    package init(_ spec: ExperimentSpec) {
        let training = spec.training
        precondition(SpecSetting.all.count <= UInt128.bitWidth, "a bit for each setting")
        let base = Base(optimizer: training.optimizer.kind, augmentation: training.augmentation.preset)
        let defaults = Self.defaults[base] ?? []
        var used: UInt128 = 0
        var parts = [Part(index: 0, text: Self.layers(spec.network))]
        for (index, setting) in SpecSetting.all.enumerated() where setting.key.isUsed(in: training) {
            used |= 1 << UInt128(index)
            let text = setting.text(in: training)
            if text != defaults[index] { parts.append(Part(index: UInt8(index + 2), text: text)) }
        }
        pattern = Pattern(base: base, used: used)
        self.parts = parts
        depth = spec.network.hidden.count
        units = spec.network.hiddenUnits
    }

    /// The name of the optimizer.
    package var optimizer: String { pattern.base.optimizer.rawValue }

    /// The value of a setting as a line writes it; nil where it has no effect.
    package func text(of key: SpecKey) -> String? {
        guard let setting = Self.places[key], pattern.uses(setting) else { return nil }
        return parts.first { Int($0.index) == setting + 2 }?.text ?? pattern.text(setting + 2)
    }

    /// The text of each part: the layers, the optimizer, then every setting; empty for a setting that has no effect.
    package var texts: [String] {
        var texts = Self.names.indices.map(pattern.text)
        for part in parts { texts[Int(part.index)] = part.text }
        return texts
    }

    /// The hidden layers.
    package var layers: String { parts[0].text }

    /// The parts that all of some runs share, in words: `adam`, `lr 1e-3`.
    package static func shared(_ runs: [SpecTraits]) -> [String] {
        guard let first = runs.first else { return [] }
        var texts = first.texts
        for run in runs.dropFirst() {
            for (index, text) in run.texts.enumerated() where texts[index] != text { texts[index] = "" }
        }
        return texts.indices.compactMap { texts[$0].isEmpty ? nil : words(texts[$0], $0) }
    }

    /// The parts that differ from the most common ones, in words: `64relu ×6`, `epochs 40`.
    package func apart(from common: CommonTraits) -> [String] {
        guard common.texts.count == Self.names.count else { return [layers] }
        let named = Set(parts.map { Int($0.index) })
        let texts = texts
        return texts.indices.compactMap { index in
            let (text, usual) = (texts[index], common.texts[index])
            // A setting that others don't have is said only where the line names it.
            guard text != usual, !text.isEmpty, !usual.isEmpty || index < 2 || named.contains(index) else { return nil }
            return Self.words(text, index)
        }
    }

    private static func words(_ text: String, _ part: Int) -> String {
        names[part].isEmpty ? text : "\(names[part]) \(text)"
    }

    /// The hidden layers; equal ones in a row are folded: `64relu ×2`.
    private static func layers(_ network: NetworkSpec) -> String {
        guard !network.hidden.isEmpty else { return "no hidden layer" }
        var parts: [(word: String, count: Int)] = []
        for layer in network.hidden {
            if let last = parts.last, last.word == layer.word {
                parts[parts.count - 1].count += 1
            } else {
                parts.append((layer.word, 1))
            }
        }
        return parts.map { word, count in
            count > 1 ? "\(word) ×\(count)" : word
        }.joined(separator: "-")
    }
}

/// The most common text of each part among runs.
package struct CommonTraits: Equatable, Sendable {
    /// The text of each part, in the order of `SpecTraits.names`; empty without runs.
    package let texts: [String]

    /// Where two are equally common, the one that comes first in the alphabet.
    package init(_ runs: [SpecTraits]) {
        guard !runs.isEmpty else {
            texts = []
            return
        }
        var counts = [[String: Int]](repeating: [:], count: SpecTraits.names.count)
        // The runs of each pattern, and how many of them have another text than the default, part by part.
        var patterns: [SpecTraits.Pattern: (runs: Int, others: [Int])] = [:]
        for run in runs {
            var entry = patterns[run.pattern] ?? (0, [Int](repeating: 0, count: SpecTraits.names.count))
            patterns[run.pattern] = nil
            entry.runs += 1
            for part in run.parts {
                counts[Int(part.index)][part.text, default: 0] += 1
                entry.others[Int(part.index)] += 1
            }
            patterns[run.pattern] = entry
        }
        for (pattern, entry) in patterns {
            for index in counts.indices where entry.runs > entry.others[index] {
                counts[index][pattern.text(index), default: 0] += entry.runs - entry.others[index]
            }
        }
        texts = counts.map { counts in counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "" }
    }
}
