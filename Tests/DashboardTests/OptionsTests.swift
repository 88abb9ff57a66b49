import Configuration
import Dashboard
import Files
import Foundation
import TerminalUI
import TestSupport
import Testing

@Suite struct OptionsTests {
    /// The options screen with the cursor on a row.
    private func opened(on preference: Preference) -> DashboardState {
        var state = Sample.ready()
        Sample.press(&state, "o")
        for other in Preference.allCases.prefix(while: { $0 != preference }) {
            _ = other
            Sample.press(&state, .down)
        }
        return state
    }

    private func configured(_ text: String) -> (state: DashboardState, problems: [String]) {
        var state = Sample.ready()
        let problems = state.configure(ConfigurationText(parsing: text))
        return (state, problems.map(\.description))
    }

    @Test("Every value that the screen can reach is read back from its line", arguments: Preference.allCases)
    func roundTrip(preference: Preference) throws {
        var state = opened(on: preference)
        for _ in 0..<20 where preference != .saveFolder {
            Sample.press(&state, .right)
            let value = preference.value(in: state)
            let (read, problems) = configured("\(preference.key) = \(value.toml)\n")
            #expect(problems.isEmpty)
            #expect(preference.value(in: read) == value)
        }
        #expect(configured("save_folder = \"~/pictures\"").state.saveFolder == "~/pictures")
    }

    @Test("Lines of no use are named with their number and the nearest spelling, and the others count")
    func badLines() {
        let (state, problems) = configured(
            """
            thme = "dark"
            auto_run = true
            glyphs = "brail"
            threads = 65
            mouse = "off"
            nonsense
            """)
        #expect(
            problems == [
                "line 1: thme: no such setting; did you mean theme?",
                "line 3: glyphs = \"brail\": expected auto, braille, block, ascii; did you mean braille?",
                "line 4: threads = 65: expected 1 to 64, or \"auto\"",
                "line 5: mouse = \"off\": expected false, true",
                "line 6: found nonsense, expected key = value, such as theme = \"nord\"",
            ])
        #expect(state.autoRun && state.display == DisplayState() && state.chosenThreads == nil)
    }

    @Test("The axis of batches of version 0.2.0 is read as it was meant")
    func formerBatches() {
        let (state, problems) = configured("batches = true\nband = \"all\"\noutliers = true\n")
        #expect(problems.isEmpty && state.curves.axis == .steps)
        #expect(state.curves.band == .all && state.curves.showsOutliers)
        #expect(configured("batches = false\n").state.curves.axis == .epochs)
        #expect(configured("batches = 3\n").problems == ["line 1: batches: no such setting"])
    }

    @Test("Enter keeps what was changed; where nothing was, nothing is written")
    func keeps() {
        var state = opened(on: .diagonal)
        Sample.press(&state, .right)
        #expect(state.confusion.hidesDiagonal)
        #expect(Sample.press(&state, .enter) == [.remember([PreferenceChange(.diagonal, .flag(false))])])
        #expect(state.overlay == nil)
        #expect(Sample.press(&state, "o", .enter).isEmpty)
    }

    @Test("Esc puts back what held before, and writes nothing")
    func putsBack() {
        var state = opened(on: .autoRun)
        let before = state.autoRun
        Sample.press(&state, .right)
        #expect(state.autoRun != before)
        #expect(Sample.press(&state, .escape).isEmpty)
        #expect(state.autoRun == before && state.overlay == nil)
    }

    @Test("A change of glyphs, workers or folder is told to the world at once")
    func effects() {
        var state = opened(on: .glyphs)
        #expect(Sample.press(&state, .right) == [.openTerminal(state.display)])
        state = opened(on: .threads)
        #expect(Sample.press(&state, .right) == [.useThreads(1)])
        state = opened(on: .saveFolder)
        Sample.press(&state, .enter)
        Sample.type(&state, "out")
        #expect(Sample.press(&state, .enter) == [.saveInto("out")])
        #expect(state.saveFolder == "out")
    }

    @Test("A file that can't be written is said")
    func failedWrite() {
        var state = Sample.ready()
        _ = update(&state, .rememberFailed(.notAFolder(path: "/x")))
        #expect(state.message == .error("not remembered: /x: expected a folder, found a file"))
    }

    @Test("The file is made with its folders; a later change leaves every other line, and a link stays a link")
    func file() throws {
        let folder = try TemporaryFolder()
        let file = ConfigurationFile(path: folder.path("a/config.toml"))
        try file.change([PreferenceChange(.theme, .text("nord"))])
        #expect(try folder.text(of: "a/config.toml") == "theme = \"nord\"\n")
        try folder.write("# mine\nmouse = true\n", as: "real.toml")
        let link = folder.path("link.toml")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.path("real.toml"))
        try ConfigurationFile(path: link).change([PreferenceChange(.mouse, .flag(false))])
        #expect(try folder.text(of: "real.toml") == "# mine\nmouse = false\n")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == folder.path("real.toml"))
        #expect(try folder.names() == ["a", "link.toml", "real.toml"])
    }

    @Test("A file that is no text is refused, and stays as it was")
    func notText() throws {
        let folder = try TemporaryFolder()
        try folder.write([0xFF, 0xFE, 0], as: "config.toml")
        let file = ConfigurationFile(path: folder.path("config.toml"))
        #expect(throws: ExportError.unwritable(path: file.path, reason: "it is no UTF-8 text")) {
            try file.change([PreferenceChange(.mouse, .flag(false))])
        }
        #expect(try folder.bytes(of: "config.toml") == [0xFF, 0xFE, 0])
    }

    @Test("The configuration file in the docs has every option and no bad line")
    func page() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appendingPathComponent("docs/themes-and-options.md"), encoding: .utf8)
        let start = try #require(page.range(of: "```toml\n"))
        let end = try #require(page.range(of: "```", range: start.upperBound..<page.endIndex))
        let text = ConfigurationText(parsing: String(page[start.upperBound..<end.lowerBound]))
        var state = Sample.ready()
        #expect(state.configure(text).isEmpty)
        #expect(text.entries.map(\.key) == Preference.allCases.map(\.key))
    }
}
