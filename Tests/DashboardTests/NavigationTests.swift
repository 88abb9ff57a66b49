import Dashboard
import Datasets
import Specs
import TerminalUI
import Testing
import Training

@Suite struct NavigationTests {
    @Test("A number goes to its screen, and Esc back again, one level at a time")
    func screens() {
        var state = Sample.training()
        Sample.expect("2", in: &state) {
            $0.screen = .curves
            $0.cameFrom = [Level(screen: .lab)]
        }
        Sample.expect("2", in: &state) { _ in }
        Sample.expect("3", in: &state) {
            $0.screen = .confusion
            $0.cameFrom = [Level(screen: .lab), Level(screen: .curves)]
        }
        Sample.expect(.escape, in: &state) {
            $0.screen = .curves
            $0.cameFrom = [Level(screen: .lab)]
        }
        Sample.expect(.escape, in: &state) {
            $0.screen = .lab
            $0.cameFrom = []
        }
        Sample.expect(.escape, in: &state) { _ in }
    }

    @Test("Tab goes round the panels of Lab in both directions, and means nothing elsewhere")
    func focus() {
        var state = Sample.ready()
        for panel in [LabPanel.loss, .accuracy, .confusion, .wrong, .composer] {
            Sample.expect(.tab, in: &state) { $0.lab.focus = panel }
        }
        Sample.expect(.backTab, in: &state) { $0.lab.focus = .wrong }
        Sample.press(&state, "3")
        Sample.expect(.tab, in: &state) { _ in }
    }

    @Test("Enter on a panel of Lab opens its screen", arguments: [(LabPanel.loss, Screen.curves), (.wrong, .digits)])
    func open(panel: LabPanel, screen: Screen) {
        var state = Sample.training()
        state.lab.focus = panel
        Sample.expect(.enter, in: &state) {
            $0.screen = screen
            $0.cameFrom = [Level(screen: .lab)]
        }
    }

    @Test("Arrows choose a cell of the heatmap, from the most confused one on, and stop at its edges")
    func cells() {
        var state = Sample.training()
        Sample.press(&state, "3")
        Sample.expect(.up, in: &state) { $0.confusion.chosen = ConfusionCell(row: 0, column: 2) }
        Sample.expect(.up, in: &state) { _ in }
        Sample.expect(.down, in: &state) { $0.confusion.chosen = ConfusionCell(row: 1, column: 2) }
        Sample.expect("l", in: &state) { $0.confusion.chosen = ConfusionCell(row: 1, column: 3) }
        for _ in 0..<20 { Sample.press(&state, .right, .down) }
        #expect(state.confusion.chosen == ConfusionCell(row: 9, column: 9))
    }

    @Test("The heatmap's colours and diagonal can be changed")
    func heatmap() {
        var state = Sample.training()
        Sample.press(&state, "3")
        Sample.expect("w", in: &state) { $0.confusion.mode = .rowPercent }
        Sample.expect("w", in: &state) { $0.confusion.mode = .columnPercent }
        Sample.expect("w", in: &state) { $0.confusion.mode = .logarithmic }
        Sample.expect("w", in: &state) { $0.confusion.mode = .counts }
        Sample.expect("O", in: &state) { $0.confusion.hidesDiagonal = true }
        Sample.expect("O", in: &state) { $0.confusion.hidesDiagonal = false }
    }

    @Test("The value cursor of the curves goes from the last epoch back, and stays among the epochs")
    func curveCursor() {
        var state = Sample.training(epochs: 4)
        Sample.press(&state, "2")
        Sample.expect(.left, in: &state) { $0.curves.cursor = 4 }
        Sample.expect(.left, in: &state) { $0.curves.cursor = 3 }
        Sample.expect(.home, in: &state) { $0.curves.cursor = 1 }
        Sample.expect("h", in: &state) { _ in }
        Sample.expect(.end, in: &state) { $0.curves.cursor = 4 }
        #expect(render(state).text.contains("epoch 4   loss"))
        Sample.expect("y", in: &state) { $0.curves.logarithmic = true }
    }

