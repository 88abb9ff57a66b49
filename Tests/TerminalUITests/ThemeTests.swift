import Foundation
import TerminalUI
import Testing

@Suite struct ThemeTests {
    private static func shipped() throws -> [Theme] {
        let files = try FileManager.default.contentsOfDirectory(atPath: Sample.themes).filter { $0.hasSuffix(".theme") }
        return try files.sorted().map { try Theme.load(path: Sample.themes + "/" + $0) }
    }

    @Test("A dark and a light theme are shipped, and all that are shipped can be read")
    func shippedThemesParse() throws {
        let names = try Self.shipped().map(\.name)
        #expect(names.contains("dark"))
        #expect(names.contains("light"))
    }

    @Test("Text of every shipped theme is readable on its background")
    func contrast() throws {
        for theme in try Self.shipped() + [.standard] {
            let page = theme.page
            for role in [Theme.Role.text, .title, .key] {
                #expect(theme[role].contrast(with: page) >= 4.5, "\(theme.name) \(role)")
            }
            #expect(theme[.selectedText].contrast(with: theme[.selectedBackground]) >= 4.5, "\(theme.name)")
            for role in [Theme.Role.dim, .train, .validation, .good, .warning, .bad] {
                #expect(theme[role].contrast(with: page) >= 3, "\(theme.name) \(role)")
            }
        }
    }

    @Test("Every role is named in every shipped theme")
    func complete() throws {
        for theme in try Self.shipped() {
            let text = try String(contentsOfFile: "\(Sample.themes)/\(theme.name).theme", encoding: .utf8)
            for role in Theme.Role.allCases {
                #expect(text.contains("theme[\(role.rawValue)]="), "\(theme.name) \(role)")
            }
        }
    }

    @Test("The compiled-in theme is the dark theme's file")
    func standardIsDark() throws {
        #expect(try Theme.load(path: Sample.themes + "/dark.theme") == .standard)
    }

    @Test("Colours can be written as six digits, as a grey, as decimals, or left to the terminal")
    func colourForms() throws {
        let theme = try Theme(
            name: "t",
            parsing: """
                # a comment
                theme[main_bg]=""
                theme[main_fg]="#C6d0dc"   # behind
                theme[title]="#EE"
                theme[hi_fg]="255 143 107"
                theme[some_key_of_btop]="#123456"
                """)
        #expect(theme[.background].isTerminalDefault)
        #expect(theme[.text] == Color(rgb: 0xC6D0DC))
        #expect(theme[.title] == Color(0xEE, 0xEE, 0xEE))
        #expect(theme[.key] == Color(255, 143, 107))
    }

    @Test("Keys of ours that a btop theme lacks come from btop's")
    func fallsBack() throws {
        let theme = try Theme(
            name: "btop",
            parsing: """
                theme[main_bg]="#FFFFFF"
                theme[main_fg]="#000000"
                theme[temp_end]="#ff0000"
                theme[cached_end]="#0000ff"
                """)
        #expect(theme[.title] == Color(0, 0, 0))
        #expect(theme[.heatEnd] == Color(255, 0, 0))
        #expect(theme[.train] == Color(0, 0, 255))
        #expect(theme[.heatStart].luminance > theme[.heatEnd].luminance, "a light theme's heat starts light")
        #expect(theme[.digitEnd] == Color(0, 0, 0))
        #expect(theme[.key] == Theme.standard[.key])
    }

    @Test(
        "A bad line is refused with its number",
        arguments: [
            "theme[title]=\"#12345\"", "theme[title]=\"#GGGGGG\"", "theme[title]=\"1 2\"", "theme[title]=\"256 0 0\"",
            "theme[title]=\"red\"", "theme[title]", "title=\"#ffffff\"", "theme[]=\"#ffffff\"",
            "theme[title]=\"#ffffff",
            "theme[title]=\"+1 2 3\" x",
        ])
    func refusesBadLines(line: String) throws {
        let error = #expect(throws: ThemeError.self) { try Theme(name: "bad", parsing: "# ok\n\n" + line) }
        guard case .malformed(let name, let number, _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(name == "bad")
        #expect(number == 3)
    }

    @Test("A theme that is not there is named with the reason")
    func missingFile() {
        #expect(throws: ThemeError.unreadable(path: "/none/x.theme", reason: "no such file")) {
            try Theme.load(path: "/none/x.theme")
        }
    }
}
