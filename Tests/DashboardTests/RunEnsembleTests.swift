import Dashboard
import Foundation
import Runs
import Specs
import TestSupport
import Testing
import Training

/// The mean of saved runs, by what the store has of their tests.
@Suite struct RunEnsembleTests {
    private static func evaluation(_ predictions: [Int], labels: [UInt8] = [0, 1, 2]) -> Evaluation {
        Evaluation(
            source: .test, classes: 3, epoch: 0, labels: labels,
            probabilities: predictions.flatMap { best in (0..<3).map { $0 == best ? 0.8 : 0.1 } },
            losses: labels.map { _ in 0 })
    }

    /// A run of one batch that was measured.
    private static func add(seed: Int, to store: RunStore) throws -> Int {
        let dataset = Sample.data.dataset
        let spec = try ExperimentSpec(parsing: "8tanh batch=10 epochs=2 seed=\(seed)", inputs: 784, classes: 10)
        let trainer = try Trainer(spec: spec, dataset: dataset, threads: 1)
        _ = trainer.step()
        let facts = RunFacts(
            parameters: 1, trainingRows: 9, validationRows: 1, testRows: dataset.test.count, batchesPerEpoch: 1)
        let run = try store.create(
            NewRun(
                line: RunLine(spec: spec), dataset: "rings", dataSource: "rings", facts: facts,
                machine: .current(threads: 1)))
        var progress = UnsavedProgress()
        progress.test = trainer.evaluateTest()
        progress.final = SavedWeights(at: trainer.place, tensors: trainer.network.tensors())
        progress.standing = .init(.stopped)
        try store.record(progress, run: run)
        return run
    }

    @Test func `both means are there, with the runs' names`() throws {
        let ensemble = try RunEnsemble(
            [
                (4, "wide", Self.evaluation([0, 1, 1])), (7, nil, Self.evaluation([0, 0, 2])),
                (9, nil, Self.evaluation([1, 1, 2])),
            ], saved: [])
        #expect(ensemble.runs == [4, 7, 9])
        for mean in EnsembleMean.allCases {
            let report = try #require(ensemble.reports[mean])
            #expect(report.members.map(\.name) == ["4 wide", "7", "9"] && report.members.map(\.errors) == [1, 1, 1])
            #expect(report.errors == 0 && report.mean == mean)
        }
    }

    @Test func `a run that was not measured, and one that was on other images, is named`() {
        func problem(_ tests: [(run: Int, name: String?, test: Evaluation?)]) -> RunEnsemble.Problem? {
            do throws(RunEnsemble.Problem) { _ = try RunEnsemble(tests, saved: []) } catch { return error }
            return nil
        }
        let one = Self.evaluation([0, 1, 2])
        #expect(problem([(1, nil, one), (2, nil, nil)]) == .untested(2))
        #expect(
            problem([(1, nil, one), (2, nil, Self.evaluation([0, 1, 2], labels: [2, 1, 0]))]) == .otherRows(1, 2))
        #expect(
            RunEnsemble.Problem.untested(2).description
                == "run 2 was never measured on the test set with its final weights")
    }

    @Test func `a library averages tested runs, saves them under a name, and refuses others`() throws {
        let folder = try TemporaryFolder()
        let store = try RunStore(path: folder.path("runs.sqlite"))
        let runs = try (1...2).map { try Self.add(seed: $0, to: store) }
        let posts = Replies()
        let library = RunLibrary(
            open: { () throws(StoreError) in try RunStore(path: folder.path("runs.sqlite")) }, post: posts.post)
        library.perform(.average(runs))
        let found = try #require(posts.next { if case .ensemble(let ensemble) = $0 { ensemble } else { nil } })
        #expect(found.runs == runs && found.saved.isEmpty)
        library.perform(.saveEnsemble(runs, .geometric, name: "pair"))
        let told = posts.next { if case .changed(let text) = $0 { text } else { nil } }
        #expect(told == "the ensemble pair is saved: `trainspotter evaluate pair` measures it")
        let saved = try #require(try store.ensemble(named: "pair"))
        #expect(saved.mean == .geometric && saved.members.map(\.run) == runs)
        #expect(saved.members.map(\.weight) == [0.5, 0.5])
        let image = Array(Sample.data.dataset.test.image(3))
        func answer() -> EnsembleAnswer? {
            library.perform(.ask(runs, .arithmetic, image: image))
            return posts.next { if case .answered(_, _, let answer) = $0 { answer } else { nil } }
        }
        #expect(answer() == .refused("the data set is not loaded yet"))
        library.use(Sample.data.dataset)
        let tests = try runs.map { try #require(try store.test(of: $0)) }
        guard case .probabilities(let values)? = answer() else {
            Issue.record("no answer")
            return
        }
        for (column, value) in values.enumerated() {
            let own = tests.map { $0.probabilities(ofRow: 3)[3 * 10 + column] }
            #expect(abs(value - (own[0] + own[1]) / 2) < 1e-6)
        }
        library.perform(.delete([runs[0]]))
        let refused = posts.next { if case .failed(let error) = $0 { error } else { nil } }
        #expect(refused == .needed(run: runs[0], ensemble: "pair"))
    }
}