    @Test("Esc takes the value cursor away, and only then leaves the screen")
    func leaveCurveCursor() {
        var state = Sample.training(epochs: 4)
        Sample.press(&state, "2", .left)
        Sample.expect(.escape, in: &state) { $0.curves.cursor = nil }
        Sample.expect(.escape, in: &state) {
            $0.screen = .lab
            $0.cameFrom = []
        }
        state.lab.focus = .accuracy
        Sample.press(&state, .left)
        Sample.expect(.escape, in: &state) { $0.curves.cursor = nil }
        // Elsewhere the cursor is none of the screen's own.
        Sample.press(&state, .left, "3")
        Sample.expect(.escape, in: &state) {
            $0.screen = .lab
            $0.cameFrom = []
        }
    }

    @Test("A page of the heatmap is all of its rows; the start and the end are those of a row")
    func cellsAtEdges() {
        var state = Sample.training()
        Sample.press(&state, "3", .down, .left)
        Sample.expect(.pageDown, in: &state) { $0.confusion.chosen = ConfusionCell(row: 9, column: 1) }
        Sample.expect(.end, in: &state) { $0.confusion.chosen = ConfusionCell(row: 9, column: 9) }
        Sample.expect(.pageUp, in: &state) { $0.confusion.chosen = ConfusionCell(row: 0, column: 9) }
        Sample.expect(.home, in: &state) { $0.confusion.chosen = ConfusionCell(row: 0, column: 0) }
    }

    @Test("Showing the test set asks for it to be measured, once")
    func source() {
        var state = Sample.training()
        #expect(Sample.press(&state, "v") == [.command(.evaluateTest)])
        #expect(state.evaluation == nil && state.source == .test)
        _ = update(&state, .event(.testEvaluated(Sample.evaluation(epoch: 4, batch: 2, source: .test)), run: 1))
        #expect(state.evaluation?.source == .test && !state.selection.rows.isEmpty)
        #expect(Sample.press(&state, "v").isEmpty)
        #expect(state.evaluation?.source == .validation)
        #expect(Sample.press(&state, "v").isEmpty)
        #expect(state.evaluation?.source == .test)
    }

    @Test("After a further batch the test set's figures are those of older weights, and are asked for anew")
    func staleSource() {
        var state = Sample.paused()
        Sample.press(&state, "v")
        _ = update(&state, .event(.testEvaluated(Sample.evaluation(epoch: 4, batch: 2, source: .test)), run: 1))
        Sample.press(&state, "v", ".")
        let stepped = Sample.snapshot(.paused, epoch: 4, batch: 3, history: BatchHistory())
        _ = update(&state, .snapshot(stepped, run: 1))
        #expect(Sample.press(&state, "v") == [.command(.evaluateTest)])
    }

    @Test("The test set is asked for where there is a network, and once at a time")
    func measurable() {
        var state = Sample.ready()
        #expect(Sample.press(&state, "v", "v", " ", "v").allSatisfy { $0 != .command(.evaluateTest) })
        _ = update(&state, .event(.failed(.noTrainingRows(20)), run: 1))
        #expect(Sample.press(&state, "v", "v").isEmpty)
        state = Sample.training()
        #expect(Sample.press(&state, "v", "v", "v") == [.command(.evaluateTest)])
    }

