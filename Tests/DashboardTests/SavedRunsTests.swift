import Dashboard
import Foundation
import Runs
import Specs
import TerminalUI
import Testing
import Training

@Suite struct SavedRunsTests {
    private func numbers(_ state: DashboardState) -> [Int] { state.runs.rows.map(\.summary.id) }

    @Test("Opening Runs asks for the list, and leaving it gives that up, so that nothing is read in other views")
    func follows() {
        var state = Sample.ready()
        #expect(update(&state, .input(.key("6"))) == [.runs(.follow(true))])
        let runs = [Sample.savedRun(2), Sample.savedRun(1)]
        let stamps = Dictionary(uniqueKeysWithValues: runs.map { ($0.summary.id, HistoryStamp($0.summary)) })
        // Before the first run the charts draw the newest one.
        let previous = RunsEffect.fetch(run: 2, stamp: HistoryStamp(runs[0].summary))
        #expect(update(&state, .runs(.listed(runs))) == [.runs(.fetchCourses(stamps)), .runs(previous)])
        #expect(numbers(state) == [2, 1])
        #expect(update(&state, .input(.key("3"))) == [.runs(.follow(false))])
    }

    @Test("A run of another program that is drawn is followed in Curves, too, and fetched again when it has gone on")
    func living() {
        var state = Sample.ready()
        Sample.press(&state, "6")
        var run = Sample.savedRun(1, state: .running)
        Sample.answerRuns(&state, update(&state, .runs(.listed([run]))))
        Sample.pressInRuns(&state, "m")
        #expect(update(&state, .input(.key("2"))).isEmpty, "the list is still followed")
        var summary = run.summary
        summary.epochs = 11
        run = SavedRun(summary)
        let effects = update(&state, .runs(.listed([run])))
        #expect(effects == [.runs(.fetch(run: 1, stamp: HistoryStamp(summary)))])
        Sample.answerRuns(&state, effects)
        #expect(!render(state).text.contains("space starts training\n"))
        #expect(state.curvesReading == 11)
        summary.state = .finished
        let last = update(&state, .runs(.listed([SavedRun(summary)])))
        #expect(last == [.runs(.follow(false)), .runs(.fetch(run: 1, stamp: HistoryStamp(summary)))])
    }

    @Test("Runs on the screen whose end was not measured are measured, one at a time, each once")
    func measures() {
        var state = Sample.ready()
        state.savedRuns.hasStore = true
        Sample.press(&state, "6")
        let runs = [4, 3, 2, 1].map { number in
            var summary = Sample.savedRun(number).summary
            (summary.finalPlace, summary.testPlace) = (RunPlace(epoch: 10), RunPlace(epoch: number == 2 ? 10 : 3))
            if number == 1 { summary.state = .running }
            return SavedRun(summary)
        }
        func asked(_ effects: [Effect]) -> [Int] {
            effects.compactMap { if case .runs(.measure(let run)) = $0 { run } else { nil } }
        }
        #expect(asked(update(&state, .runs(.listed(runs)))) == [4])
        #expect(asked(update(&state, .input(.key("j")))).isEmpty)
        #expect(asked(update(&state, .runs(.measured(4)))) == [3])
        #expect(asked(update(&state, .runs(.measured(3)))).isEmpty)
    }

