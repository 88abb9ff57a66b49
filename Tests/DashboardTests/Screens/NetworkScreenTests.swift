import Dashboard
import TerminalUI
import Testing
import Training

/// Network by itself: each verb and each command, in each state that it tells apart.
@Suite struct NetworkScreenTests {
    /// The standard network: 128 units in its first layer.
    private var trial: ScreenTrial<NetworkScreen> {
        ScreenTrial(NetworkScreen(), Sample.training(width: 120, height: 40).shared)
    }

    @Test("The unit moves by one, by rows and pages, and stays in the layer")
    func units() {
        let trial = trial
        trial.own = trial.focusedOnUnits()
        trial.perform(.move(.left))
        #expect(trial.own.unit == 0)
        trial.perform(.move(.right))
        #expect(trial.own.unit == 1)
        trial.perform(.move(.down))
        let columns = trial.own.unit - 1
        #expect(columns > 1)
        trial.perform(.move(.up))
        #expect(trial.own.unit == 1)
        trial.perform(.move(.up))
        #expect(trial.own.unit == 1)
        trial.perform(.toEnd)
        #expect(trial.own.unit == 127)
        trial.perform([.move(.right), .move(.down), .page(1)])
        #expect(trial.own.unit == 127)
        trial.perform(.page(-1))
        #expect(trial.own.unit < 127)
        trial.perform(.toStart)
        #expect(trial.own.unit == 0)
    }

    @Test("For a screen reader a row is one unit")
    func plain() {
        let trial = trial
        trial.shared.display.plain = true
        trial.own = trial.focusedOnUnits()
        trial.perform([.move(.down), .move(.down), .move(.up)])
        #expect(trial.own.unit == 1)
    }

    @Test("The digit at hand is the one of Digits")
    func digit() {
        let trial = trial
        trial.perform([.network(.digit(1)), .network(.digit(1)), .network(.digit(-1))])
        #expect(trial.shared.selection.cursor == 1)
        trial.perform(Array(repeating: .network(.digit(1)), count: 20))
        #expect(trial.shared.selection.cursor == 9)
        #expect(trial.perform(.open) == .going(to: .screen(.digits)))
    }

    @Test("A digit and the units in sight are looked into once there is data")
    func watch() {
        let watch = trial.own.watch(trial.shared, trial.place)
        #expect(watch?.layers == true && watch?.image?.count == 784 && watch?.units?.units.first == 0)
        let empty = ScreenTrial(NetworkScreen(), Sample.state().shared)
        #expect(empty.own.watch(empty.shared, empty.place) == nil)
    }

    @Test("Only epochs that are not there are refused, and Esc leaves the detail")
    func nothing() {
        let trial = trial
        let refused = ScreenTrial<NetworkScreen>.commands.filter { trial.disabled($0) != nil }
        #expect(refused == [.network(.epoch(-1)), .network(.epoch(1))])
        #expect(!trial.back())
        trial.perform([.network(.detail), .network(.detail)])
        #expect(trial.back() && trial.own.detail == .units && !trial.back())
    }

    @Test("A click on the bars leads to Digits, on a tile it selects the unit")
    func mouse() {
        let trial = trial
        let area = trial.place.area
        var selected = false
        var leads = false
        for y in area.y..<area.maxY {
            for x in stride(from: area.x, to: area.maxX, by: 3) {
                switch trial.mouse(.press, x, y) {
                case Reply.going(to: .screen(.digits))?: leads = true
                default: selected = selected || trial.own.unit > 0
                }
            }
        }
        #expect(selected && leads)
        #expect(trial.mouse(.scrollUp, area.x, area.y) == nil)
    }
}

extension ScreenTrial<NetworkScreen> {
    /// The screen with the units' panel in focus.
    fileprivate func focusedOnUnits() -> NetworkScreen {
        _ = own.focusMoved(1, &shared, place)
        return own
    }
}
