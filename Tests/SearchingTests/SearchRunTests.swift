import Datasets
import Foundation
import Kernels
import Runs
import Search
import Searching
import Specs
import Synchronization
import TestSupport
import Testing

/// Searches on a few small images, with real threads and a real store.
@Suite("Searches under way") struct SearchRunTests {
    private static let dataset: Dataset = {
        func images(_ count: Int, seed: UInt64) -> ImageSet {
            var generator = SeededGenerator(seed: seed)
            let labels = (0..<count).map { UInt8($0 % 3) }
            let pixels = labels.flatMap { label in
                (0..<16).map { pixel in UInt8(pixel % 3 == Int(label) ? 200 : 0) + UInt8(generator.next() % 50) }
            }
            return ImageSet(pixels: pixels, labels: labels, rows: 4, columns: 4)
        }
        return Dataset(name: "stripes", train: images(120, seed: 1), test: images(30, seed: 2), classes: 3)
    }()

    private let folder: TemporaryFolder
    private let reader: RunStore
    private let place: SearchRun.Place

    init() throws {
        folder = try TemporaryFolder()
        let path = folder.path("runs.sqlite")
        place = SearchRun.Place(
            store: try RunStore(path: path), dataset: Self.dataset, source: .mnist, workers: 2)
        reader = try RunStore(path: path)
    }

    private func request(_ line: String) throws -> SearchRequest {
        try SearchRequest(parsing: line, inputs: 16, classes: 3)
    }

    private func begin(_ line: String) throws -> SearchRun {
        try SearchRun(beginning: request(line), in: place) { _ in }
    }

    private func summary(_ number: Int) throws -> SearchSummary {
        try #require(try reader.summary(ofSearch: number)).get()
    }

    /// Runs it on another thread, while a body changes it.
    private func running(
        _ search: SearchRun, _ body: (SearchRun) throws -> Void
    ) rethrows -> SearchEngine.Ending {
        let done = DispatchSemaphore(value: 0)
        let ending = Mutex(SearchEngine.Ending.stopped)
        Thread {
            let found = search.run().ending
            ending.withLock { $0 = found }
            done.signal()
        }.start()
        defer { search.engine.stop() }
        try body(search)
        done.wait()
        return ending.withLock(\.self)
    }

    private func wait(_ condition: () throws -> Bool) rethrows -> Bool {
        for _ in 0..<1500 {
            if try condition() { return true }
            Thread.sleep(forTimeInterval: 0.02)
        }
        return false
    }

    @Test func `a search comes to its end, and its best trial alone is measured on the test set`() throws {
        let search = try begin("4relu lr=1e-3..1e-1 epochs=4 trials=6")
        #expect(search.run().ending == .finished)
        let summary = try summary(search.number)
        #expect(summary.state == .ended && summary.begun == 6 && summary.halving.results[0].count == 6)
        #expect(summary.plan.trials == 6 && summary.plan.data == "mnist")
        let tested = try reader.summaries(.all).filter { $0.testAccuracy != nil }
        #expect(tested.map(\.id) == [summary.finalists.first?.trial.run])
        #expect(summary.finalists[0].seeds == 3 && summary.finalists[0].deviation != nil)
        #expect(BestSoFar(summary).results.count >= 6 && summary.search.seconds > 0)
    }

    @Test func `with restore trials are compared by the weights that they end with`() throws {
        let search = try begin("4relu lr=0.05..2 optimizer=sgd batch=8 restore=true epochs=12 val=0.2 trials=5")
        #expect(search.run().ending == .finished)
        let summary = try summary(search.number)
        for trial in summary.trials where trial.state == .finished {
            let run = try #require(trial.run)
            let epochs = try reader.epochs(of: run)
            let reached = try #require(epochs.min { ($0.validationLoss ?? 9) < ($1.validationLoss ?? 9) })
            #expect(trial.accuracy == reached.validationAccuracy && trial.loss == reached.validationLoss)
        }
        #expect(summary.trials.contains { $0.loss != $0.epochs.last?.loss }, "the last epoch was always the best")
    }

    @Test func `while it is paused nothing is trained, its runs stay its own, and its clock stands`() throws {
        let search = try begin("4relu lr=1e-3..1e-1 epochs=300000 trials=4")
        let ending = try running(search) { search in
            #expect(try wait { try summary(search.number).epochsTrained > 10 })
            search.engine.pause(true)
            #expect(try wait { try reader.summaries(.all).allSatisfy { $0.state != .running } })
            let (epochs, seconds) = (try summary(search.number).epochsTrained, search.engine.seconds)
            Thread.sleep(forTimeInterval: 0.4)
            #expect(try summary(search.number).epochsTrained - epochs <= 2 && search.engine.seconds == seconds)
            // Nobody else can go on with it meanwhile.
            #expect(
                try summary(search.number).state == .running(process: Int(ProcessInfo.processInfo.processIdentifier)))
            search.engine.pause(false)
            #expect(try wait { try summary(search.number).epochsTrained > epochs + 2 })
            search.engine.stop()
        }
        #expect(ending == .stopped)
        #expect(try summary(search.number).state == .interrupted)
    }

    @Test func `a trial that is taken out goes on no more, also after the search is resumed`() throws {
        let search = try begin("4relu lr=1e-3..1e-1 epochs=300000 trials=2")
        let ending = try running(search) { search in
            let isThere = try wait {
                let summary = try summary(search.number)
                return summary.trials.count == 2 && summary.epochsTrained > 4
            }
            #expect(isThere)
            search.engine.drop(0)
            let hasStopped = try wait { try summary(search.number).trials[0].state == .stopped }
            #expect(hasStopped)
            search.engine.stop()
        }
        #expect(ending == .stopped)
        let length = try summary(search.number).trials[0].length
        let again = try SearchRun(resuming: search.number, in: place) { _ in }
        let second = try running(again) { search in
            let before = try summary(search.number).trials[1].length
            #expect(try wait { try summary(search.number).trials[1].length > before })
            search.engine.stop()
        }
        #expect(second == .stopped)
        let trial = try summary(search.number).trials[0]
        #expect(trial.state == .stopped && trial.length == length)
    }

    @Test func `a greater budget begins more trials, and stays for the next session`() throws {
        let search = try begin("4relu lr=1e-3..1e-1 epochs=30 trials=3")
        let ending = running(search) { search in search.engine.change(trials: 7, seconds: nil) }
        #expect(ending == .finished)
        let summary = try summary(search.number)
        #expect(summary.begun == 7 && summary.plan.trials == 7)
    }

    @Test func `what can't be resumed says why`() throws {
        let search = try begin("4relu lr=1e-3..1e-1 epochs=1 trials=2")
        _ = search.run()
        func words(_ number: Int, _ place: SearchRun.Place) -> String? {
            do throws(SearchProblem) {
                _ = try SearchRun(resuming: number, in: place) { _ in }
                return nil
            } catch { return error.words }
        }
        #expect(words(search.number, place) == "search 1 has ended" && words(9, place) == "there is no search 9")
    }
}