    @Test("What differs has the data, the settings, and what was changed while the runs went on")
    func differs() throws {
        func run(_ line: String, _ changes: String, data: String = "mnist", digest: String = "ab") throws -> RunSummary
        {
            let spec = try ExperimentSpec(parsing: line, inputs: 784, classes: 10)
            var run = RunSummary(unsaved: 1, spec: spec, dataset: data, facts: nil)
            (run.state, run.changeLine, run.fingerprint) = (.finished, changes, digest)
            return run
        }
        let first = try run("64relu epochs=60", "@12+844 lr=3e-3 drop1=0.5 @40 lr=1e-4 epochs=61")
        var second = try run("64relu lr=0.01 epochs=60", "@12+844 drop1=0.5", data: "fashion-mnist", digest: "cd")
        (second.state, second.checkpointEpoch, second.checkpointBatch) = (.stopped, 52, 100)
        #expect(
            try SpecDifference.fields([first, second]) == [
                SpecDifference(name: "data", texts: ["mnist", "fashion-mnist"]),
                SpecDifference(name: "lr", texts: ["1e-3", "0.01"]),
                SpecDifference(name: "live lr", texts: ["3e-3 @12+844, 1e-4 @40", "–"]),
                SpecDifference(name: "live epochs", texts: ["61 @40", "–"]),
                SpecDifference(name: "stopped", texts: ["–", "@52+100"]),
            ])
        let other = try run("64relu epochs=60", "@12+844 lr=3e-3 drop1=0.5 @40 lr=1e-4 epochs=61", digest: "cdcdcdcdcd")
        #expect(
            try SpecDifference.fields([first, other]) == [
                SpecDifference(name: "data", texts: ["mnist ab", "mnist cdcdcdcd"])
            ])
        #expect(RunField.named("changes")?.value(first, nil) == .text(first.changeLine))
        #expect(try RunFilter(parsing: "changes~lr=").accepts(first, nil))
        #expect(try !RunFilter(parsing: "changes~lr=").accepts(second, nil))
    }

    @Test("c hands over the line that repeats what is looked at: a run's with its changes, or the composer's spec")
    func copies() {
        var state = Sample.training(epochs: 4)
        let spec = state.composer.spec
        #expect(update(&state, .input(.key("c"))) == [.copy("\(spec)")])
        _ = update(
            &state, .event(.changed(LiveChange(.l2(1e-4), at: RunPlace(epoch: 4, batch: 2))), run: 1))
        #expect(update(&state, .input(.key("c"))) == [.copy("\(spec) @4+2 l2=1e-4")])
        Sample.press(&state, "f", .down, .enter)
        #expect(update(&state, .input(.key("c"))) == [.copy("\(state.composer.spec)")], "an edit that waits")

        var runs = Sample.saved(2)
        let saved = runs.runs.selectedRun?.summary
        #expect(
            update(&runs, .input(.key("c"))) == [.copy("\(saved?.lineText ?? "") # data=rings blas=Zen program=0.1.0")])
    }

    @Test("The status line of a finished run says whose weights its test figure is of")
    func weights() throws {
        func status(_ weights: FinalWeights?) -> String {
            var state = Sample.training()
            let test = Evaluation(
                source: .test, classes: 4, epoch: 3, weights: weights, labels: [0], probabilities: [1, 0, 0, 0],
                losses: [0.5])
            _ = update(&state, .event(.testEvaluated(test), run: 1))
            _ = update(&state, .event(.finished, run: 1))
            return render(state).text
        }
        #expect(status(nil).contains("test accuracy 100.00 %   0 errors of 1   loss 0.500"))
        #expect(status(.average).contains("test accuracy 100.00 %   0 errors of 1   averaged weights   loss 0.500"))
        #expect(status(.best(epoch: 2)).contains("0 errors of 1   weights of epoch 2   loss 0.500"))
    }

    @Test("C in Curves and in Confusion compare with saved runs, which they have read where that was not done yet")
    func comparesWithSaved() {
        var state = Sample.training()
        state.savedRuns.hasStore = true
        Sample.press(&state, "2")
        #expect(update(&state, .input(.key("C"))) == [.runs(.follow(true))])
        let effects = update(&state, .runs(.listed((1...9).reversed().map { Sample.savedRun($0) })))
        #expect(effects.contains(.runs(.follow(false))), "one reading is enough")
        Sample.answerRuns(&state, effects)
        #expect(state.comparison.marked.map(\.key) == (3...9).map(RunKey.saved))
        #expect(state.message?.text == "beside the newest saved runs: 6 chooses others")
        Sample.pressInRuns(&state, "C")
        #expect(state.comparison.marked.isEmpty)
        Sample.pressInRuns(&state, "3", "C")
        #expect(state.lookBack.baseline == .run(.saved(9)))
        var alone = Sample.training()
        Sample.press(&alone, "2", "C")
        #expect(alone.message?.text == "no other run yet to compare with")
        Sample.press(&alone, "3", "C")
        #expect(alone.message?.text == "no other run yet to compare with")
    }

    @Test("Marks that a person made stay while a run is drawn alone")
    func marksStay() {
        var state = Sample.training()
        state.savedRuns.hasStore = true
        Sample.press(&state, "6")
        Sample.list(&state, 4)
        Sample.pressInRuns(&state, "j", "m", "j", "m", "2")
        #expect(state.shownRuns.count == 3)
        Sample.pressInRuns(&state, "C")
        #expect(state.shownRuns.count == 1 && state.comparison.marked.count == 2)
        #expect(state.message?.text == "this run alone: C brings the marked ones back")
        Sample.pressInRuns(&state, "C")
        #expect(state.shownRuns.count == 3)
    }

    @Test("A filter is previewed while it is typed; Esc brings back what was shown, and a refusal keeps it")
    func filter() {
        var state = Sample.saved(12)
        Sample.pressInRuns(&state, "/")
        for character in "lr<0.0005" { Sample.pressInRuns(&state, .character(character.unicodeScalars.first ?? " ")) }
        #expect(numbers(state) == [7, 1])
        Sample.type(&state, " =3")
        #expect(numbers(state) == [7, 1])
        #expect(state.runs.typing?.refusal != nil)
        let status = render(state).text.components(separatedBy: "\n").suffix(4)
        #expect(status.contains { $0.contains("no such field") }, "\(status)")
        Sample.pressInRuns(&state, .enter)
        #expect(state.runs.typing != nil, "what is no filter is not applied")
        Sample.pressInRuns(&state, .escape)
        #expect(state.runs.filter.text.isEmpty && numbers(state).count == 12)
        Sample.pressInRuns(&state, "/")
        Sample.type(&state, "wide")
        Sample.pressInRuns(&state, .enter)
        #expect(state.runs.typing == nil && numbers(state) == [9, 5, 1])
    }

    @Test("Every column sorts, the best first, and the leaderboard goes by the validation rows")
    func orders() {
        var state = Sample.saved(8, width: 200, height: 60)
        for choice in RunsColumns.Choice.allCases {
            #expect(state.runs.columns == choice)
            var fields: [String] = []
            for _ in 0..<8 {
                Sample.pressInRuns(&state, "s")
                fields.append(state.runs.order.field?.name ?? "")
            }
            #expect(!fields.contains(""), "\(choice)")
            Sample.pressInRuns(&state, "w")
        }
        Sample.pressInRuns(&state, "*")
        let accuracies = state.runs.rows.map { $0.summary.bestValidationAccuracy ?? -1 }
        #expect(accuracies == accuracies.sorted(by: >))
        Sample.pressInRuns(&state, "*")
        #expect(numbers(state) == [8, 7, 6, 5, 4, 3, 2, 1])
    }

    @Test("A deleted run goes at once, u brings it back, and one that can't be deleted comes back by itself")
    func delete() {
        var state = Sample.saved(5)
        Sample.pressInRuns(&state, .down)
        let effects = update(&state, .input(.key("x")))
        #expect(effects.first == .runs(.delete([4])) && numbers(state) == [5, 3, 2, 1])
        #expect(state.runs.selectedRun?.summary.id == 3)
        Sample.answerRuns(&state, effects)
        #expect(state.message == .note("run 4 is deleted: u brings it back"))
        Sample.pressInRuns(&state, "u")
        #expect(numbers(state) == [5, 4, 3, 2, 1] && state.runs.selectedRun?.summary.id == 4)
        #expect(state.disabledReason(.runs(.undelete)) == "no run was deleted here")
        _ = update(&state, .input(.key("x")))
        _ = update(&state, .runs(.failed(.readOnly(path: "runs"))))
        #expect(numbers(state) == [5, 4, 3, 2, 1])
        #expect(state.message == .error("runs: the run store can't be written (read-only)"))
    }

    @Test("Names, tags and notes are typed in place, with what they were before")
    func editing() {
        var state = Sample.saved(6)
        Sample.pressInRuns(&state, "i")
        Sample.type(&state, "narrow")
        Sample.pressInRuns(&state, .enter)
        #expect(state.runs.selectedRun?.summary.name == "narrow")
        Sample.pressInRuns(&state, "T")
        Sample.type(&state, " #new, tanh")
        #expect(update(&state, .input(.key(.enter))) == [.runs(.changeTags(run: 6, adding: ["new"], removing: []))])
        Sample.pressInRuns(&state, "T", .control("u"))
        #expect(
            update(&state, .input(.key(.enter)))
                == [.runs(.changeTags(run: 6, adding: [], removing: ["course", "tanh"]))])
        Sample.pressInRuns(&state, .down, "I")
        #expect(state.runs.typing?.field.text == "as in the course")
        Sample.type(&state, "\\nof 2017")
        #expect(update(&state, .input(.key(.enter))) == [.runs(.setNote(run: 5, to: "as in the course\nof 2017"))])
    }

    @Test("A long name of a data set is whole on a wide screen, and cut on a narrow one; short names take no more room")
    func dataNames() {
        let titles = ["data", "val loss", "val %", "±", "test %", "time", "epochs", "best at", "end loss"]
        func shown(_ state: DashboardState) -> Int {
            let heading = render(state).text.components(separatedBy: "\n").first { $0.contains("what sets it apart") }
            return titles.count { heading?.contains($0) ?? false }
        }
        for (width, isWhole) in [(240, true), (160, true), (120, true), (80, false)] {
            var state = Sample.saved(6, width: width, height: 48)
            let before = shown(state)
            #expect(before >= 4, "\(width)")
            let runs = (1...6).reversed().map { number in
                var run = Sample.savedRun(number).summary
                if number == 2 { run.dataset = "fashion-mnist" }
                return SavedRun(run)
            }
            Sample.answerRuns(&state, update(&state, .runs(.listed(runs))))
            #expect(render(state).text.contains("fashion-mnist ") == isWhole, "\(width)")
            // At most one column makes room.
            #expect(shown(state) >= before - 1, "\(width)")
        }
    }

    @Test("Marked runs of the store are drawn in Curves without a run of the session, each once it was fetched")
    func curves() {
        var state = Sample.saved(6, width: 120, height: 40)
        Sample.pressInRuns(&state, "m", .down, .down, "m", "2")
        let text = render(state).text
        #expect(text.contains("run 6") && text.contains("run 4") && !text.contains("space starts training\n"))
        Sample.pressInRuns(&state, .left)
        #expect(state.curves.cursor == 10)
        _ = update(&state, .runs(.listed([Sample.savedRun(6)])))
        #expect(state.comparison.marked.map(\.key) == [.saved(6)])
        #expect(state.message == .warning("run 4 was deleted by another program"))
    }

    @Test("A run of the session is one row with what the store has of it")
    func merged() {
        var state = Sample.eightRuns()
        Sample.press(&state, "6")
        _ = update(&state, .recording(.numbered(31), run: 8))
        _ = update(&state, .recording(.numbered(30), run: 7))
        _ = update(&state, .runs(.listed([31, 30, 29].map { Sample.savedRun($0) })))
        #expect(Set(numbers(state)) == [31, 30, 29, 6, 5, 4, 3, 2, 1] && numbers(state).count == 9)
        let newest = state.runs.rows.first
        #expect(newest?.key == .session(8) && newest?.summary.state == .running && newest?.summary.host == "lab")
        #expect(newest?.summary.epochs == 5, "the session knows more than what was saved")
        #expect(render(state).text.contains("31"))
        state.screen = .lab
        #expect(render(state).text.contains("run 31") || state.width < 100)
    }

    @Test("Two saved runs are compared digit by digit, and Esc goes back to the table")
    func errors() throws {
        var state = Sample.saved(6, width: 120, height: 40)
        #expect(state.disabledReason(.runs(.errors)) == "mark a saved run with m, then select another one")
        Sample.pressInRuns(&state, "m", .down, "E")
        let errors = try #require(state.runs.errors?.errors)
        #expect((errors.first, errors.second) == (6, 5))
        // Every fourth is wrong in one, every third in the other: 12 rows agree on nothing.
        let groups = Dictionary(grouping: errors.digits, by: RunErrors.Group.init)
        #expect(RunErrors.Group.allCases.map { groups[$0]?.count ?? 0 }.reduce(0, +) == errors.digits.count)
        #expect(render(state).text.contains("only run 6 right"))
        Sample.pressInRuns(&state, .down, .right)
        #expect(render(state).text.contains("only run 5 right"))
        #expect(state.disabledReason(.runs(.delete)) == "esc goes back to the table first")
        Sample.pressInRuns(&state, .escape)
        #expect(state.runs.errors == nil && state.screen == .runs)
    }

    @Test("The mean of three runs is shown, by either mean, saved under a name, and Esc goes back to the table")
    func ensemble() throws {
        var state = Sample.saved(6, width: 120, height: 40)
        Sample.pressInRuns(&state, "m", .down, "m", .down, "Z")
        let shown = try #require(state.runs.ensemble)
        #expect(shown.ensemble.runs == [6, 5, 4] && shown.mean == .arithmetic)
        #expect(render(state).text.contains("ensemble of 3 runs") && render(state).text.contains("run 6 wide"))
        #expect(state.disabledReason(.runs(.delete)) == "esc goes back to the table first")
        // The digits behind the figures, where there is room for a line of them.
        #expect(render(state).text.contains("run 5 adds ─") && render(state).text.contains("true: mean"))
        var small = state
        _ = update(&small, .input(.resize(width: 80, height: 24)))
        #expect(!render(small).text.contains("true: mean") && render(small).text.contains("all are wrong on: "))
        Sample.pressInRuns(&state, .right)
        #expect(render(state).text.contains("The geometric mean makes"))
        Sample.pressInRuns(&state, "i")
        #expect(state.runs.typing?.purpose == .ensemble(runs: [6, 5, 4], mean: .geometric))
        for key in "pair" { Sample.pressInRuns(&state, .character(key.unicodeScalars.first ?? " ")) }
        #expect(
            update(&state, .input(.key(.enter))).contains(
                .runs(.saveEnsemble([6, 5, 4], .geometric, name: "pair"))))
        #expect(state.runs.typing == nil && state.runs.ensemble != nil)
        Sample.pressInRuns(&state, .escape)
        #expect(state.runs.ensemble == nil && state.screen == .runs)
    }

    @Test("Enter lets the mean of the runs answer in Draw, at every stroke, until the key is pressed there")
    func asks() throws {
        var state = Sample.saved(6, width: 120, height: 40)
        Sample.pressInRuns(&state, "7")
        #expect(state.disabledReason(.draw(.ensemble)) == "Z and enter in Runs let the mean of several runs answer")
        Sample.pressInRuns(&state, "6", "m", .down, "Z", .right, .enter)
        #expect(state.screen == .draw && state.shared.asked?.runs == [6, 5])
        Sample.pressInRuns(&state, .enter, .right, .right)
        let asked = try #require(state.shared.asked)
        #expect(asked.mean == .geometric && !asked.isWaiting && asked.probabilities?.max() == 0.91)
        #expect(render(state).text.contains("mean of 2 runs"))
        let image = asked.image
        Sample.pressInRuns(&state, .down)
        #expect(state.shared.asked?.image != image, "the drawing has changed")
        state.display.plain = true
        #expect(PlainScreen(state).lines.contains { $0.text.contains("the geometric mean of runs 6, 5") })
        state.display.plain = false
        Sample.pressInRuns(&state, "Z")
        #expect(state.shared.asked == nil && !render(state).text.contains("mean of 2 runs"))
    }

    @Test("Enter goes from the pairs to the digits, and from a digit to Digits, from where Esc leads back step by step")
    func opensDigit() throws {
        var state = Sample.saved(6, width: 120, height: 40)
        Sample.pressInRuns(&state, "m", .down, "E", .enter)
        #expect(state.runs.errors?.digit.map(RunErrors.Group.init) == .firstRight)
        Sample.pressInRuns(&state, .right)
        let digit = try #require(state.runs.errors?.digit)
        let text = render(state).text
        #expect(text.contains("▸\(digit.truth): \(digit.first), \(digit.second)"))
        #expect(text.contains("predicted by run 6") && text.contains("predicted by run 5"))
        Sample.pressInRuns(&state, .enter)
        // Run 5 predicts the digits wrong that run 6 gets right: it is opened with the digit.
        #expect(state.screen == .digits && state.opened?.number == 5 && state.source == .test)
        let words =
            "digit \(digit.row), true \(digit.truth): predicted \(digit.first) by run 6, \(digit.second) by run 5"
        #expect(state.message == .note(words))
        _ = update(&state, .event(.testEvaluated(Sample.evaluation(epoch: 10, source: .test, every: 3)), run: -1))
        #expect(state.selection.rows[state.selection.cursor] == Int32(digit.row), "the test set begins at its row 0")
        Sample.pressInRuns(&state, .escape)
        #expect(state.screen == .runs && state.runs.errors?.digit == digit)
        Sample.pressInRuns(&state, .escape)
        #expect(state.runs.errors != nil && state.runs.errors?.digit == nil)
        Sample.pressInRuns(&state, .escape)
        #expect(state.runs.errors == nil && state.screen == .runs)
    }

    @Test("A run that was stopped goes on where it was left; a finished one for as many epochs as are typed")
    func goesOn() throws {
        var state = Sample.saved(5)
        var list = state.savedRuns.list
        let spec = try #require(list[0].spec)
        var summary = list[0].summary
        (summary.state, summary.epochs, summary.plannedEpochs) = (.stopped, 4, spec.training.epochs)
        list[0] = SavedRun(summary)
        _ = update(&state, .runs(.listed(list)))
        summary.checkpointEpoch = 4
        list[0] = SavedRun(summary)
        _ = update(&state, .runs(.listed(list)))
        var stopped = state
        #expect(update(&stopped, .input(.key("+"))).contains(.resume(5, Resumption.Request(), run: 1)))
        #expect(stopped.message == .note("run 5 is resumed, up to epoch \(spec.training.epochs)"))
        #expect(stopped.composer.spec == spec && stopped.run?.number == 5)

        (summary.state, summary.epochs) = (.finished, spec.training.epochs)
        summary.checkpointEpoch = summary.epochs
        list[0] = SavedRun(summary)
        _ = update(&state, .runs(.listed(list)))
        #expect(update(&state, .input(.key("+"))).isEmpty)
        #expect(state.runs.typing?.field.text == "\(spec.training.epochs)")
        for (text, problem) in [("0", "out of range"), ("1000001", "out of range"), ("x", "not a whole number")] {
            _ = update(&state, .input(.key(.control("u"))))
            Sample.type(&state, text)
            #expect(state.runs.typing?.refusal == "\(problem); expected 1 to 1000000 epochs")
            #expect(update(&state, .input(.key(.enter))).isEmpty && state.runs.typing != nil)
        }
        _ = update(&state, .input(.key(.control("u"))))
        Sample.type(&state, "7")
        let request = Resumption.Request(moreEpochs: 7)
        #expect(update(&state, .input(.key(.enter))).contains(.resume(5, request, run: 1)))
        #expect(state.run?.spec == spec && state.runs.typing == nil)
    }

    @Test(
        "What can't go on says why",
        arguments: [
            (SavedRunState.running, "run 5 is being trained"),
            (.failed, "run 5 has failed, and no state from before that is saved"),
        ])
    func cannotGoOn(standing: SavedRunState, reason: String) {
        var state = Sample.saved(5)
        var list = state.savedRuns.list
        list[0] = Sample.savedRun(5, state: standing)
        _ = update(&state, .runs(.listed(list)))
        #expect(state.disabledReason(.runs(.proceed)) == reason)
    }

    @Test("e and Enter compose a saved run's spec, and r trains it again with the same seed")
    func again() {
        var state = Sample.saved(5)
        Sample.pressInRuns(&state, .down, "e", .enter)
        #expect(state.composer.spec == Sample.savedRun(4).spec)
        let effects = update(&state, .input(.key("r")))
        #expect(
            effects.first
                == Sample.savedRun(4).spec.map { .start(RunLine(spec: $0), run: 1, paused: false, firstStep: nil) })
    }

    @Test("Without a store that can be read the reason stands in the table, and the session's runs are still there")
    func unavailable() {
        var state = Sample.ready()
        Sample.press(&state, "6")
        _ = update(&state, .runs(.unavailable(.newer(path: "runs.sqlite", layout: "9 more", program: "9.0"))))
        #expect(render(state).text.contains("made by trainspotter 9.0"))
        Sample.press(&state, " ")
        Sample.train(&state, run: 1, epochs: 2)
        #expect(numbers(state) == [1])
        #expect(state.disabledReason(.runs(.delete)) == "run 1 is not saved")
    }

    @Test("A run that is saved and not read yet has its own start and threads, never those of nothing")
    func notReadYet() throws {
        var state = Sample.training(width: 160, height: 48)
        Sample.press(&state, "6")
        let id = try #require(state.run?.id)
        let origin = RunOrigin(
            started: Date(timeIntervalSince1970: 1_764_000_000),
            machine: MachineFacts(threads: 3, blas: "Zen", host: "lab"))
        var takenUp = state
        _ = update(&takenUp, .recording(.numbered(7), run: id))
        let unknown = render(takenUp).text
        #expect(unknown.contains("time   this session") && !unknown.contains("not saved"))
        #expect(!unknown.contains("1970") && !unknown.contains("0 threads"))
        _ = update(&state, .recording(.numbered(7, origin: origin), run: id))
        let text = render(state).text
        #expect(text.contains("2025-11-24 16:00"))
        #expect(text.contains("lab · 3 threads · Zen · trainspotter"))
    }

    @Test("A stopped and an interrupted run say how far they came where no column does, and a finished one nothing")
    func unfinishedWords() throws {
        var state = Sample.saved(0, width: 160, height: 48)
        var runs = [SavedRunState.stopped, .interrupted, .finished].enumerated().map { index, standing in
            Sample.savedRun(index + 1, state: standing).summary
        }
        for index in runs.indices { (runs[index].epochs, runs[index].plannedEpochs) = (8, 100) }
        (runs[2].epochs, runs[2].plannedEpochs) = (31, 30)
        Sample.answerRuns(&state, update(&state, .runs(.listed(runs.reversed().map { SavedRun($0) }))))
        let results = render(state).text
        #expect(results.contains("30+1") && !results.contains("31/30"))
        #expect(results.contains("31 (planned 30)"))
        #expect(results.contains("8/100"))
        #expect(results.contains(" stopped  ") && !results.contains("stopped 8/100"))
        Sample.pressInRuns(&state, "w")
        let settings = render(state).text
        #expect(settings.contains("stopped 8/100") && settings.contains("interrupted 8/100"))
    }

    @Test("A half-typed field that no run has names the fields it may become; a word that passes names none")
    func fieldHint() {
        var state = Sample.saved(6, width: 160, height: 48)
        Sample.pressInRuns(&state, "/", "v", "a", "l", "_", "a")
        #expect(render(state).text.contains("0 of 6; fields: val_accuracy"))
        #expect(PlainScreen(state).text.contains("fields: val_accuracy"))
        Sample.pressInRuns(&state, "x")
        #expect(render(state).text.contains("0 of 6; fields: lr, optimizer, val_accuracy, test_errors, tag, ..."))
        Sample.pressInRuns(&state, .control("u"), "t", "a", "n", "h")
        #expect(!render(state).text.contains("fields:"))
    }

    @Test("Tags are separated by spaces or commas, and the prompt says so")
    func tagWords() {
        var state = Sample.saved(2)
        Sample.pressInRuns(&state, "T")
        #expect(render(state).text.contains("words, by space or comma"))
        for key in ["a", ",", "b", " ", "c"] as [Key] { Sample.pressInRuns(&state, key) }
        let effects = update(&state, .input(.key(.enter)))
        #expect(effects == [.runs(.changeTags(run: 2, adding: ["a", "b", "c"], removing: []))])
    }
}

extension DashboardState {
    /// The newest epoch that Curves shows.
    fileprivate var curvesReading: Int? { shared.shownRuns.last?.epochs.last?.epoch }
}

extension RunSummary {
    fileprivate var host: String { machine.host }
}