    @Test("While the test set is shown, every epoch measures it anew")
    func sourceWhileTraining() {
        var state = Sample.training()
        Sample.press(&state, "v")
        func tested(_ epoch: Int) -> Action {
            .event(.testEvaluated(Sample.evaluation(epoch: epoch, source: .test)), run: 1)
        }
        #expect(update(&state, tested(4)).isEmpty)
        #expect(update(&state, .event(.epochFinished(Sample.report(5)), run: 1)) == [.command(.evaluateTest)])
        // While an answer is still to come, nothing is asked; if it is old when it comes, the question is put again.
        #expect(update(&state, .event(.epochFinished(Sample.report(6)), run: 1)).isEmpty)
        #expect(update(&state, tested(5)) == [.command(.evaluateTest)])
        #expect(update(&state, tested(6)).isEmpty)
        for epoch in 7...9 {
            _ = update(&state, .event(.epochFinished(Sample.report(epoch)), run: 1))
            _ = update(&state, tested(epoch))
        }
        // These bring it by themselves.
        #expect(update(&state, .event(.epochFinished(Sample.report(10)), run: 1)).isEmpty)
        #expect(update(&state, .event(.epochFinished(Sample.report(11)), run: 1)).isEmpty)
        Sample.press(&state, "r")
        let facts = RunFacts(parameters: 1, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        let started = TrainingEvent.started(facts, untrained: Sample.evaluation(epoch: 0))
        #expect(update(&state, .event(started, run: 2)) == [.command(.evaluateTest)])
    }

    @Test("Unless it is shown, the test set is never asked for: not at the start, after an epoch, a pause or the end")
    func unseenTestSet() {
        var state = Sample.training(epochs: 1)
        let facts = RunFacts(parameters: 1, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        let epochs = (1...10).map { TrainingEvent.epochFinished(Sample.report($0)) }
        let end: [TrainingEvent] = [.testEvaluated(Sample.evaluation(epoch: 10, source: .test)), .finished]
        for event in [.started(facts, untrained: nil)] + epochs + [.paused(position: 9.5)] + end {
            #expect(update(&state, .event(event, run: 1)).isEmpty)
        }
        #expect(state.evaluation?.source == .validation && state.run?.test?.source == .test)
    }

    @Test("A message goes away with the next key")
    func message() {
        var state = Sample.ready()
        Sample.press(&state, "c")
        #expect(state.message != nil && render(state).text.contains("sent to the terminal's clipboard: 784-128relu-10"))
        Sample.expect(.tab, in: &state) {
            $0.message = nil
            $0.lab.focus = .loss
        }
    }

    @Test("A theme is shown while the list is open, and kept only when it is chosen")
    func themes() {
        var other = Theme.standard
        other.name = "other"
        var state = DashboardState(spec: .standard, width: 80, height: 24, themes: [.standard, other])
        #expect(Sample.press(&state, "t", .down).isEmpty)
        #expect(state.look.theme.name == "other")
        #expect(Sample.press(&state, .escape).isEmpty)
        #expect(state.look.theme.name == Theme.standard.name && state.overlay == nil)
        Sample.press(&state, "t")
        Sample.type(&state, "oth")
        #expect(state.look.theme.name == "other")
        #expect(
            Sample.press(&state, .enter) == [.remember([PreferenceChange(.theme, .text("other"))])]
                && state.message == .note("theme: other") && state.overlay == nil)
    }

    @Test("Help lists every command, typing filters it, Esc clears that and then closes it")
    func help() {
        var state = Sample.ready(width: 100, height: 300)
        Sample.expect("?", in: &state) { $0.overlay = .help(HelpState()) }
        let text = render(state).text
        for binding in KeyMap.bindings {
            #expect(text.contains(binding.help.prefix(40)), "\(binding.name()) is missing")
        }
        state.height = 24
        Sample.press(&state, .end)
        #expect(render(state).text.contains("earlier lines of the screen"))
        let end = state
        Sample.expect(.pageDown, in: &state) { _ in }
        #expect(state == end)
        Sample.press(&state, .home)
        Sample.type(&state, "suspend")
        #expect(render(state).text.contains("1 of \(KeyMap.bindings.count)"))
        Sample.press(&state, .escape)
        #expect(state.overlay == .help(HelpState()))
        Sample.press(&state, .escape)
        #expect(state.overlay == nil)
    }

    @Test("Enter in the help runs the selected command; one of another view opens that view and says its key")
    func helpRuns() {
        var state = Sample.ready()
        Sample.press(&state, "?")
        Sample.type(&state, "duplicate")
        Sample.press(&state, .enter)
        #expect(state.overlay == nil && state.composer.spec.network.hidden.count == 2)
        Sample.press(&state, "?")
        Sample.type(&state, "write a note")
        Sample.press(&state, .enter)
        #expect(state.screen == .runs && state.overlay == nil)
        #expect(state.message == .note("I: write a note on it"))
    }

    @Test("Esc in a filtered table clears the filter first, and in Lab it stays there")
    func escape() {
        var state = Sample.training()
        Sample.press(&state, "2", "1", .escape)
        #expect(state.screen == .lab)
        Sample.press(&state, "4", "(", .escape)
        #expect(state.screen == .digits && state.selection.filter == DigitsFilter())
        Sample.press(&state, .escape)
        #expect(state.screen == .lab)
        // A cell's digits are what Confusion asked for: they are no filter of this view.
        Sample.press(&state, "3", .enter, .escape)
        #expect(state.screen == .confusion)
        var runs = Sample.saved(3)
        Sample.press(&runs, "/")
        Sample.type(&runs, "zzz")
        Sample.press(&runs, .enter, .escape)
        #expect(runs.screen == .runs && runs.runs.filter.text.isEmpty)
        Sample.press(&runs, .escape)
        #expect(runs.screen == .lab)
    }

    @Test("Data of another size and other classes adapts the network, and keeps the rest of it")
    func otherData() {
        var state = Sample.state()
        Sample.press(&state, "+", .right)
        let images = ImageSet(
            pixels: [UInt8](repeating: 9, count: 6 * 20), labels: [0, 1, 2, 0, 1, 2], rows: 4, columns: 5)
        _ = update(
            &state, .dataLoaded(LoadedData(Dataset(name: "tiny", train: images, test: images, classes: 3))))
        #expect(state.layers == "20-128relu-160relu-3")
        #expect(
            Sample.press(&state, " ") == [
                .start(RunLine(spec: state.composer.spec), run: 1, paused: false, firstStep: nil)
            ])
    }

