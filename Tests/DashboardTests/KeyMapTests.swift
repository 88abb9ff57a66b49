import Dashboard
import Foundation
import TerminalUI
import Testing

@Suite struct KeyMapTests {
    @Test("A key has one verb, and a verb one key that screens name")
    func oneMeaning() {
        let keys = KeyVerb.allCases.flatMap(\.keys)
        #expect(Set(keys).count == keys.count)
        #expect(KeyVerb.allCases.allSatisfy { !$0.keys.isEmpty && !$0.meaning.isEmpty })
        #expect(Set(KeyVerb.allCases.map { $0.keys[0] }).count == KeyVerb.allCases.count)
        // What else does the same: letters for the arrows, and keys that other programs have.
        let others: [KeyVerb: [Key]] = [
            .up: ["k"], .down: ["j"], .left: ["h"], .right: ["l"], .start: ["g"], .end: ["G"], .delete: [.delete],
            .help: [.function(1)], .quit: [.control("c")],
        ]
        for verb in KeyVerb.allCases { #expect(Array(verb.keys.dropFirst()) == others[verb] ?? [], "\(verb)") }
    }

    @Test("In a context a verb has one command", arguments: KeyContext.allCases)
    func unique(context: KeyContext) {
        let verbs = KeyMap.bindings.filter { $0.context == context }.map(\.verb)
        #expect(!verbs.isEmpty)
        #expect(Set(verbs).count == verbs.count)
    }

    @Test("Every binding has a key, a name and a help text of one line")
    func complete() {
        for binding in KeyMap.bindings {
            #expect(!binding.name().isEmpty && !binding.help.isEmpty)
            #expect(!binding.help.contains("\n") && !binding.help.contains("|"))
        }
    }

    @Test("A narrower context wins over a wider one")
    func narrower() {
        #expect(KeyMap.command(for: .delete, in: [.composer, .training, .everywhere]) == .composer(.deleteLayer))
        #expect(KeyMap.command(for: .delete, in: [.draw, .training, .everywhere]) == .draw(.clear))
        #expect(KeyMap.command(for: .delete, in: [.curves, .training, .everywhere]) == nil)
        #expect(KeyMap.command(for: .control("c"), in: [.digits, .training, .everywhere]) == .quit)
    }

    @Test("The footer always has help and quit, at every width that is used")
    func footer() {
        for width in 40...200 {
            let lines = render(Sample.training(width: width, height: 24)).text.components(separatedBy: "\n")
            #expect(
                lines.last?.contains("? help") == true && lines.last?.hasSuffix("q quit") == true,
                "\(width) columns: \(lines.last ?? "")")
        }
    }

    @Test("The table of keys in the docs is the binding table")
    func page() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = root.appendingPathComponent("docs/dashboard.md")
        var parts = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "<!-- keys -->")
        try #require(parts.count == 3, "docs/dashboard.md has the table between two lines <!-- keys -->")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            parts[1] = "\n\(KeyMap.markdownTable)\n"
            try Data(parts.joined(separator: "<!-- keys -->").utf8).write(to: page)
            return
        }
        #expect(parts[1].trimmingCharacters(in: .whitespacesAndNewlines) == KeyMap.markdownTable)
    }
}
