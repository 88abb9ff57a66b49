import Dashboard
import Specs
import TerminalUI
import Testing
import Training

@Suite struct CurvesTests {
    private func mouse(_ state: inout DashboardState, _ kind: MouseEvent.Kind, _ x: Int, _ y: Int) {
        _ = update(&state, .input(.mouse(MouseEvent(kind: kind, x: x, y: y))))
    }

    @Test("Smoothing is TensorBoard's: an average freed from its start at zero, which a gap does not end")
    func smoothing() {
        var state = Sample.training()
        Sample.press(&state, "2", "A", "A")
        #expect(state.curves.smoothing.weight == 0.6)
        let points = [1, 2, .nan, 4].enumerated().map { LineChart.Point(x: Double($0), y: $1) }
        let smooth = state.curves.smoothing.applied(to: points).map(\.y)
        // By hand: 0.4 / 0.4; (0.6 × 0.4 + 0.4 × 2) / (1 − 0.36); (0.6 × 1.04 + 0.4 × 4) / (1 − 0.216).
        #expect(abs(smooth[0] - 1) < 1e-12 && abs(smooth[1] - 1.04 / 0.64) < 1e-12)
        #expect(smooth[2].isNaN && abs(smooth[3] - 2.224 / 0.784) < 1e-12)
        while let last = Smoothing.weights.last, state.curves.smoothing.weight < last { Sample.press(&state, "A") }
        Sample.press(&state, "A")
        #expect(state.curves.smoothing == Smoothing())
    }

