import Configuration
import Dashboard
import Foundation
import TerminalUI
import Testing

/// Keys of one's own, from the section `[keys]` of the configuration file.
@Suite struct KeyAssignmentTests {
    private func configured(_ text: String) -> (state: DashboardState, problems: [String]) {
        // Wide enough for all of the composer's keys in the footer.
        var state = Sample.ready(width: 160, height: 48)
        let text = ConfigurationText(parsing: text, sections: ConfigurationFile.sections)
        // Before the tuple is made, which would copy the state as it was.
        let problems = state.configure(text).map(\.description)
        return (state, problems)
    }

    @Test("A key of one's own takes the place of the letter, in the view, the footer and the help")
    func own() {
        var (state, problems) = configured("auto_run = false\n[keys]\npresets = \"Q\"  # as in the old days\n")
        #expect(problems.isEmpty)
        #expect(render(state).text.contains("Q presets"))
        Sample.press(&state, "p")
        #expect(state.overlay == nil)
        Sample.press(&state, "Q")
        #expect(state.overlay == .presets(cursor: 0))
        Sample.press(&state, .escape, "?")
        Sample.type(&state, "choose among")
        #expect(render(state).text.contains("▸ Q           choose among the presets"))
    }

    @Test("Two verbs exchange their keys; arrows, Enter and Ctrl-C stay")
    func exchange() {
        let (state, problems) = configured("[keys]\nmark = \"x\"\ndelete = \"m\"\nquit = \"ctrl-q\"\nup = \"F5\"\n")
        #expect(problems.isEmpty)
        #expect(state.keys.keys(of: .mark) == ["x"] && state.keys.keys(of: .delete) == ["m", .delete])
        #expect(state.keys.keys(of: .quit) == [.control("q"), .control("c")])
        #expect(state.keys.keys(of: .up) == [.function(5), .up])
    }

    @Test("Lines that can't be used are named with their number, and cost themselves alone")
    func refused() {
        let (state, problems) = configured(
            """
            [keys]
            prests = "Z"
            undo = "ctrl"
            copy = "r"
            help = 1
            redo = "enter"
            open = "ctrl-m"
            wipe = "Q"
            wipe = "Y"
            [colours]
            red = 1
            """)
        #expect(
            problems == [
                "line 2: prests: no such command; did you mean presets?",
                "line 3: undo = \"ctrl\": expected a key, such as \"x\", \"space\", \"ctrl-x\" or \"F5\"",
                "line 4: copy: r is the key of again; give that another one, too",
                "line 5: help = 1: expected a key, such as \"x\", \"space\", \"ctrl-x\" or \"F5\"",
                "line 6: redo: enter always opens and goes back", "line 7: open: ctrl-m is enter in a terminal",
                "line 9: wipe is set on line 8 already", "line 10: [colours]: no such section; expected [keys]",
                "line 11: belongs to the section of line 10",
            ])
        #expect(state.keys.name(of: .wipe) == "Q" && state.keys.name(of: .copy) == "c")
    }

    @Test("Options that are kept leave the keys as they are")
    func kept() {
        let text = "theme = \"nord\"\n\n[keys]\nmark = \"x\"\n"
        let changed = ConfigurationText(parsing: text, sections: ConfigurationFile.sections)
            .setting([("theme", .text("light")), ("mouse", .flag(false))])
        #expect(changed == "theme = \"light\"\n\nmouse = false\n[keys]\nmark = \"x\"\n")
    }

    @Test("The documentation names every command, in order")
    func documented() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appendingPathComponent("docs/themes-and-options.md"), encoding: .utf8)
        let names = KeyVerb.allCases.map { "`\($0.rawValue)`" }.joined(separator: " ")
        #expect(page.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(names))
    }

    @Test("Every key has a name that is read back, and the usual keys of all verbs have one")
    func names() {
        for key in KeyVerb.allCases.flatMap(\.keys) where !["↑", "↓", "←", "→"].contains(key.name) {
            #expect(Key(name: key.name) == key, "\(key.name)")
        }
        #expect(Key(name: "up") == .up && Key(name: "Space") == " " && Key(name: "F13") == nil && Key(name: "") == nil)
    }
}
