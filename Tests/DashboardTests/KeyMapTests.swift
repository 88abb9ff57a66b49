import Dashboard
import Foundation
import TerminalUI
import Testing

@Suite struct KeyMapTests {
    @Test("In a context every key has one meaning", arguments: KeyContext.allCases)
    func unique(context: KeyContext) {
        let keys = KeyMap.bindings.filter { $0.context == context }.flatMap(\.keys)
        #expect(!keys.isEmpty)
        #expect(Set(keys).count == keys.count)
    }

    @Test("Every binding has a key, a name and a help text of one line")
    func complete() {
        for binding in KeyMap.bindings {
            #expect(!binding.keys.isEmpty && !binding.name.isEmpty && !binding.help.isEmpty)
            #expect(!binding.help.contains("\n") && !binding.help.contains("|"))
        }
    }

    @Test("A narrower context wins over a wider one")
    func narrower() {
        #expect(KeyMap.command(for: "d", in: [.composer, .training, .everywhere]) == .composer(.stepDropout))
        #expect(KeyMap.command(for: "d", in: [.confusion, .training, .everywhere]) == .confusion(.toggleDiagonal))
        #expect(KeyMap.command(for: "d", in: [.curves, .training, .everywhere]) == nil)
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
