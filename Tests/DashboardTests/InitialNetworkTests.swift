import Dashboard
import Datasets
import Dispatch
import Foundation
import Specs
import TerminalUI
import TestSupport
import Testing
import Training

/// Network before the first run: the weights that training will start with.
@Suite(.timeLimit(.minutes(40))) struct InitialNetworkTests {
    /// The newest network that was asked for.
    private func made(_ effects: [Effect]) -> (spec: ExperimentSpec, ticket: Int)? {
        for case .makeInitial(let spec, let ticket) in effects.reversed() { return (spec, ticket) }
        return nil
    }

    @Test("It is made where Network is open, looked into, and freed where it is closed or training starts")
    func made() throws {
        var state = Sample.ready(width: 120, height: 40)
        let effects = Sample.press(&state, "5")
        let (spec, ticket) = try #require(made(effects))
        #expect(spec == state.composer.spec && state.shared.initial?.ticket == ticket)
        #expect(effects.contains { if case .initialCommand(.watch(.some)) = $0 { true } else { false } })
        #expect(render(state).text.contains("making the initial weights"))
        Sample.answer(&state, effects)
        #expect(render(state).text.contains("initial weights") && !render(state).text.contains("making"))
        #expect(made(Sample.press(&state, .down)) == nil)
        #expect(Sample.press(&state, "2").contains(.closeInitial) && state.shared.initial == nil)
        let again = try #require(made(Sample.press(&state, "5")))
        #expect(again.ticket != ticket)
        let start = Sample.press(&state, " ")
        #expect(start.contains(.closeInitial) && state.shared.initial == nil)
        #expect(made(Sample.press(&state, "5", "4", "5")) == nil)
    }

    @Test("Another spec has another network, and an answer of the one before is not taken")
    func edited() throws {
        var state = Sample.ready(width: 120, height: 40)
        let first = try #require(made(Sample.press(&state, "5")))
        Sample.press(&state, "e", .control("u"))
        Sample.type(&state, "64tanh")
        let second = try #require(made(Sample.press(&state, .enter)))
        #expect(second.spec.network.hidden[0].units == 64 && second.ticket != first.ticket)
        guard let watch = Watch?.some(Watch(image: [])) else { return }
        _ = update(&state, .inspection(Sample.inspection(watch, state), run: first.ticket))
        #expect(state.inspection == nil)
    }

    @Test("Why it can't be made stands in the panels")
    func failed() throws {
        var state = Sample.ready(width: 120, height: 40)
        let (_, ticket) = try #require(made(Sample.press(&state, "5")))
        _ = update(&state, .event(.failed(.noTrainingRows(3)), run: ticket))
        #expect(state.shared.initial?.problem == TrainingError.noTrainingRows(3).description && state.run == nil)
        #expect(!render(state).text.contains("making the initial weights"))
    }

    @Test("Arrows and n choose layer, unit and image as in a run")
    func walks() {
        var state = Sample.ready(width: 120, height: 40)
        Sample.answer(&state, Sample.press(&state, "5"))
        #expect(render(state).text.contains("digit 0 "))
        Sample.answer(&state, Sample.press(&state, "n"))
        #expect(state.network.initialRow == 1 && render(state).text.contains("digit 1 "))
        Sample.answer(&state, Sample.press(&state, "N", "N"))
        #expect(state.network.initialRow == 0)
    }

    @Test("Its weights are bit for bit those that a run of the same spec starts with")
    func sameWeights() throws {
        let news = DispatchSemaphore(value: 0)
        let runner = EffectRunner(source: .mnist, threads: 1) { news.signal() }
        defer { runner.shutDown() }
        func next<Value>(_ wanted: (Action) -> Value?) throws -> Value {
            while news.wait(timeout: Patience.end) == .success {
                for action in runner.takeActions() { if let value = wanted(action) { return value } }
            }
            throw CancellationError()
        }
        runner.loadData()
        let data = try next { if case .dataLoaded(let data) = $0 { data } else { nil } }
        let spec = try ExperimentSpec(parsing: "4relu-3tanh seed=9")
        let image = Array(data.dataset.train.image(7))
        let watch = Watch(image: image, units: Watch.Units(layer: 0, units: [0, 1, 2, 3], followed: nil), layers: true)
        runner.run(.makeInitial(spec, ticket: -77))
        runner.run(.initialCommand(.watch(watch)))
        let initial = try next { if case .inspection(let found, -77) = $0 { found } else { nil } }
        runner.run(.closeInitial)
        runner.run(.start(RunLine(spec: spec), run: 1, paused: true, firstStep: nil))
        runner.run(.command(.watch(watch)))
        let run = try next { if case .inspection(let found, 1) = $0 { found } else { nil } }
        #expect(initial.units.map(\.weights) == run.units.map(\.weights) && initial.units.count == 4)
        #expect(initial.probabilities == run.probabilities && initial.epoch == 0 && run.epoch == 0)
    }

    @Test("A survey comes back from its thread, of the data that it was asked for")
    func survey() throws {
        let news = DispatchSemaphore(value: 0)
        let runner = EffectRunner(source: .mnist, threads: 1) { news.signal() }
        defer { runner.shutDown() }
        runner.run(.survey(Sample.data))
        var found: LoadedSurvey?
        while found == nil, news.wait(timeout: Patience.end) == .success {
            for case .surveyed(let survey) in runner.takeActions() { found = survey }
        }
        #expect(found?.data == Sample.data && found?.survey.equal == Sample.survey?.survey.equal)
    }
}
