import Dashboard
import Foundation
import Runs
import Specs
import TerminalUI
import Testing
import Training

/// The table of Runs and what is below it: what sets a run apart, how far figures spread, brushing, exporting.
@Suite struct RunsTableTests {
    private func saved(
        _ number: Int, _ line: String, data: String = "mnist", accuracy: Double = 0.97, test: Double? = 0.96
    ) throws -> SavedRun {
        let spec = try ExperimentSpec(parsing: line, inputs: 784, classes: 10)
        let facts = RunFacts(
            parameters: spec.network.parameterCount, trainingRows: 54_000, validationRows: 6_000, testRows: 10_000,
            batchesPerEpoch: 1_688)
        var run = RunSummary(unsaved: number, spec: spec, dataset: data, facts: facts)
        (run.state, run.epochs, run.bestEpoch) = (.finished, 10, 7)
        (run.bestValidationLoss, run.bestValidationAccuracy) = (0.1, accuracy)
        run.testAccuracy = test
        (run.testPlace, run.finalPlace) = (RunPlace(epoch: 10), RunPlace(epoch: 10))
        run.testErrors = test.map { Int((10_000 * (1 - $0)).rounded()) }
        run.machine.threads = 2
        return SavedRun(run)
    }

    private func state(_ runs: [SavedRun], width: Int = 120, height: Int = 40) -> DashboardState {
        var state = Sample.ready(width: width, height: height)
        state.savedRuns.hasStore = true
        Sample.press(&state, "6")
        Sample.answerRuns(&state, update(&state, .runs(.listed(runs))))
        return state
    }

    private func lines(_ state: DashboardState) -> [String] { render(state).text.components(separatedBy: "\n") }

    @Test("In a run's panel, too, a test accuracy near guessing has the colour of a failure")
    func testAccuracy() throws {
        func role(_ accuracy: Double) throws -> Color? {
            let buffer = render(state([try saved(1, "64relu", test: accuracy)]))
            let figure = Array(accuracy == 0.96 ? "96.00 % ±" : "12.00 % ±")
            for y in 0..<buffer.height {
                let line = (0..<buffer.width).map { Character(buffer[$0, y].scalar) }
                guard let x = line.indices.first(where: { line[$0...].starts(with: figure) }) else { continue }
                return buffer[x, y].style.foreground
            }
            return nil
        }
        #expect(try role(0.96) == Theme.standard[.title])
        #expect(try role(0.12) == Theme.standard[.bad])
    }

    private var four: [SavedRun] {
        get throws {
            [
                try saved(4, "64relu epochs=40", accuracy: 0.98), try saved(3, "64relu lr=0.01"),
                try saved(2, "64relu-64relu-64relu-64relu", data: "fashion-mnist", accuracy: 0.87, test: 0.86),
                try saved(1, "64relu"),
            ]
        }
    }

    @Test("The table says what sets a run apart from the most common values, and of which data set it is")
    func apart() throws {
        let text = lines(state(try four))
        #expect(text[2].contains("run  data") && text[2].contains("what sets it apart"))
        #expect(text[3].contains(" 4  mnist") && text[3].contains("epochs 40") && !text[3].contains("adam"))
        #expect(text[4].contains("lr 0.01") && !text[4].contains("64relu"))
        #expect(text[5].contains("fashion-mnist") && text[5].contains("64relu ×4"))
        #expect(text[6].contains("64relu"), "it has only what is common: its layers are said")
    }

