import Dashboard
import Datasets
import Foundation
import Networks
import Runs
import Specs
import TestSupport
import Testing
import Training

/// What the library does with a store that another program writes to.
@Suite struct RunLibraryTests {
    private func numbers(_ news: StoreReply) -> [Int]? {
        if case .listed(let runs) = news { runs.map(\.summary.id) } else { nil }
    }

    private func newRun(_ line: String) throws -> NewRun {
        let spec = try ExperimentSpec(parsing: line, inputs: 784, classes: 10)
        let facts = RunFacts(parameters: 1, trainingRows: 9, validationRows: 1, testRows: 4, batchesPerEpoch: 1)
        return NewRun(
            line: RunLine(spec: spec), dataset: "rings", dataSource: "rings", facts: facts,
            machine: .current(threads: 1))
    }

    private func figures(_ epoch: Int) -> EpochFigures {
        EpochFigures(epoch: epoch, loss: 0.5, accuracy: 0.8, validationLoss: 0.6, learningRate: 0.1, seconds: 1)
    }

    @Test("A store is listed once it is there, what another program saves appears, and curves and changes go through")
    func follows() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("runs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("runs.sqlite").path
        let posts = Replies()
        let library = RunLibrary(
            open: { () throws(StoreError) in try RunStore(path: path, missing: .refuse) }, post: posts.post)
        library.perform(.follow(true))
        #expect(posts.next(numbers) == [], "nothing was ever saved")

        let other = try RunStore(path: path)
        let run = try other.create(try newRun("8tanh"))
        #expect(posts.next(numbers) == [run])
        var progress = UnsavedProgress()
        progress.epochs = [figures(1), figures(2)]
        try other.record(progress, run: run)
        let epochs = posts.next { news in
            if case .listed(let runs) = news, runs.first?.summary.epochs == 2 { runs } else { nil }
        }
        let saved = try #require(epochs?.first)
        #expect(saved.summary.state == .running && saved.spec?.network.hidden.count == 1)

        let stamp = HistoryStamp(saved.summary)
        library.perform(.fetch(run: run, stamp: stamp))
        let history = posts.next { news in if case .history(run, let history) = news { history } else { nil } }
        #expect(history?.stamp == stamp && history?.record?.epochs.map(\.epoch) == [1, 2])

        library.perform(.rename(run: run, to: "mine"))
        #expect(posts.next { if case .changed(let text) = $0 { text } else { nil } } == "run \(run) is called mine")
        library.perform(.follow(false))
        library.perform(.delete([run]))
        let trained = posts.next { if case .failed(let error) = $0 { error } else { nil } }
        #expect(trained == .inUse(run: run, process: Int(getpid()), host: saved.summary.owner.host))
        var end = UnsavedProgress()
        end.standing = .init(.finished)
        try other.record(end, run: run)
        library.perform(.delete([run]))
        #expect(posts.next { if case .deleted(let runs) = $0 { runs } else { nil } } == [run])
        library.perform(.undelete([run]))
        #expect(posts.next { if case .undeleted(let runs) = $0 { runs } else { nil } } == [run])
        library.perform(.compareErrors(first: run, second: run))
        let refusal = posts.next { if case .refused(let text) = $0 { text } else { nil } }
        #expect(refusal == "run \(run) was never measured on the test set")
        library.perform(.delete([99]))
        #expect(posts.next { if case .failed(let error) = $0 { error } else { nil } } == .noRun("99", nearest: nil))
        library.finish()
    }

    @Test("A run's weights are named by their digest once it has ended, where they are saved")
    func namesWeights() throws {
        let folder = try TemporaryFolder()
        let (path, posts) = (folder.path("runs.sqlite"), Replies())
        let store = try RunStore(path: path)
        let library = RunLibrary(
            open: { () throws(StoreError) in try RunStore(path: path, missing: .refuse) }, post: posts.post)
        let run = try store.create(try newRun("8tanh"))
        func asked() -> StoreReply? {
            library.perform(.findWeights(run: run, to: .begin))
            return posts.next { reply in
                switch reply {
                case .weights, .refused, .failed: reply
                default: nil
                }
            }
        }
        #expect(asked() == .refused("run \(run) is being trained: its final weights are not there yet"))
        var end = UnsavedProgress()
        end.standing = .init(.stopped)
        try store.record(end, run: run)
        #expect(asked() == .refused("run \(run): its weights are not saved"))
        let tensors = [Tensor(name: "0.kernel", shape: [1, 2], values: [1, 2])]
        var more = UnsavedProgress()
        more.final = SavedWeights(at: RunPlace(epoch: 1), tensors: tensors)
        try store.record(more, run: run)
        guard case .weights(let saved, let digest, .begin)? = asked() else {
            Issue.record("no weights")
            return
        }
        #expect(saved.summary.id == run && digest == WeightDigest(of: tensors))
        library.finish()
    }

