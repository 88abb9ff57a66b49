import Dashboard
import Datasets
import Dispatch
import Foundation
import Runs
import Specs
import TerminalUI
import TestSupport
import Testing
import Training

/// A new run that begins with the weights of a saved one.
@Suite(.timeLimit(.minutes(40))) struct StartWeightsTests {
    /// In Runs, with six saved runs of which the newest is selected.
    private func saved() -> DashboardState { Sample.saved(6, width: 120, height: 40) }

    /// In Lab, where the composer begins with run 6's weights.
    private func composed() throws -> DashboardState {
        var state = saved()
        Sample.pressInRuns(&state, "U", "1")
        let spec = try #require(state.savedRuns.list.first?.spec)
        #expect(state.composer.spec.network == spec.network && state.composer.spec.training.from != nil)
        return state
    }

    private func select(_ row: ComposerRow, _ state: inout DashboardState) throws {
        let index = try #require(state.composer.rows.firstIndex(of: row))
        Sample.press(&state, .home)
        for _ in 0..<index { Sample.press(&state, .down) }
        #expect(state.composer.selected == row)
    }

    @Test("U composes the run's layers and settings with the name of its weights, and space starts it")
    func composes() throws {
        var state = saved()
        #expect(Sample.press(&state, "U") == [.runs(.findWeights(run: 6, to: .begin))])
        let digest = WeightDigest(sha256: "0123456789abcdef")
        let run = try #require(state.savedRuns.list.first)
        #expect(update(&state, .runs(.weights(run, digest, .begin))).isEmpty && state.run == nil)
        var spec = try #require(run.spec)
        spec.training.from = digest
        #expect(state.composer.spec == spec)
        #expect(state.message == .note("Lab has run 6's network: space trains a new run from its weights"))
        Sample.press(&state, "1")
        #expect(render(state).text.contains(/from +weights of run 6/))
        state.display.plain = true
        #expect(PlainScreen(state).text.contains("from: sha256:0123456789abcdef, weights of run 6"))
        guard case .start(let line, _, paused: false, _)? = Sample.press(&state, " ").first(where: \.isStart) else {
            Issue.record("no start")
            return
        }
        #expect("\(line)" == "\(spec)" && "\(line)".hasSuffix("from=sha256:0123456789abcdef"))
    }

    @Test("Y makes the run the teacher of the network in Lab, which keeps its layers; delete on its row takes it away")
    func teaches() throws {
        var state = saved()
        #expect(Sample.press(&state, "Y") == [.runs(.findWeights(run: 6, to: .teach))])
        let digest = WeightDigest(sha256: "0123456789abcdef")
        let run = try #require(state.savedRuns.list.first)
        var spec = state.composer.spec
        #expect(update(&state, .runs(.weights(run, digest, .teach))).isEmpty && state.run == nil)
        spec.training.distillation.teacher = digest
        #expect(state.composer.spec == spec)
        #expect(
            state.message
                == .note(
                    "the network in Lab learns from run 6, beside the labels: temp and hard say how, space trains it"))
        Sample.press(&state, "1")
        try select(.setting(.teacher), &state)
        #expect(render(state).text.contains(/teacher +run 6/))
        state.display.plain = true
        #expect(PlainScreen(state).text.contains("teacher: sha256:0123456789abcdef, run 6"))
        Sample.press(&state, "x")
        spec.training.distillation.teacher = nil
        #expect(state.composer.spec == spec)
    }

    @Test("A run of other classes is no teacher, which is said")
    func refusesTeacher() throws {
        var state = saved()
        var summary = try #require(state.savedRuns.list.first).summary
        var small = try ExperimentSpec(parsing: "8relu")
        small.network.inputs = 64
        summary.specLine = small.description
        let (spec, digest) = (state.composer.spec, WeightDigest(sha256: "0123456789abcdef"))
        #expect(update(&state, .runs(.weights(SavedRun(summary), digest, .teach))).isEmpty)
        #expect(state.composer.spec == spec)
        #expect(
            state.message?.text == "run 6 has 64 inputs and 10 classes: the composed network can't learn from it")
    }

    @Test("Weights of a network for other images say how its data set is opened")
    func otherImages() throws {
        var state = saved()
        var summary = try #require(state.savedRuns.list.first).summary
        var small = try ExperimentSpec(parsing: "8relu")
        small.network.inputs = 64
        summary.specLine = small.description
        (summary.dataset, summary.dataSource) = ("small", "my sets/small.csv:label=last")
        let spec = state.composer.spec
        let digest = WeightDigest(sha256: "0123456789abcdef")
        #expect(
            update(&state, .runs(.weights(SavedRun(summary), digest, .begin))).isEmpty && state.composer.spec == spec)
        let text = try #require(state.message?.text)
        #expect(text.hasPrefix("the network takes 64 inputs, but an image of "))
        let command = "`trainspotter --data 'my sets/small.csv:label=last'`"
        #expect(text.hasSuffix(" has 784 pixels; \(command) opens its data set"))
    }

    @Test("A network that began with saved weights is not called untrained before its first step")
    func startWords() throws {
        var spec = try ExperimentSpec(parsing: "64relu")
        #expect(spec.training.startWords == "untrained")
        spec.training.from = WeightDigest(sha256: "0123456789abcdef")
        #expect(spec.training.startWords == "at the start")
        var state = try composed()
        _ = Sample.press(&state, " ")
        #expect(state.run?.spec.training.startWords == "at the start")
        let facts = RunFacts(
            parameters: 101_770, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        _ = update(&state, .event(.started(facts, untrained: Sample.evaluation(epoch: 0)), run: 1))
        Sample.press(&state, "4")
        let screen = render(state).text
        #expect(screen.contains("at the start") && !screen.contains("untrained"), "\(screen)")
    }

    @Test("While a run trains, no weights are taken: that run would take settings of theirs")
    func busy() {
        var state = Sample.trainingBeside(5)
        Sample.pressInRuns(&state, .home, .down)
        let spec = state.composer.spec
        #expect(Sample.press(&state, "U").isEmpty)
        let refusal = "run 1 is being trained: U begins a new one once it has ended"
        #expect(state.message?.text == refusal)
        // The run may have been started while the store was asked.
        state.message = nil
        let digest = WeightDigest(sha256: "0123456789abcdef")
        #expect(update(&state, .runs(.weights(Sample.savedRun(4), digest, .begin))).isEmpty)
        #expect(state.message?.text == refusal && state.composer.spec == spec && state.run?.state == .running)
    }

    @Test("A run that has no weights to give is refused, with the reason")
    func refused() {
        var state = saved()
        _ = update(&state, .runs(.refused("run 6: its weights are not saved")))
        #expect(state.message == .error("run 6: its weights are not saved"))
        state = Sample.trainingBeside(1)
        Sample.pressInRuns(&state, .home)
        #expect(Sample.press(&state, "U").isEmpty)
        #expect(state.message?.text == "run 1 is not saved: no other one can begin with its weights")
    }

    @Test("Another number of units lets the weights go, and says so; undo brings both back")
    func otherLayers() throws {
        var state = try composed()
        let before = state.composer.spec
        try select(.layer(0), &state)
        for keys: [Key] in [[.right], ["x"], ["+"], ["D"]] {
            for key in keys { Sample.press(&state, key) }
            #expect(state.composer.spec.training.from == nil, "\(keys)")
            #expect(
                state.message
                    == .warning(
                        "other layers than those of the saved weights: the next run begins with new ones; u undoes it"))
            Sample.press(&state, "u")
            #expect(state.composer.spec == before)
            try select(.layer(0), &state)
        }
        Sample.press(&state, .enter, .control("u"))
        Sample.type(&state, "\(before.network.hidden[0].units)gelu+bn")
        Sample.press(&state, .enter)
        #expect(state.composer.spec.training.from == nil && state.composer.spec.network.hidden[0].batchNormalization)
    }

    @Test("What the weights don't depend on is edited beside them")
    func sameLayers() throws {
        var state = try composed()
        let from = state.composer.spec.training.from
        try select(.layer(0), &state)
        Sample.press(&state, "%")
        Sample.press(&state, .enter, .control("u"))
        Sample.type(&state, "\(state.composer.spec.network.hidden[0].units)gelu")
        Sample.press(&state, .enter)
        try select(.setting(.lr), &state)
        Sample.press(&state, .right)
        #expect(state.composer.spec.training.from == from && state.composer.spec.network.hidden[0].activation == .gelu)
    }

    @Test("x on its row, and none typed there, begin with new weights again")
    func removed() throws {
        for typed in [false, true] {
            var state = try composed()
            try select(.setting(.from), &state)
            if typed {
                Sample.press(&state, .enter, .control("u"))
                Sample.type(&state, "none")
                Sample.press(&state, .enter)
            } else {
                Sample.press(&state, "x")
            }
            #expect(state.composer.spec.training.from == nil && !state.composer.rows.contains(.setting(.from)))
        }
    }

    @Test("A line with other layers beside these weights is refused where it is typed")
    func specLine() throws {
        var state = try composed()
        let before = state.composer.spec
        let digest = try #require(before.training.from)
        Sample.press(&state, "e", .control("u"))
        Sample.type(&state, "9tanh from=\(digest)")
        Sample.press(&state, .enter)
        guard case .specLine(_, let refusal) = state.overlay else {
            Issue.record("the spec line is closed")
            return
        }
        #expect(
            refusal?.description
                == "from=\(digest): the weights of run 6, of other layers; expected \(before.network.hiddenChain), or "
                + "from=none for new weights")
        #expect(state.composer.spec == before)
        Sample.press(&state, .control("u"))
        Sample.type(&state, "9tanh")
        Sample.press(&state, .enter)
        #expect(state.overlay == nil && state.composer.spec.training.from == nil)
    }

    @Test("An imported run, which can't go on itself, is told this key for +")
    func imported() throws {
        var state = saved()
        let list = state.savedRuns.list.map { saved in
            var run = saved.summary
            (run.state, run.epochs, run.plannedEpochs) = (.finished, 0, 0)
            return SavedRun(run)
        }
        Sample.answerRuns(&state, update(&state, .runs(.listed(list))))
        try #require(list[0].summary.isImported)
        Sample.press(&state, "+")
        #expect(state.message?.text == "run 6: its weights were imported; U begins a new run with them")
    }
}

extension Effect {
    fileprivate var isStart: Bool { if case .start = self { true } else { false } }
}
