import Dashboard
import Datasets
import Specs
import TerminalUI
import Testing
import Training

@Suite struct RefusalTests {
    /// With 20 images of 2 × 2, and a network that came from the command line.
    private func small(_ line: String) throws -> DashboardState {
        let images = ImageSet(
            pixels: [UInt8](repeating: 9, count: 80), labels: (0..<20).map { UInt8($0 % 2) }, rows: 2, columns: 2)
        let spec = try ExperimentSpec(parsing: line, inputs: 4, classes: 2)
        var state = DashboardState(spec: spec, width: 80, height: 24)
        _ = update(
            &state, .dataLoaded(LoadedData(Dataset(name: "tiny", train: images, test: images, classes: 2))))
        return state
    }

    private let noRows = Refusal.training(.noTrainingRows(20))

    @Test("A share that leaves no rows to train on is refused where it is typed, and the field stays open")
    func typedShare() throws {
        var state = try small("8tanh")
        let before = state.composer.spec
        while state.composer.rows[state.composer.cursor] != .setting(.val) { Sample.press(&state, .down) }
        Sample.press(&state, .enter, .control("u"))
        Sample.type(&state, "0.999")
        #expect(Sample.press(&state, .enter).isEmpty)
        #expect(state.composer.spec == before && state.composerPanel.editing?.text == "0.999")
        #expect(state.composer.refusal == noRows && state.message?.text == noRows.description)
        Sample.press(&state, .backspace)
        #expect(state.composer.refusal == nil && state.message == nil)
    }

    @Test("A share that leaves no rows to train on is refused in the spec line, which stays open")
    func specLine() throws {
        var state = try small("8tanh")
        let before = state.composer.spec
        Sample.press(&state, "e")
        Sample.type(&state, " val=0.999")
        Sample.press(&state, .enter)
        guard case .specLine(_, let refusal) = state.overlay else {
            Issue.record("the spec line is closed")
            return
        }
        #expect(refusal == noRows && state.composer.spec == before)
        #expect(render(state).text.contains("validation leaves none of the 20 rows to train on"))
    }

    @Test("A bad share from the command line is told when the data is there, can't be started, and can be edited away")
    func fromCommandLine() throws {
        var state = try small("8tanh val=0.999")
        #expect(state.message?.kind == .error && state.composer.refusal == noRows)
        for key: Key in [" ", ".", ">", "r", "R", "a"] {
            #expect(Sample.press(&state, key).isEmpty)
            #expect(state.run == nil && state.message?.text == noRows.description)
        }
        // Other edits are not in its way.
        Sample.press(&state, "a", .right)
        #expect(state.composer.spec.network.hidden.map(\.units) == [12] && state.message == nil)
        while state.composer.rows[state.composer.cursor] != .setting(.val) { Sample.press(&state, .down) }
        Sample.press(&state, .left)
        #expect(
            Sample.press(&state, " ") == [
                .start(RunLine(spec: state.composer.spec), run: 1, paused: false, firstStep: nil)
            ])
    }

    @Test("A refusal goes with the next key or click")
    func untilNextKey() throws {
        for leave: InputEvent in [.key("t"), .mouse(MouseEvent(kind: .press, x: 5, y: 3))] {
            var state = try small("8tanh val=0.999")
            _ = update(&state, .input(leave))
            #expect(state.composer.refusal == nil)
        }
    }

    @Test("At 80 columns the status line keeps the nearest spelling")
    func nearestSpelling() {
        var state = Sample.ready()
        Sample.press(&state, .enter, .control("u"))
        Sample.type(&state, "200tahn")
        Sample.press(&state, .enter)
        #expect(render(state).text.contains("unknown activation tahn; did you mean 200tanh? expected one of"))
        Sample.press(&state, .escape, "e", .control("u"))
        Sample.type(&state, "200tahn")
        Sample.press(&state, .enter)
        #expect(render(state).text.contains("unknown activation tahn; did you mean 200tanh? expected one of"))
    }

    @Test("A run that could not start says so in place of figures that will never come")
    func neverStarted() {
        var state = Sample.ready()
        Sample.press(&state, "3", "v", " ")
        _ = update(&state, .event(.failed(.noTrainingRows(20)), run: 1))
        #expect(render(state).text.contains("the run could not start"))
    }

    @Test("What Confusion says of missing validation rows is said of the run, not of the composer")
    func validationOfTheRun() {
        var state = Sample.ready()
        Sample.press(&state, " ", "3")
        state.lab.focus = .composer
        Sample.press(&state, "e")
        Sample.type(&state, " val=0")
        Sample.press(&state, .enter)
        #expect(state.composer.spec.training.validation == 0)
        #expect(!render(state).text.contains("no validation rows"))
    }
}
