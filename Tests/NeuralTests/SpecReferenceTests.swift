import Foundation
import Neural
import Testing

@Suite struct SpecReferenceTests {
    @Test("The README's table of settings is the table that reads them")
    func readme() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let url = root.appendingPathComponent("README.md")
        let mark = "<!-- settings -->"
        var parts = try String(contentsOf: url, encoding: .utf8).components(separatedBy: mark)
        try #require(parts.count == 3, "README.md has the table between two lines \(mark)")
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
}
