import Dashboard
import Foundation
import Runs
import Specs
import TerminalUI
import Training

extension Sample {
    private static let savedSpecs = [
        "200tanh", "128relu lr=3e-4", "512relu-512relu batch=128", "64gelu sgd lr=0.1 momentum=0.9",
        "100relu-200relu-100relu epochs=50", "128relu+drop0.2 wd=0.01 adamw",
    ].map { (try? ExperimentSpec(parsing: $0, inputs: 784, classes: 10)) ?? .standard }

    /// A run of another session as a store lists it; each number has figures of its own.
    static func savedRun(_ number: Int, state: SavedRunState = .finished) -> SavedRun {
        var spec = savedSpecs[number % savedSpecs.count]
        spec.training.seed = UInt64(number)
        var run = RunSummary(
            unsaved: number, spec: spec, dataset: "rings",
            facts: RunFacts(
                parameters: spec.network.parameterCount, trainingRows: 100, validationRows: 40, testRows: 40,
                batchesPerEpoch: 4))
        run.state = state
        run.started = Date(timeIntervalSince1970: 1_764_000_000 + Double(number) * 900)
        run.ended = state.isAlive ? nil : run.started + 75
        run.machine = MachineFacts(threads: 2, blas: "Zen", host: "lab")
        run.program = "0.1.0"
        (run.name, run.tags) = (number % 4 == 1 ? "wide \(number)" : nil, number % 3 == 0 ? ["course", "tanh"] : [])
        run.note = number % 5 == 0 ? "as in the course" : ""
        let loss = 0.07 + Double(number * 7 % 11) * 0.01
        (run.epochs, run.bestEpoch, run.seconds) = (10, 8, 3 + Double(number % 9))
        (run.loss, run.accuracy, run.validationLoss, run.validationAccuracy) = (loss - 0.03, 0.99, loss + 0.004, 0.98)
        (run.bestValidationLoss, run.bestValidationAccuracy) = (loss, 0.99 - loss / 10)
        if number % 2 == 0 { (run.testErrors, run.testAccuracy, run.testLoss, run.testRecall) = (2, 0.95, 0.2, 0.94) }
        return SavedRun(run)
    }

    /// In Runs, with so many saved runs that were just read.
    static func saved(_ count: Int, width: Int = 80, height: Int = 24, look: Look = Look()) -> DashboardState {
        var state = ready(width: width, height: height, look: look)
        state.savedRuns.hasStore = true
        press(&state, "6")
        list(&state, count)
        return state
    }

    /// The store was read, and has runs of these numbers.
    static func list(_ state: inout DashboardState, _ count: Int) {
        let runs = (1...max(1, count)).reversed().prefix(count).map { number in
            savedRun(number, state: number == 3 ? .interrupted : number == 4 ? .failed : .finished)
        }
        answerRuns(&state, update(&state, .runs(.listed(Array(runs)))))
    }

    /// In Runs, where run 1 of this session trains and so many saved runs were just read.
    static func trainingBeside(_ count: Int, width: Int = 80, height: Int = 24) -> DashboardState {
        var state = training(width: width, height: height, epochs: 3)
        state.savedRuns.hasStore = true
        press(&state, "6")
        list(&state, count)
        return state
    }

    /// Saved run 5 is opened beside run 1, which trains.
    static func opened(width: Int = 80, height: Int = 24) -> DashboardState {
        var state = trainingBeside(5, width: width, height: height)
        pressInRuns(&state, .home, .enter)
        return state
    }

    /// Presses keys, and lets a store of the listed runs answer what they ask.
    static func pressInRuns(_ state: inout DashboardState, _ keys: Key...) {
        for key in keys { answerRuns(&state, update(&state, .input(.key(key)))) }
    }

    /// Does what is asked of the store, on the list in the state.
    static func answerRuns(_ state: inout DashboardState, _ effects: [Effect]) {
        for case .runs(let effect) in effects {
            for news in answers(effect, state) { answerRuns(&state, update(&state, .runs(news))) }
        }
    }

