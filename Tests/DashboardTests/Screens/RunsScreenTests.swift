import Dashboard
import Runs
import TerminalUI
import Testing
import Training

/// Runs by itself: each verb and each command, in each state that it tells apart.
@Suite struct RunsScreenTests {
    /// Six saved runs: 6, 5, 4 (failed), 3 (interrupted), 2, 1.
    private var trial: ScreenTrial<RunsScreen> {
        let state = Sample.saved(6, width: 120, height: 40)
        return ScreenTrial(state.runs, state.shared)
    }

    /// No run at all.
    private var empty: ScreenTrial<RunsScreen> { ScreenTrial(RunsScreen(), Sample.ready().shared) }

    private func selected(_ trial: ScreenTrial<RunsScreen>) -> Int? {
        trial.own.rows.first { $0.key == trial.own.selected }?.summary.id
    }

    @Test("The selection moves over the rows and stays among them")
    func moves() {
        let trial = trial
        var places: [Int?] = []
        for command in [.move(.down), .move(.down), .move(.up), .toEnd, .move(.down), .toStart, .move(.up), .page(1)]
            as [Command]
        {
            trial.perform(command)
            places.append(selected(trial))
        }
        #expect(places == [5, 4, 5, 1, 1, 6, 6, 1])
        trial.perform([.move(.left), .move(.right)])
        #expect(selected(trial) == 1)
    }

    @Test("Without a run keys say that there is none")
    func disabledWithoutRuns() {
        let none = "no run yet: space starts the first one"
        let expected: [(Command, String?)] = [
            (.open, none), (.runs(.filter), none), (.runs(.sort), none), (.runs(.reverse), none),
            (.runs(.leaderboard), none), (.runs(.columns), nil), (.runs(.mark), none),
            (.runs(.unmarkAll), "no run is marked"), (.runs(.undelete), "no run was deleted here"),
            (.runs(.errors), "mark a saved run with m, then select another one"),
            (.runs(.ensemble), "mark a saved run with m, then select another one"),
            (.runs(.repeat(nextSeed: false)), none),
            (.runs(.proceed), none), (.runs(.useWeights), none), (.runs(.teach), none), (.runs(.rename), none),
            (.runs(.tags), none),
            (.runs(.note), none),
            (.runs(.delete), none),
        ]
        for (command, reason) in expected { #expect(empty.disabled(command) == reason, "\(command)") }
    }

    @Test("Of saved runs all keys work but those that need a mark or a deleted run")
    func disabledWithRuns() {
        let refused = ScreenTrial<RunsScreen>.commands.filter { trial.disabled($0) != nil }
        let expected: [Command] = [
            .runs(.unmarkAll), .runs(.undelete), .runs(.errors), .runs(.ensemble), .runs(.panel),
        ]
        #expect(refused.allSatisfy(expected.contains), "\(refused)")
        #expect(trial.disabled(.runs(.unmarkAll)) == "no run is marked")
        #expect(trial.disabled(.runs(.undelete)) == "no run was deleted here")
    }

    @Test("The order: by column, the other way round, leaderboard and back")
    func order() {
        let trial = trial
        let start = trial.own.order
        trial.perform(.runs(.reverse))
        #expect(trial.own.order.isDescending != start.isDescending)
        trial.perform(.runs(.reverse))
        trial.perform(.runs(.leaderboard))
        #expect(trial.own.order.field == nil)
        trial.perform(.runs(.reverse))
        #expect(trial.own.order.field == nil)
        trial.perform(.runs(.leaderboard))
        #expect(trial.own.order == start)
        trial.perform(.runs(.sort))
        #expect(trial.own.order.field != start.field)
    }

    @Test("Columns and panels go round")
    func choices() {
        let trial = trial
        let start = trial.own
        for _ in RunsColumns.Choice.allCases { trial.perform(.runs(.columns)) }
        // What differs has a place of its own here.
        for _ in RunsScreen.Panel.allCases.dropLast() { trial.perform(.runs(.panel)) }
        #expect(trial.own == start)
    }

    @Test("Marks are set and taken away")
    func marks() {
        let trial = trial
        #expect(trial.shared.comparison.isEmpty)
        trial.perform(.runs(.mark))
        #expect(!trial.shared.comparison.isEmpty && trial.disabled(.runs(.unmarkAll)) == nil)
        trial.perform(.runs(.mark))
        #expect(trial.shared.comparison.isEmpty)
        trial.perform([.runs(.mark), .move(.down), .runs(.mark), .runs(.unmarkAll)])
        #expect(trial.shared.comparison.isEmpty)
    }

    @Test("Which digits two runs differ on is asked of the store")
    func errors() {
        let trial = trial
        trial.perform([.runs(.mark), .move(.down)])
        #expect(trial.perform(.runs(.errors)) == [.runs(.compareErrors(first: 6, second: 5))])
    }

    @Test("The mean of the marked runs and the selected one is asked of the store")
    func average() {
        let trial = trial
        trial.perform([.runs(.mark), .move(.down), .runs(.mark), .move(.down)])
        #expect(trial.perform(.runs(.ensemble)) == [.runs(.average([6, 5, 4]))])
        trial.perform(.runs(.mark))
        #expect(trial.perform(.runs(.ensemble)) == [.runs(.average([6, 5, 4]))], "a marked one is not there twice")
    }

    @Test("A run that is shown in all views is one of the two, though it can't be marked besides")
    func averageOfShown() {
        let trial = trial
        trial.perform([.open, .runs(.mark), .move(.down), .move(.down)])
        #expect(trial.shared.run?.saved == 6 && trial.shared.comparison.isEmpty)
        #expect(trial.perform(.runs(.ensemble)) == [.runs(.average([6, 4]))])
        #expect(trial.perform(.runs(.errors)) == [.runs(.compareErrors(first: 6, second: 4))])
        trial.perform([.runs(.mark), .move(.down)])
        #expect(trial.perform(.runs(.ensemble)) == [.runs(.average([4, 3]))], "marks say which, where there are some")
    }

    @Test("A name is typed and asked of the store; Esc leaves it")
    func rename() {
        let trial = trial
        trial.perform(.runs(.rename))
        #expect(trial.own.typing?.purpose == .name(run: 6))
        trial.type("wide")
        #expect(trial.key(.enter) == [.runs(.rename(run: 6, to: "wide"))])
        #expect(trial.own.typing == nil)
        trial.perform(.runs(.rename))
        #expect(trial.key(.escape) == [] && trial.own.typing == nil)
    }

    @Test("Tags and a note are typed, too")
    func words() {
        let trial = trial
        trial.perform([.move(.down), .runs(.tags)])
        #expect(trial.own.typing?.purpose == .tags(run: 5, before: []))
        trial.type("best")
        #expect(trial.key(.enter) == [.runs(.changeTags(run: 5, adding: ["best"], removing: []))])
        trial.perform(.runs(.note))
        #expect(trial.own.typing?.purpose == .note(run: 5) && trial.own.typing?.field.text == "as in the course")
        #expect(trial.key(.escape) == [])
    }

    @Test("A filter is in force while it is typed")
    func filter() {
        let trial = trial
        trial.perform(.runs(.filter))
        trial.type("id<3")
        trial.own.refresh(trial.shared)
        #expect(trial.own.rows.map(\.summary.id) == [2, 1] && trial.own.total == 6)
        #expect(trial.key(.escape) == [])
        trial.own.refresh(trial.shared)
        #expect(trial.own.rows.count == 6)
    }

    @Test("Enter shows the selected run on all screens, beginning with its curves; its line is what e opens")
    func opens() {
        let trial = trial
        let reply = trial.perform(.open)
        #expect(
            reply
                == Reply(
                    [.runs(.open(OpenRequest(run: 6, ticket: -1, known: nil)))], goingTo: .screen(.curves)))
        #expect(trial.shared.opened?.number == 6 && trial.shared.run?.key == .saved(6))
        #expect(trial.shared.message?.text == "run 6 is shown in all views: B goes back from it")
        #expect(trial.perform(.open) == Reply([], goingTo: .screen(.curves)), "it is shown already")
        #expect(trial.own.specToEdit(trial.shared) == trial.own.rows[0].spec?.description)
    }

