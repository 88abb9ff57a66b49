import Configuration
import Dashboard
import TerminalUI
import Testing
import Training

@Suite struct PlainTests {
    private static let states: [DashboardState] = {
        var compared = Sample.eightRuns()
        Sample.press(&compared, "2", "C", "3", "C")
        return [
            Sample.state(), Sample.ready(), Sample.training(), Sample.paused(), Sample.finished(), Sample.eventful(),
            Sample.inside(), Sample.drawing(), Sample.browsing(), compared, Sample.long(),
        ]
    }()

    private static func variants(_ screen: Screen) -> [DashboardState] {
        states.flatMap { base in
            LabPanel.allCases.flatMap { panel in
                PropertyTests.overlays.map { overlay in
                    var state = base
                    state.display.plain = true
                    (state.screen, state.lab.focus, state.overlay) = (screen, panel, overlay)
                    return state
                }
            }
        }
    }

    @Test(
        "Every line is a fact with its name, in letters of ASCII, and one line is at hand", arguments: Screen.allCases)
    func lines(screen: Screen) {
        for state in PlainTests.variants(screen) {
            let lines = PlainScreen(state).lines
            #expect(lines.count { $0.isSelected || $0.caret != nil } == 1)
            for line in lines {
                #expect(line.text.unicodeScalars.allSatisfy { $0.isASCII && $0.value >= 0x20 }, "\(line.text)")
                #expect(line.text.contains(": "), "\(line.text)")
            }
        }
    }

    @Test("At every size the page is filled exactly and has the cursor in it", arguments: Screen.allCases)
    func sizes(screen: Screen) {
        for base in PlainTests.variants(screen) where base.lab.focus == .composer {
            for (width, height) in [(0, 0), (1, 1), (3, 2), (20, 5), (40, 12), (80, 24), (200, 60)] {
                var state = base
                (state.width, state.height) = (width, height)
                let page = PlainPage(state)
                #expect(page.buffer.width == width && page.buffer.height == height)
                #expect((0...max(0, width - 1)).contains(page.cursor.x))
                #expect((0...max(0, height - 1)).contains(page.cursor.y))
            }
        }
    }

    @Test("Long lines go on indented, the cursor stands on the selected one, and nothing has a colour")
    func page() {
        var state = Sample.training(width: 30, height: 8)
        state.display.plain = true
        let page = PlainPage(state)
        #expect(
            page.buffer.text == """
                  seed=1
                keys: ? lists them, } and {
                  turn pages, q quits
                input: 784 pixels
                layer 1: 128 units, relu
                add a layer: enter adds one
                output: 10 classes, softmax
                optimizer: adam
                """)
        #expect(page.cursor == (0, 4))
        #expect(page.buffer.cells.allSatisfy { $0.style == Style() })
    }

    @Test("The cursor stands where the next character goes")
    func caret() {
        var state = Sample.training()
        state.display.plain = true
        Sample.press(&state, .enter, .end)
        let page = PlainPage(state)
        let line = page.buffer.text.split(separator: "\n", omittingEmptySubsequences: false)[page.cursor.y]
        #expect(line == "type layer 1: 128relu" && page.cursor.x == line.count)
    }

    @Test("Braces turn pages; the next other key comes back to what is at hand")
    func pages() {
        var state = Sample.training(height: 10)
        state.display.plain = true
        let start = PlainPage(state)
        Sample.press(&state, "{", "{", "{")
        #expect(PlainPage(state).buffer.text.hasPrefix("view: Lab, 1 of 9"))
        Sample.press(&state, "}", "}")
        #expect(PlainPage(state).cursor == (0, 0), "what is at hand is on another page")
        for _ in 0..<20 { Sample.press(&state, "}") }
        #expect(PlainPage(state).buffer.text.contains("\nmemory: 7.0 MiB"))
        Sample.press(&state, .down, .up)
        #expect(PlainPage(state) == start)
    }

    @Test("Nothing that changes with every batch is said while training runs")
    func calm() {
        for screen in Screen.allCases {
            var state = Sample.inside()
            state.display.plain = true
            state.screen = screen
            _ = update(&state, .input(.resize(width: state.width, height: state.height)))
            let before = PlainScreen(state)
            let history = BatchHistory()
            _ = update(&state, .snapshot(Sample.snapshot(.running, epoch: 4, batch: 3, history: history), run: 1))
            var inspection = Sample.inspection(Watch(layers: true), state)
            inspection.layers = inspection.layers.map {
                LayerFigures(weightNorm: $0.weightNorm + 1, gradientNorm: 2, deadShare: 0.5)
            }
            _ = update(&state, .inspection(inspection, run: 1))
            #expect(PlainScreen(state) == before, "\(screen)")
        }
    }

    @Test("It is an option that is kept, and what was drawn before comes back")
    func option() {
        var state = Sample.ready()
        #expect(state.configure(ConfigurationText(parsing: "plain = true")).isEmpty)
        #expect(state.display.plain)
        Sample.press(&state, "o")
        while !PlainScreen(state).text.contains("about plain") { Sample.press(&state, .down) }
        Sample.press(&state, .left)
        #expect(!state.display.plain)
        #expect(Sample.press(&state, .enter) == [.remember([PreferenceChange(.plain, .flag(false))])])
    }

    @Test("The picture that P saves has the lines as its text")
    func picture() throws {
        var state = Sample.training()
        state.display.plain = true
        guard case .save(let request)? = Sample.press(&state, "P").first else {
            Issue.record("nothing is saved")
            return
        }
        let text = try #require(request.files.last)
        #expect(text.ending == ".txt" && text.bytes == Array((PlainScreen(state).text + "\n").utf8))
    }
}