    @Test("A run whose end was not measured is measured with the session's data set, where that is the run's")
    func measures() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("runs.sqlite")
        let dataset = Sample.data.dataset
        let spec = try ExperimentSpec(parsing: "8tanh batch=10 epochs=2", inputs: 784, classes: 10)
        let trainer = try Trainer(spec: spec, dataset: dataset, threads: 1)
        let untrained = trainer.evaluateTest()
        for _ in 0..<5 { _ = trainer.step() }
        let end = trainer.evaluateTest()
        let store = try RunStore(path: path)
        func save(_ digest: String) throws -> Int {
            let facts = RunFacts(
                parameters: 1, trainingRows: 9, validationRows: 1, testRows: dataset.test.count, batchesPerEpoch: 1)
            let run = try store.create(
                NewRun(
                    line: RunLine(spec: spec), dataset: "rings", dataSource: "rings", facts: facts,
                    machine: .current(threads: 1)))
            var progress = UnsavedProgress()
            progress.fingerprint = digest
            progress.epochs = [figures(1)]
            progress.test = untrained
            progress.final = SavedWeights(at: end.place, tensors: trainer.network.tensors())
            progress.standing = .init(.stopped)
            try store.record(progress, run: run)
            return run
        }
        let (own, foreign) = (
            try save(DatasetFingerprint.digest(of: dataset)), try save(String(repeating: "0", count: 64))
        )
        let posts = Replies()
        let library = RunLibrary(
            open: { () throws(StoreError) in try RunStore(path: path, missing: .refuse) }, post: posts.post)
        func measured(_ run: Int) throws -> RunSummary {
            library.perform(.measure(run))
            #expect(posts.next { if case .measured(let run) = $0 { run } else { nil } } == run)
            return try #require(try store.summary(of: run))
        }
        let without = try measured(own)
        #expect(without.awaitsTest && without.testStanding == .none, "there is no data set yet")
        library.use(dataset)
        let measuredOwn = try measured(own)
        #expect(measuredOwn.testStanding == .end(nil) && measuredOwn.testErrors == end.errors)
        #expect(try measured(foreign).testStanding == .none)
        library.finish()
    }

    @Test("A file that is no store is said to be none, once")
    func foreign() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("runs-\(UUID().uuidString)").path
        try Data("no database at all, and long enough to be read as one".utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let posts = Replies()
        let library = RunLibrary(
            open: { () throws(StoreError) in try RunStore(path: path, missing: .refuse) }, post: posts.post)
        library.perform(.follow(true))
        let error = posts.next { if case .unavailable(let error) = $0 { error } else { nil } }
        guard case .corrupt(path, _)? = error else {
            Issue.record("expected a corrupt store, found \(String(describing: error))")
            return
        }
        library.finish()
    }

    @Test("Events of a saved run stand where they happened")
    func markers() throws {
        let summary = RunSummary(
            unsaved: 3, spec: .standard, dataset: "rings",
            facts: RunFacts(parameters: 1, trainingRows: 9, validationRows: 1, testRows: 4, batchesPerEpoch: 1))
        let record = ShownRun(
            SavedRun(summary), epochs: [figures(1)],
            events: [
                RunEvent(.paused, position: 0.5), RunEvent(.plateau, position: 1, value: 0.01),
                RunEvent(.weightsReplaced, position: 1, value: 1), RunEvent(.finished, position: 1),
            ])
        #expect(
            record.markers == [
                ShownRun.Marker(kind: .pause, position: 0.5),
                ShownRun.Marker(kind: .learningRate(0.01), position: 1),
                ShownRun.Marker(kind: .weightsReplaced(.best(epoch: 1)), position: 1),
            ])
        #expect(record.key == .saved(3) && record.number == 3)
    }
}