    @Test("Data of the expected size leaves the composer as it is")
    func sameData() {
        var state = Sample.state()
        Sample.press(&state, "+", .right)
        let composer = state.composer
        _ = update(&state, .dataLoaded(Sample.data))
        #expect(state.composer == composer)
    }

    @Test(
        "Below 40 × 12 the screen gives its size and the one it needs",
        arguments: [(39, 24), (80, 11), (10, 5), (20, 3)])
    func tooSmall(width: Int, height: Int) {
        var state = Sample.training()
        _ = update(&state, .input(.resize(width: width, height: height)))
        let text = render(state).text
        #expect(text.contains("\(width) × \(height)") && text.contains("40 × 12"))
        #expect(!text.contains("Lab"))
        Sample.expect("q", in: &state) { $0.overlay = .quitQuestion }
        let words = render(state).text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("q again stops training and quits"))
        #expect(Sample.press(&state, "q") == [.quit])
    }

    @Test(
        "In a window that is too small nothing is typed unseen: q asks or leaves, whatever was open before",
        arguments: ["?", "e", "\r", "4/"])
    func tooSmallToType(before: String) {
        var state = Sample.training()
        for scalar in before.unicodeScalars { Sample.press(&state, scalar == "\r" ? .enter : .character(scalar)) }
        _ = update(&state, .input(.resize(width: 30, height: 8)))
        for key: Key in ["x", "?", "e", " ", "r", "4", .enter, .escape, .tab] {
            Sample.expect(key, in: &state) { _ in }
        }
        _ = update(&state, .input(.mouse(MouseEvent(kind: .press, x: 1, y: 0))))
        #expect(Sample.press(&state, .control("z")) == [.suspend])
        Sample.expect("q", in: &state) { $0.overlay = .quitQuestion }
        #expect(Sample.press(&state, "q") == [.quit])
        var idle = Sample.ready()
        _ = update(&idle, .input(.resize(width: 30, height: 8)))
        #expect(Sample.press(&idle, "q") == [.quit])
    }

    @Test("A click focuses a panel, chooses a screen, and selects a cell of the heatmap")
    func mouse() {
        var state = Sample.training()
        func click(_ x: Int, _ y: Int) { _ = update(&state, .input(.mouse(MouseEvent(kind: .press, x: x, y: y)))) }
        click(50, 3)
        #expect(state.lab.focus == .loss)
        click(10, 0)
        #expect(state.screen == .curves)
        click(1, 0)
        #expect(state.screen == .lab)
        click(2, 2)
        #expect(state.lab.focus == .composer && state.composer.selected == .input)
        _ = update(&state, .input(.mouse(MouseEvent(kind: .scrollDown, x: 2, y: 2))))
        #expect(state.composer.selected == .layer(0))
    }

    @Test("A click elsewhere leaves what is being typed, and the wheel does not move it to another row")
    func mouseWhileTyping() {
        var state = Sample.training()
        Sample.press(&state, .enter, "7")
        _ = update(&state, .input(.mouse(MouseEvent(kind: .scrollDown, x: 2, y: 2))))
        #expect(state.composer.selected == .layer(0) && state.composerPanel.editing?.text == "7")
        _ = update(&state, .input(.mouse(MouseEvent(kind: .press, x: 10, y: 0))))
        #expect(state.screen == .curves && state.composerPanel.editing == nil)
        #expect(state.layers == "784-128relu-10")
    }
}