    @Test(
        "A run that trains has its place in every order after each epoch, as if all were sorted anew",
        arguments: ["id", "val_loss", "-val_loss", "val_accuracy", "lr", "name", "test_errors", "epochs"])
    func placeOfTheTrained(order: String) throws {
        var state = Sample.trainingBeside(60)
        let wanted = try RunOrder(parsing: order)
        state.runs.order.field = wanted.field
        state.runs.order.isDescending = wanted.isDescending
        var places: Set<Int> = []
        for epoch in 4...9 {
            let report = EpochReport(
                figures: EpochFigures(
                    epoch: epoch, loss: 0.1, accuracy: 0.9, validationLoss: 0.2 - 0.02 * Double(epoch),
                    validationAccuracy: 0.9 + 0.01 * Double(epoch), learningRate: 1e-3, seconds: 0.25),
                validation: Sample.evaluation(epoch: epoch))
            _ = update(&state, .event(.epochFinished(report), run: 1))
            #expect(state.runs.rows.count == 61)
            #expect(state.runs.rows.map(\.key) == wanted.sorted(state.runs.rows) { ($0.summary, $0.traits) }.map(\.key))
            if let place = state.runs.rows.firstIndex(where: { !$0.isSaved }) { places.insert(place) }
        }
        #expect(places.count > 1 || !order.hasSuffix("val_loss"), "it goes past others")
    }

    @Test("A filter that leaves one run says so in place of what differs")
    func oneLeft() throws {
        var state = state(try four)
        Sample.press(&state, "/")
        Sample.type(&state, "id=3")
        Sample.press(&state, .enter)
        #expect(state.runs.rows.count == 1)
        let text = render(state).text.split(separator: "\n").joined(separator: " ")
        #expect(text.contains("one run passes the filter") && !text.contains("can't be read"))
    }

    @Test(
        "A data set's name is whole where there is room, else cut with a mark",
        arguments: [(80, 24), (120, 40), (200, 60)])
    func dataNames(width: Int, height: Int) throws {
        let line = lines(state(try four, width: width, height: height))[5]
        #expect(line.contains(width < 112 ? "fashion… " : "fashion-mnist "))
    }