    @Test("Going on asks a run that is done for epochs, and is refused where no state is saved")
    func proceed() {
        let trial = trial
        trial.perform(.runs(.proceed))
        #expect(trial.own.typing?.purpose == .epochs(run: 6))
        trial.key(.escape)
        trial.perform([.move(.down), .move(.down)])
        #expect(selected(trial) == 4)
        #expect(
            trial.disabled(.runs(.proceed)) == "run 4 has failed, and no state from before that is saved")
        trial.perform(.move(.down))
        #expect(selected(trial) == 3 && trial.disabled(.runs(.proceed)) == nil)
        // It was interrupted behind its last epoch.
        trial.perform(.runs(.proceed))
        #expect(trial.own.typing?.purpose == .epochs(run: 3))
        trial.type("5")
        let reply = trial.key(.enter)
        guard case .resume(3, let request, run: _)? = reply?.effects.first else {
            Issue.record("run 3 does not go on: \(String(describing: reply))")
            return
        }
        #expect(request.moreEpochs == 5)
    }

    @Test("A run is deleted by its number")
    func delete() {
        let trial = trial
        #expect(trial.perform(.runs(.delete)) == [.runs(.delete([6]))])
    }

    @Test("Repeating starts the same line")
    func again() {
        let trial = trial
        guard
            case .start(let line, _, paused: false, firstStep: nil)? = trial.perform(.runs(.repeat(nextSeed: false)))
                .effects.first
        else {
            Issue.record("nothing is started")
            return
        }
        #expect(line.spec == trial.own.rows.first { $0.summary.id == 6 }?.spec)
    }

    @Test("The line that can be copied is that of the selected run")
    func copiedLine() {
        let line = trial.own.copiedLine(trial.shared)
        #expect(line?.hasPrefix("784-200tanh-10 adam lr=1e-3 batch=32 epochs=10 seed=6 # data=rings blas=Zen") == true)
        #expect(empty.own.copiedLine(empty.shared) == nil)
    }
}