    private static func answers(_ effect: RunsEffect, _ state: DashboardState) -> [StoreReply] {
        switch effect {
        case .follow: return []
        case .fetch(let run, let stamp):
            guard let saved = state.savedRuns.list.first(where: { $0.summary.id == run }) else { return [] }
            return [.history(run: run, SavedHistory(stamp: stamp, record: record(saved)))]
        case .fetchCourses(let runs):
            return [.courses(runs.mapValues { SavedCourse(stamp: $0, losses: [0.4, 0.2, 0.1]) })]
        case .open(let request):
            guard let saved = state.savedRuns.list.first(where: { $0.summary.id == request.run }) else { return [] }
            return [.opened(opened(saved, request))]
        case .average(let runs):
            let tests = runs.enumerated().map { place, run in
                (run, place == 0 ? "wide" : nil, evaluation(epoch: 10, source: .test, every: 3 + place))
            }
            return (try? RunEnsemble(tests, saved: [])).map { [.ensemble($0)] } ?? []
        case .ask(let runs, let mean, let image):
            let sum = image.reduce(0) { $0 + Int($1) }
            return [.answered(runs, mean, .probabilities((0..<10).map { $0 == sum % 10 ? 0.91 : 0.01 }))]
        case .saveEnsemble(_, _, let name): return [.changed("the ensemble \(name) is saved")]
        case .compareErrors(let first, let second):
            let one = evaluation(epoch: 10, source: .test, every: 4)
            let other = evaluation(epoch: 10, source: .test, every: 3)
            return (try? RunErrors(first: (first, one), second: (second, other))).map { [.errors($0)] } ?? []
        case .measure(let run): return [.measured(run)]
        case .findWeights(let run, let use):
            guard let saved = state.savedRuns.list.first(where: { $0.summary.id == run }) else { return [] }
            return [.weights(saved, WeightDigest(sha256: String(repeating: "\(run)", count: 16)), use)]
        case .keepLimit: return []
        case .rename(let run, let name):
            return [.changed("run \(run) is called \(name)"), changed(run, state) { $0.name = name }]
        case .changeTags(let run, let adding, let removing):
            return [
                .changed("the tags of run \(run) are changed"),
                changed(run, state) { $0.tags = ($0.tags.filter { !removing.contains($0) } + adding).sorted() },
            ]
        case .setNote(let run, let note):
            return [.changed("the note on run \(run) is kept"), changed(run, state) { $0.note = note }]
        case .leave(let run):
            return [.changed("run \(run) stays as it is"), changed(run, state) { $0.state = .stopped }]
        case .delete(let runs):
            return [.deleted(runs), .listed(state.savedRuns.list.filter { !runs.contains($0.summary.id) })]
        case .undelete(let runs):
            // A store has each number once.
            let there = state.savedRuns.list
            let all = there + runs.filter { run in !there.contains { $0.summary.id == run } }.map { savedRun($0) }
            return [.listed(all.sorted { $0.summary.id > $1.summary.id }), .undeleted(runs)]
        }
    }

    private static func changed(
        _ run: Int, _ state: DashboardState, _ change: (inout RunSummary) -> Void
    ) -> StoreReply {
        .listed(
            state.savedRuns.list.map { saved in
                guard saved.summary.id == run else { return saved }
                var summary = saved.summary
                change(&summary)
                return SavedRun(summary)
            })
    }

    /// What a store has of a run that is opened, with the state of an untrained network.
    static func opened(
        _ run: SavedRun, _ request: OpenRequest, data: LoadedData? = nil, best: Int? = nil
    ) -> OpenedContent {
        let confusion = evaluation(epoch: run.summary.epochs, every: 4).confusion
        let state = try? Trainer(spec: .standard, dataset: Sample.data.dataset, threads: 1).state
        let network = state.map { OpenedNetwork(.success($0), data: data) }
        return OpenedContent(
            ticket: request.ticket, saved: run, epochs: epochs(run), events: [],
            confusions: (0...run.summary.epochs).map { EpochConfusion(epoch: $0, counts: confusion) }, test: nil,
            network: request.known == nil ? network : nil, bestEpoch: best)
    }

    private static func epochs(_ run: SavedRun) -> [EpochFigures] {
        let best = run.summary.bestValidationLoss ?? 0.1
        return (1...max(1, run.summary.epochs)).map { epoch in
            let loss = best * (1 + 3 / Double(epoch))
            return EpochFigures(
                epoch: epoch, loss: loss * 0.8, accuracy: 1 - loss / 4, validationLoss: loss,
                validationAccuracy: 0.99 - loss / 5, learningRate: 1e-3, seconds: 0.3)
        }
    }

    static func record(_ run: SavedRun) -> ShownRun {
        let confusion = evaluation(epoch: run.summary.epochs, every: 4).confusion
        var summary = run.summary
        summary.changeLine = "@3 lr=3e-4"
        return ShownRun(
            SavedRun(summary), epochs: epochs(run), events: [],
            confusions: [.init(epoch: run.summary.epochs, counts: confusion)])
    }
}
