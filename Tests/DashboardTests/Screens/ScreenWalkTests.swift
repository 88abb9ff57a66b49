import Dashboard
import Specs
import TerminalUI
import Testing
import Training

/// Every screen by itself, through all states that two commands in a row lead to, from each of the sessions there are.
@Suite(.timeLimit(.minutes(40))) struct ScreenWalkTests {
    /// Where a session can stand.
    static let sessions: [(name: String, shared: Shared)] = [
        ("without data", Sample.state().shared),
        ("before the first run", Sample.ready().shared),
        ("in the first epoch", Sample.training(epochs: 0).shared),
        ("training", Sample.training(width: 120, height: 40).shared),
        ("plain", plain(Sample.training().shared)),
        ("eight runs", Sample.eightRuns(width: 160, height: 48).shared),
        ("saved runs", Sample.saved(6, width: 120, height: 40).shared),
    ]

    private static func plain(_ shared: Shared) -> Shared {
        var shared = shared
        shared.display.plain = true
        return shared
    }

    /// - Parameter changes: the parts of what is shared that the screen may change.
    private func walk<Own: ScreenState>(_ start: Own, panel: LabPanel? = nil, changes: Set<String>) {
        for session in Self.sessions {
            let first = ScreenTrial(start, session.shared, panel: panel)
            var walked = [first]
            for _ in 0..<2 {
                var next: [ScreenTrial<Own>] = []
                for state in walked {
                    for command in ScreenTrial<Own>.commands {
                        if let reason = state.disabled(command) {
                            #expect(!reason.isEmpty, "\(session.name): \(command)")
                            continue
                        }
                        let after = state.copy()
                        after.perform(command)
                        check(after, from: first, changes, "\(session.name): \(command)")
                        if !next.contains(where: { $0.own == after.own && $0.shared == after.shared }) {
                            next.append(after)
                        }
                    }
                }
                walked = Array(next.prefix(24))
            }
        }
    }

    /// What holds in each state that a screen can be in.
    private func check<Own: ScreenState>(
        _ state: ScreenTrial<Own>, from first: ScreenTrial<Own>, _ changes: Set<String>, _ where: String
    ) {
        let changed = Shared.differences(first.shared, state.shared)
        #expect(changed.isSubset(of: changes), "\(`where`) changes \(changed.subtracting(changes).sorted())")
        #expect(state.text == state.text)
        // Esc leads out of it, one level after the other.
        let leaving = state.copy()
        var levels = 0
        while leaving.back() { levels += 1 }
        #expect(levels <= 3, "\(`where`): \(levels) levels")
        #expect(!state.own.plain(state.shared).isEmpty, "\(`where`): no plain line")
        if !first.shared.display.plain {
            #expect(state.text.contains { $0 != " " && $0 != "\n" }, "\(`where`): nothing is drawn")
        }
    }

    @Test("Curves changes nothing of others but which runs are compared")
    func curves() {
        walk(CurvesScreen(), changes: ["comparison", "savedRuns", "message"])
        walk(CurvesScreen(), panel: .accuracy, changes: ["comparison", "savedRuns", "message"])
    }

    @Test("Confusion changes the epoch that is looked back at, its baseline and the message alone")
    func confusion() {
        walk(ConfusionScreen(), changes: ["lookBack", "message", "savedRuns"])
        walk(ConfusionScreen(), panel: .confusion, changes: ["lookBack", "message", "savedRuns"])
    }

    @Test("Digits changes the selected digits and the message alone")
    func digits() {
        walk(DigitsScreen(), changes: ["selection", "message"])
        walk(DigitsScreen(), panel: .wrong, changes: ["selection", "message"])
    }

    @Test("Network changes the digit at hand alone")
    func network() { walk(NetworkScreen(), changes: ["selection"]) }

    @Test("Draw changes nothing of others")
    func draw() { walk(DrawScreen(), changes: []) }

    @Test("Runs changes the composer, the session's runs and the marks; nothing of how the screens look")
    func runs() {
        walk(
            RunsScreen(),
            changes: [
                "composer", "run", "archive", "comparison", "savedRuns", "message", "lookBack", "selection", "past",
                "pastOfTest", "inspection", "autoRunTicket", "awaitsData", "opened", "opensSoFar",
            ])
    }

    @Test("The composer changes the spec, and the run that trains by it")
    func composer() {
        walk(ComposerPanel(), panel: .composer, changes: ["composer", "run", "message", "autoRunTicket"])
    }
}