    @Test("Lab's charts say that they show a part of the run, as Curves does")
    func zoomedTitle() {
        var state = Sample.training()
        Sample.press(&state, "2", "+")
        #expect(render(state).text.contains("─ loss, zoomed ─"))
        Sample.press(&state, "1")
        #expect(
            render(state).text.contains("─ loss, zoomed ─") && render(state).text.contains("─ accuracy %, zoomed ─"))
        Sample.press(&state, "2", "0")
        #expect(!render(state).text.contains("zoomed"))
    }

    @Test("Beside other runs the best epoch has the colour of its run")
    func bestOfRun() throws {
        var state = Sample.eventful()
        let labels = { (state: DashboardState) -> Set<Color> in
            let buffer = render(state)
            return Set(
                (0..<buffer.height).flatMap { y in
                    (0..<(buffer.width - 4)).compactMap { x in
                        let word = (x..<(x + 4)).map { Character(buffer[$0, y].scalar) }
                        return String(word) == "best" ? buffer[x, y].style.foreground : nil
                    }
                })
        }
        Sample.press(&state, "2")
        let theme = state.look.theme
        // Its loss was no number in the end, so it is not the green of what got better.
        #expect(labels(state) == [theme[.dim]])
        Sample.press(&state, "r")
        let facts = RunFacts(
            parameters: 101_770, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        _ = update(&state, .event(.started(facts, untrained: nil), run: 2))
        for epoch in 1...8 { _ = update(&state, .event(.epochFinished(Sample.report(epoch)), run: 2)) }
        Sample.press(&state, "C")
        #expect(!labels(state).isEmpty && !labels(state).contains(theme[.good]))
    }

    @Test("A smoothed line has its raw values behind it, and the line below says how smooth it is")
    func rawBehind() {
        var state = Sample.eventful(look: Look(glyphs: .ascii))
        Sample.press(&state, "2")
        let plain = render(state).text.filter { $0 == "." }.count
        Sample.press(&state, "A", "A")
        let text = render(state).text
        #expect(text.filter { $0 == "." }.count > plain + 20)
        #expect(text.contains("smooth 0.6"))
    }

    @Test("The cursor reads batches with their extremes where training is drawn by batches")
    func batches() {
        var state = Sample.long()
        Sample.press(&state, "2", "w", .end)
        #expect(state.curves.perBatch && state.curves.cursor == 10_000)
        #expect(render(state).text.contains("epoch 10000 batch 4/4   loss 0.210"))
        // 40,000 batches in 625 buckets of 64: a press goes as far as an eye can tell.
        Sample.press(&state, .left)
        #expect(state.curves.cursor == 9920)
        Sample.press(&state, .home)
        #expect(state.curves.cursor == 16)
        Sample.press(&state, "w", "w")
        #expect(!state.curves.perBatch && state.curves.cursor == 16)
    }

    @Test("Zooming keeps the cursor in sight, pans with H and L, and 0 shows all of it again")
    func zoom() {
        var state = Sample.training(epochs: 8)
        Sample.press(&state, "2")
        #expect(state.disabledReason(.curves(.pan(1))) != nil)
        Sample.press(&state, "+")
        // The run stands at 8.5 of 10 planned epochs: the newest 5 are to be seen, and go on to be.
        #expect(state.curves.window == CurvesWindow(span: 5, end: nil))
        #expect(render(state).text.contains("epochs 3.5–8.5"))
        Sample.expect("H", in: &state) { $0.curves.window = CurvesWindow(span: 5, end: 7.25) }
        for _ in 0..<9 { Sample.press(&state, "H") }
        #expect(state.curves.window == CurvesWindow(span: 5, end: 5))
        Sample.press(&state, .end)
        #expect(state.curves.cursor == 8 && state.curves.window == CurvesWindow(span: 5, end: 8))
        for _ in 0..<9 { Sample.press(&state, "+") }
        #expect(state.curves.window?.span == 2)
        Sample.expect("0", in: &state) { $0.curves.window = nil }
        for _ in 0..<3 { Sample.press(&state, "+") }
        for _ in 0..<9 { Sample.press(&state, "-") }
        #expect(state.curves.window == nil)
    }

    @Test("A click sets the cursor, a drag takes it along, the wheel zooms around the pointer and pans over the axis")
    func mouseOnCharts() throws {
        var state = Sample.training(epochs: 8)
        Sample.press(&state, "2")
        mouse(&state, .press, 52, 6)
        #expect(state.curves.cursor == 8)
        mouse(&state, .drag, 9, 6)
        #expect(state.curves.cursor == 1)
        mouse(&state, .scrollUp, 9, 6)
        let window = try #require(state.curves.window)
        #expect(window.span == 5 && window.end == 5)
        mouse(&state, .scrollDown, 9, 11)
        #expect(try #require(state.curves.window?.end) > 5)
        mouse(&state, .scrollDown, 9, 6)
        #expect(state.curves.window == nil)
        // The accuracy chart shares cursor and window.
        mouse(&state, .press, 52, 15)
        #expect(state.curves.cursor == 8)
    }

    @Test("C draws earlier runs beside the newest one, each in a slot of its own that stays with it")
    func compare() {
        var state = Sample.eightRuns()
        Sample.press(&state, "2", "C")
        #expect(state.comparison.marked.map(\.key) == (1...7).map(RunKey.session))
        #expect(
            state.comparison.marked.map(\.slot) == [0, 1, 2, 3, 4, 5, 6] && state.comparison.slot(of: .session(8)) == 7)
        let text = render(state).text
        #expect(text.contains("validation loss") && text.contains("● run 1") && text.contains("△ run 8"))
        #expect(text.contains("200tanh"), "the legend says what is particular about a run")
        Sample.press(&state, "r")
        #expect(state.comparison.slot(of: .session(1)) == 0 && state.comparison.slot(of: .session(9)) == 7)
        Sample.press(&state, "C")
        #expect(state.comparison.marked.isEmpty)
    }

    @Test("With a cursor the legend gives the figures of every run at its epoch")
    func legendAtCursor() {
        var state = Sample.eightRuns(width: 120, height: 40)
        Sample.press(&state, "2", "C", .home, .right)
        let lines = render(state).text.components(separatedBy: "\n")
        // At epoch 2 the validation loss is 0.7, and 15 % more for each run.
        for (run, loss) in [(1, "0.700"), (2, "0.805"), (8, "1.435")] {
            let line =
                lines.first { $0.contains("run \(run) ") && $0.contains("2   ") && !$0.contains("training") } ?? ""
            #expect(line.contains(loss), "run \(run): \(line)")
        }
    }

    @Test("Pauses at one place are one marker, and steps in a row are one with their number")
    func markers() {
        var state = Sample.paused()
        _ = update(&state, .event(.changed(LiveChange(.learningRate(2e-3), at: RunPlace(epoch: 4, batch: 2))), run: 1))
        _ = update(&state, .event(.paused(position: 4.5), run: 1))
        #expect(state.run?.markers.map(\.kind) == [.pause, .setting(.learningRate(2e-3))])
        let history = state.run?.snapshot?.history ?? BatchHistory()
        for (epoch, batch) in [(4, 2), (4, 3), (5, 0), (5, 1)] {
            _ = update(
                &state, .snapshot(Sample.snapshot(.paused, epoch: epoch, batch: batch, history: history), run: 1))
        }
        #expect(state.run?.markers.last == ShownRun.Marker(kind: .steps(3), position: 5.25))
        // Going on and pausing later is no step.
        _ = update(&state, .snapshot(Sample.snapshot(.running, epoch: 5, batch: 2, history: history), run: 1))
        _ = update(&state, .snapshot(Sample.snapshot(.paused, epoch: 5, batch: 3, history: history), run: 1))
        #expect(state.run?.markers.last?.position == 5.25)
    }

    @Test("Best epoch, early stop, rates, pauses and a loss that is no number are named in the charts")
    func markerLabels() {
        var state = Sample.eventful(width: 120, height: 40)
        Sample.press(&state, "2")
        let text = render(state).text
        for label in ["best 5", "early stop", "lr 2e-3", "lr 2e-4", "pause", "NaN"] {
            #expect(text.components(separatedBy: label).count >= 2, "\(label) in a chart")
        }
    }

    @Test("A wild epoch among 10,000 is seen at any width", arguments: [60, 80, 120, 200])
    func spike(width: Int) {
        var state = Sample.long(width: width, height: 40)
        Sample.press(&state, "2")
        let buffer = render(state)
        // The validation line climbs to 1.1 at epoch 5,000, far above everything around it.
        let theme = state.look.theme
        let highest = (3..<36).first { y in
            (width / 8..<width / 2).contains { x in
                buffer[x, y].style.foreground == theme[.validation] && buffer[x, y].scalar.value > 0x2800
            }
        }
        #expect(highest ?? 99 < 14)
    }
}
