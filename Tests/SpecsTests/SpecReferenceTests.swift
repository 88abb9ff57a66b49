import Foundation
import Specs
import Testing

@Suite struct SpecReferenceTests {
    @Test("The table of settings in the docs is the table that reads them")
    func page() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let url = root.appendingPathComponent("docs/spec-language.md")
        let mark = "<!-- settings -->"
        var parts = try String(contentsOf: url, encoding: .utf8).components(separatedBy: mark)
        try #require(parts.count == 3, "docs/spec-language.md has the table between two lines \(mark)")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            parts[1] = "\n\(SpecReference.markdownTable)\n"
            try Data(parts.joined(separator: mark).utf8).write(to: url)
            return
        }
        #expect(parts[1].trimmingCharacters(in: .whitespacesAndNewlines) == SpecReference.markdownTable)
    }

    @Test("Every setting has a meaning and a range, and its default lies in it", arguments: SpecKey.allCases)
    func settings(key: SpecKey) throws {
        let setting = SpecSetting.of(key)
        #expect(!key.meaning.isEmpty && !setting.expected.isEmpty)
        var training = TrainingConfiguration()
        training.averaging = WeightAveraging()
        _ = try setting.reading(setting.standard, into: training)
    }

    @Test("A setting goes with the words that its refusal names")
    func companions() {
        #expect(SpecKey.rho.companions == ["rmsprop", "adadelta"])
        #expect(SpecKey.warmup.companions.contains("constant") && !SpecKey.warmup.companions.contains("one_cycle"))
        #expect(SpecKey.cooldown.companions == ["plateau"] && SpecKey.batch.companions.isEmpty)
    }

    @Test("Every word of the language has an entry, and a choice's words are in a group")
    func words() {
        for word in SpecReference.words { #expect(!SpecReference.entries(for: word).isEmpty, "\(word)") }
        for setting in SpecSetting.all {
            guard case .choice(let words) = setting.kind, words.first != "false", setting.key != .monitor else {
                continue
            }
            for word in words { #expect(!SpecReference.entries(for: word).isEmpty, "\(word)") }
        }
        #expect(SpecReference.entries(for: "nosuch").isEmpty && SpecReference.entries(for: "").isEmpty)
    }

    @Test("An optimizer's entry has its own defaults and the ranges of its settings")
    func optimizer() {
        #expect(
            SpecReference.entries(for: "SGD") == [
                SpecEntry(
                    facts: [
                        ["optimizer", "sgd"],
                        ["formula", "w −= lr·g; with momentum v = momentum·v − lr·g, w += v"],
                    ],
                    details: [
                        ["lr", "0.01", "a learning rate above 0 and at most 1000"],
                        ["momentum", "0", "a momentum from 0 to below 1"], ["nesterov", "false", "false true"],
                        ["wd", "0", "a weight decay from 0 to 1"],
                    ])
            ])
    }

    @Test("An activation's entry has its arguments, and a word of two meanings has two entries")
    func activation() {
        #expect(
            SpecReference.entries(for: "leaky_relu") == [
                SpecEntry(
                    facts: [
                        ["activation", "leaky_relu"], ["formula", "z above 0, else negative_slope·z"],
                        ["written", "200leaky_relu:NEGATIVE_SLOPE"],
                    ],
                    details: [["negative_slope", "0.2", "0 to 1000"]])
            ])
        #expect(SpecReference.entries(for: "exponential").map { $0.facts[0][0] } == ["activation", "schedule"])
        #expect(SpecReference.entries(for: "optimizer").map { $0.facts[0][0] } == ["optimizers"])
        #expect(SpecReference.entries(for: "drop").map { $0.facts[0][0] } == ["layers"])
    }
}
