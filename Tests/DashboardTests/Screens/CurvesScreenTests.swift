import Dashboard
import TerminalUI
import Testing
import Training

/// Curves by itself: each verb and each command, in each state that it tells apart.
@Suite struct CurvesScreenTests {
    /// Four epochs of four batches, and two batches of the fifth.
    private var trial: ScreenTrial<CurvesScreen> {
        ScreenTrial(CurvesScreen(), Sample.training(width: 120, height: 40).shared)
    }

    @Test(
        "The cursor goes from epoch to epoch and stays within the run",
        arguments: [
            ([Command.move(.left)], 4.0), ([.move(.right)], 4), ([.move(.left), .move(.left)], 3),
            ([.move(.left), .move(.left), .move(.right)], 4), ([.page(-1)], 1), ([.page(1)], 4), ([.toStart], 1),
            ([.toStart, .move(.left)], 1), ([.toStart, .move(.right)], 2), ([.toEnd], 4), ([.toStart, .page(1)], 4),
            ([.toEnd, .page(-1)], 1),
        ] as [([Command], Double)])
    func cursor(_ commands: [Command], _ expected: Double) {
        let trial = trial
        trial.perform(commands)
        #expect(trial.own.cursor == expected)
        trial.perform([.move(.up), .move(.down)])
        #expect(trial.own.cursor == expected)
    }

    @Test("Esc takes the cursor away, and has nothing to do without one")
    func back() {
        let trial = trial
        #expect(!trial.back())
        trial.perform(.move(.left))
        #expect(trial.back())
        #expect(trial.own == CurvesScreen())
    }

    @Test("Without a run no key has an effect on the cursor or the window")
    func empty() {
        let trial = ScreenTrial(CurvesScreen(), Sample.ready().shared)
        trial.perform([.move(.left), .page(1), .toEnd, .toStart, .curves(.zoom(1)), .curves(.nextAxis)])
        #expect(trial.own.cursor == nil && trial.own.window == nil && trial.own.perBatch)
    }

    @Test("Batch by batch the cursor goes over batches, and comes back to the epoch that they belong to")
    func batches() {
        let trial = trial
        trial.perform([.curves(.nextAxis), .toEnd])
        #expect(trial.own.cursor == 4)
        trial.perform([.move(.left), .move(.left)])
        #expect(trial.own.cursor == 3.5)
        trial.perform(.toStart)
        #expect(trial.own.cursor == 0.25)
        trial.perform(.curves(.nextAxis))
        #expect(trial.own.cursor == 1 && !trial.own.perBatch)
    }

    @Test("Zooming halves what is seen down to two epochs, panning moves it, 0 shows all")
    func window() {
        let trial = trial
        // The axis reaches to the next nice number, 5.
        trial.perform(.curves(.zoom(1)))
        #expect(trial.own.window == CurvesWindow(span: 2.5, end: nil))
        trial.perform(.curves(.zoom(1)))
        #expect(trial.own.window == CurvesWindow(span: 2, end: nil))
        trial.perform(.curves(.zoom(1)))
        #expect(trial.own.window == CurvesWindow(span: 2, end: nil))
        trial.perform(.curves(.pan(-1)))
        #expect(trial.own.window == CurvesWindow(span: 2, end: 4))
        trial.perform(Array(repeating: .curves(.pan(-1)), count: 9))
        #expect(trial.own.window == CurvesWindow(span: 2, end: 2))
        trial.perform(Array(repeating: .curves(.pan(1)), count: 9))
        #expect(trial.own.window == CurvesWindow(span: 2, end: nil))
        trial.perform(.curves(.resetZoom))
        #expect(trial.own.window == nil)
        trial.perform([.curves(.zoom(1)), .curves(.zoom(-1))])
        #expect(trial.own.window == nil)
    }

    @Test("Panning is refused while all of the run is on the screen")
    func disabled() {
        let trial = trial
        #expect(trial.disabled(.curves(.pan(1))) == "all of the run is on the screen: + zooms in")
        trial.perform(.curves(.zoom(1)))
        #expect(trial.disabled(.curves(.pan(1))) == nil)
        #expect(trial.disabled(.curves(.toggleOutliers)) == "no other run is drawn that could lie outside")
        let others = ScreenTrial<CurvesScreen>.commands.filter {
            switch $0 {
            case .curves(.pan), .curves(.toggleOutliers): false
            default: true
            }
        }
        #expect(others.allSatisfy { trial.disabled($0) == nil })
    }

    @Test("The cursor takes the window along")
    func cursorInWindow() {
        let trial = trial
        trial.perform([.curves(.zoom(1)), .curves(.zoom(1)), .toStart])
        #expect(trial.own.cursor == 1 && trial.own.window == CurvesWindow(span: 2, end: 3))
        trial.perform(.toEnd)
        #expect(trial.own.cursor == 4 && trial.own.window == CurvesWindow(span: 2, end: 4))
    }

    @Test("The scale and the smoothing are the screen's own")
    func scales() {
        let trial = trial
        trial.perform([.curves(.toggleLogScale), .curves(.smooth)])
        var expected = CurvesScreen()
        (expected.logarithmic, expected.smoothing) = (true, Smoothing(weight: 0.3))
        #expect(trial.own == expected)
        trial.perform(
            [.curves(.toggleLogScale)] + Array(repeating: .curves(.smooth), count: Smoothing.weights.count - 1))
        #expect(trial.own == CurvesScreen())
    }

    @Test(
        "b goes from half of the batches to all, none and half again; w from epochs to batches, time and epochs again")
    func cycles() {
        let trial = trial
        let bands = (0..<3).map { _ in
            trial.perform(.curves(.nextBand))
            return trial.own.band
        }
        #expect(bands == [.all, .none, .half])
        let axes = (0..<3).map { _ in
            trial.perform(.curves(.nextAxis))
            return trial.own.axis
        }
        #expect(axes == [.steps, .time, .epochs])
        #expect(trial.own == CurvesScreen())
    }

    @Test("A new run starts without cursor and window, and keeps how it is drawn")
    func newRun() {
        let trial = trial
        trial.perform([.curves(.toggleLogScale), .curves(.zoom(1)), .toEnd])
        trial.own.runStarted()
        var expected = CurvesScreen()
        expected.logarithmic = true
        #expect(trial.own == expected)
    }

    @Test("Enter leads to the screen from its panels in Lab")
    func open() {
        let trial = ScreenTrial(CurvesScreen(), Sample.training().shared, panel: .loss)
        #expect(trial.perform(.open) == .going(to: .screen(.curves)))
    }

    @Test("The wheel zooms around the pointer, over the axis it pans, a click sets the cursor, outside nothing happens")
    func mouse() {
        let trial = trial
        let area = trial.place.area
        #expect(trial.mouse(.scrollUp, 30, area.y + 6) == [])
        #expect(trial.own.window?.span == 2.5)
        #expect(trial.mouse(.press, 30, area.y + 6) == [])
        #expect(trial.own.cursor != nil)
        let before = trial.own
        #expect(trial.mouse(.release, 30, area.y + 6) == [])
        #expect(trial.mouse(.press, 30, area.y - 2) == nil)
        #expect(trial.own == before)
    }

    @Test("Nothing is looked into for it, and it has no line to type into")
    func asksNothing() {
        #expect(trial.own.watch(trial.shared, trial.place) == nil)
        #expect(trial.own.openLine(trial.shared) == nil)
        #expect(trial.own.copiedLine(trial.shared) == nil)
    }
}