    @Test("Data, validation figures, their spread and the test set stand at 80 columns, too")
    func narrow() throws {
        let heading = lines(state(try four, width: 80, height: 24))[2]
        for column in ["run", "data", "val loss", "val %", "±", "test %"] { #expect(heading.contains(column)) }
    }

    @Test("The spread is that of the seeds where there are several, else that of chance on so many rows")
    func spread() throws {
        let runs = [
            try saved(3, "64relu seed=2", accuracy: 0.96), try saved(2, "32relu", accuracy: 0.9),
            try saved(1, "64relu", accuracy: 0.98),
        ]
        let text = lines(state(runs))
        #expect(text[3].contains("1.41×2") && text[5].contains("1.41×2"))
        #expect(text[4].contains("0.39 "), "√(0.9 · 0.1 / 6000)")
        let compared = render(state(runs)).text
        #expect(compared.contains("97.00 ±1.41 ×2") && compared.contains("96.00 ±0.25"))
    }

    @Test("What differs has the data set first, then all of each value, then results with rows and weights")
    func differs() throws {
        let long = Array(repeating: "128relu", count: 7).joined(separator: "-")
        var state = state([try saved(2, long, data: "fashion-mnist"), try saved(1, "64relu")], width: 120, height: 48)
        let text = lines(state).map { String($0.drop { $0 != "│" }) }
        let data = try #require(text.firstIndex { $0.contains(" data  ") && $0.contains("fashion-mnist") })
        let layers = try #require(text.firstIndex { $0.contains(" layers ") })
        #expect(data < layers)
        let whole = text[layers..<(layers + 4)].map { $0.split(separator: "│").last ?? "" }.joined()
        #expect(whole.components(separatedBy: "128relu").count - 1 >= 7, "no layer is cut: \(whole)")
        for name in ["best val loss", "best val %", "test %", "test weights", "test errors"] {
            #expect(text.contains { $0.contains(name) }, "\(name)")
        }
        #expect(text.contains { $0.contains("0.100, epoch 7") })
        Sample.pressInRuns(&state, "m", .down)
        state.shared.display.plain = true
        let plain = PlainScreen(state).text
        #expect(plain.contains("differs in data: run 1 mnist, run 2 fashion-mnist"))
        #expect(plain.contains("best val per cent: run 1 97.00 plus or minus 0.22, run 2 97.00 plus or minus 0.22"))
    }

    @Test("Rows that are left over below what differs say what the runs have in common")
    func common() throws {
        let runs = [try saved(2, "64relu-64relu lr=0.1"), try saved(1, "64relu-64relu")]
        let texts = (20...60).flatMap { height in
            [80, 120, 160, 200].map { render(state(runs, width: $0, height: height)).text }
        }
        let text = try #require(texts.first { $0.contains("─ the same in both ─") })
        #expect(text.contains(" 64relu ×2  adam  "))
        var marked = state(runs)
        Sample.pressInRuns(&marked, "m", .down)
        marked.shared.display.plain = true
        #expect(PlainScreen(marked).text.contains("the same in all: 64relu times 2, adam, "))
    }

    @Test("Layers that are the same are folded on their axis, and no label loses what differs")
    func axisLabels() throws {
        var state = state(
            [
                try saved(3, "128relu-128relu"), try saved(2, "128relu", accuracy: 0.98),
                try saved(1, "64relu", accuracy: 0.9),
            ], width: 120, height: 48)
        while state.runs.panel != .parallel { Sample.pressInRuns(&state, "d") }
        #expect(render(state).text.contains("parallel coordinates") && render(state).text.contains("128relu×2"))
    }

    @Test("What has no room is counted")
    func counted() throws {
        var state = state(
            [
                try saved(2, "64relu lr=0.1 batch=64 epochs=9 l2=0.1 l1=0.2 seed=9 clipnorm=1 val=0.2"),
                try saved(1, "32relu"),
            ], width: 80, height: 24)
        Sample.pressInRuns(&state, "d")
        #expect(render(state).text.contains(" more"))
    }

    @Test("Small curves of the rows on the screen are read once, all together")
    func courses() throws {
        var state = Sample.ready(width: 120, height: 40)
        state.savedRuns.hasStore = true
        Sample.press(&state, "6")
        let runs = try four
        let effects = update(&state, .runs(.listed(runs)))
        let stamps = Dictionary(uniqueKeysWithValues: runs.map { ($0.summary.id, HistoryStamp($0.summary)) })
        #expect(effects.contains(.runs(.fetchCourses(stamps))))
        Sample.answerRuns(&state, effects)
        let again = Sample.press(&state, "j")
        #expect(!again.contains { if case .runs(.fetchCourses) = $0 { true } else { false } })
        #expect(lines(state)[4].unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
    }

    @Test("Small curves of rows that are far away are forgotten, those on the screen stay")
    func forgottenCourses() throws {
        var state = Sample.ready(width: 120, height: 40)
        state.savedRuns.hasStore = true
        Sample.press(&state, "6")
        let runs = try (1...1500).reversed().map { try saved($0, "64relu") }
        Sample.answerRuns(&state, update(&state, .runs(.listed(runs))))
        func asks(_ key: Key) -> Bool {
            let effects = update(&state, .input(.key(key)))
            Sample.answerRuns(&state, effects)
            return effects.contains { if case .runs(.fetchCourses) = $0 { true } else { false } }
        }
        #expect(asks(.pageDown) && !asks(.pageUp))
        for _ in 1...40 { _ = asks(.pageDown) }
        #expect(!asks(.pageUp) && asks(.home))
        #expect(lines(state)[4].unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
    }

    @Test("A window that shows more rows than there are small curves kept does not ask for them without end")
    func tallWindow() throws {
        var state = Sample.ready(width: 120, height: 900)
        state.savedRuns.hasStore = true
        Sample.press(&state, "6")
        let runs = try (1...1200).reversed().map { try saved($0, "64relu") }
        Sample.answerRuns(&state, update(&state, .runs(.listed(runs))))
        let again = update(&state, .input(.key("j")))
        #expect(!again.contains { if case .runs(.fetchCourses(let asked)) = $0 { asked.count > 1 } else { false } })
    }

    @Test("While a name is typed there is one cursor, in the status line, and the table shows the name")
    func oneCursor() throws {
        var state = state(try four, width: 80, height: 24)
        state.runs.selected = .saved(4)
        _ = state.perform(naming: 4)
        Sample.type(&state, "wide")
        let text = lines(state)
        #expect(text[3].contains("wide") && text[text.count - 2].contains("name of run 4 wide"))
        let buffer = render(state)
        let cursors = (0..<buffer.height).filter { y in
            (0..<buffer.width).contains { buffer[$0, y].style.attributes.contains(.reverse) }
        }
        #expect(cursors.count <= 1)
    }

    @Test("A table without a run that passes says so in every panel, and Esc clears the filter before it leaves")
    func empty() throws {
        var state = state(try four)
        Sample.pressInRuns(&state, "/")
        Sample.type(&state, "nothing")
        Sample.pressInRuns(&state, .enter)
        let text = render(state).text
        #expect(text.components(separatedBy: "no run passes the filter").count == 4)
        Sample.press(&state, .escape)
        #expect(state.screen == .runs && state.runs.rows.count == 4)
        Sample.press(&state, .escape)
        #expect(state.screen == .lab)
    }

    @Test("Parallel coordinates: an axis is chosen, a range brushed, and the runs within it are counted")
    func brush() throws {
        var state = state(try four)
        while state.runs.panel != .parallel { Sample.pressInRuns(&state, "d") }
        #expect(render(state).text.contains("parallel coordinates") && render(state).text.contains("4 runs"))
        Sample.pressInRuns(&state, .right)
        #expect(state.runs.brush.axis == "data")
        Sample.pressInRuns(&state, .enter, .enter)
        #expect(render(state).text.contains("1 of 4 runs"), "fashion-mnist is the first by the alphabet")
        Sample.pressInRuns(&state, .enter, .up, .enter)
        #expect(render(state).text.contains("3 of 4 runs"))
        state.shared.display.plain = true
        let plain = PlainScreen(state).text
        #expect(plain.contains("brushed data: mnist to mnist") && plain.contains("runs within: 3 of 4: 4, 3, 1"))
        state.shared.display.plain = false
        Sample.press(&state, .escape)
        #expect(state.screen == .runs && state.runs.brush.axis == nil)
        Sample.pressInRuns(&state, .down)
        #expect(state.runs.selectedRun?.summary.id == 3, "the arrows choose runs again")
    }

    @Test("X lists the formats, and Enter writes one of the selected run")
    func exports() throws {
        var state = state(try four)
        Sample.press(&state, "X")
        let text = render(state).text
        for format in ExportRequest.Format.allCases { #expect(text.contains(format.rawValue)) }
        #expect(Sample.press(&state, .down, .enter) == [.export(ExportRequest(run: 4, format: .npz))])
        _ = update(&state, .saved(what: "npz of run 4", paths: ["/tmp/run-4.npz"]))
        #expect(state.message == .note("saved npz of run 4: /tmp/run-4.npz"))
        Sample.press(&state, "X", .escape)
        #expect(state.overlay == nil && state.screen == .runs)
        _ = update(&state, .exportFailed("no weights"))
        #expect(state.message == .error("not exported: no weights"))
    }

    @Test("An export takes the first name that nothing has")
    func freeName() {
        let request = ExportRequest(run: 8, format: .onnx)
        #expect(request.freeName { _ in false } == "run-8.onnx")
        #expect(request.freeName { ["run-8.onnx", "run-8-2.onnx"].contains($0) } == "run-8-3.onnx")
    }
}

extension DashboardState {
    /// Starts to type a run's name.
    fileprivate mutating func perform(naming run: Int) -> [Effect] {
        guard let binding = KeyMap.bindings.first(where: { $0.command == .runs(.rename) }), let key = binding.keys.first
        else { return [] }
        return update(&self, .input(.key(key)))
    }
}
