import Specs

/// What a spec says, part by part, so that a table can show what sets a run apart from the others.
package struct SpecTraits: Equatable, Sendable {
    /// The text of each part: the layers, the optimizer, then every setting; empty for a setting that has no effect.
    let texts: [String]
    /// Whether a part is as it is where the line does not name it.
    private let areDefault: [Bool]

    /// The names of the parts; empty for those that are understood without.
    static let names = ["", ""] + SpecSetting.all.map(\.key.rawValue)

    package init(_ spec: ExperimentSpec) {
        let training = spec.training
        var defaults = TrainingConfiguration()
        defaults.optimizer = Optimizer(training.optimizer.kind)
        var texts = [Self.layers(spec.network), training.optimizer.name]
        var areDefault = [false, false]
        for setting in SpecSetting.all {
            let isUsed = setting.key.isUsed(in: training)
            let text = isUsed ? setting.text(in: training) : ""
            texts.append(text)
            areDefault.append(!isUsed || text == setting.text(in: defaults))
        }
        (self.texts, self.areDefault) = (texts, areDefault)
    }

    /// The parts that all of some runs share, in words: `adam`, `lr 1e-3`.
    static func shared(_ runs: [SpecTraits]) -> [String] {
        guard let first = runs.first else { return [] }
        return first.texts.indices.compactMap { index in
            let text = first.texts[index]
            guard !text.isEmpty, runs.allSatisfy({ $0.texts.indices.contains(index) && $0.texts[index] == text }) else {
                return nil
            }
            return Self.names[index].isEmpty ? text : "\(Self.names[index]) \(text)"
        }
    }

    /// The parts that differ from the most common ones, in words: `64relu ×6`, `epochs 40`.
    func apart(from common: CommonTraits) -> [String] {
        guard common.texts.count == texts.count else { return [texts[0]] }
        return texts.indices.compactMap { index in
            let (text, usual) = (texts[index], common.texts[index])
            // A setting that others don't have is said only where the line names it.
            guard text != usual, !text.isEmpty, !(usual.isEmpty && areDefault[index]) else { return nil }
            return Self.names[index].isEmpty ? text : "\(Self.names[index]) \(text)"
        }
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
    let texts: [String]

    /// Where two are equally common, the one that comes first in the alphabet.
    init(_ runs: [SpecTraits]) {
        guard let parts = runs.first?.texts.count else {
            texts = []
            return
        }
        texts = (0..<parts).map { part in
            var counts: [String: Int] = [:]
            for run in runs { counts[run.texts[part], default: 0] += 1 }
            return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
        }
    }
}
