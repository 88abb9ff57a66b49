import Foundation
import Networks
import Reports
import Runs
import Specs
import Training

/// Times what the user waits for with many saved runs.
enum HistoryBench {
    private static let (runs, epochs) = (1000, 100)

    /// Fills a store in a temporary file, and times opening and listing it, with the file in the system's cache.
    static func run(rounds: Int) throws(CommandFailure) -> String {
        let path = NSTemporaryDirectory() + "trainspotter-bench-\(getpid()).sqlite"
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        try stored { () throws(StoreError) in try fill(path) }
        var rows = [["runs of \(epochs) epochs", "\(runs)"]]
        for (name, body) in works(path) {
            var times: [Double] = []
            for _ in 0..<rounds {
                let start = ContinuousClock.now
                try stored(body)
                times.append(start.duration(to: .now) / .milliseconds(1))
            }
            times.sort()
            rows.append([name, "\(FigureText.fixed(times[0], 1)) to \(FigureText.fixed(times[rounds - 1], 1)) ms"])
        }
        return TextTable.text(rows)
    }

    private static func works(_ path: String) -> [(String, () throws(StoreError) -> Void)] {
        [
            (
                "open and list",
                { () throws(StoreError) in _ = try RunStore(path: path, missing: .refuse).summaries() }
            ),
            (
                "open, list, and filter by lr and optimizer",
                { () throws(StoreError) in
                    let runs = try RunStore(path: path, missing: .refuse).summaries()
                    let filter = (try? RunFilter(parsing: "lr<0.01 optimizer=adam")) ?? .none
                    _ = runs.filter(filter.accepts)
                }
            ),
            (
                "open and read one run's epochs and confusions",
                { () throws(StoreError) in
                    let store = try RunStore(path: path, missing: .refuse)
                    _ = try store.epochs(of: runs / 2)
                    _ = try store.confusions(of: runs / 2)
                }
            ),
        ]
    }

    private static func fill(_ path: String) throws(StoreError) {
        let store = try RunStore(path: path)
        let facts = RunFacts(
            parameters: ExperimentSpec.standard.network.parameterCount, trainingRows: 54_000, validationRows: 6_000,
            testRows: 10_000, batchesPerEpoch: 1_688)
        let new = NewRun(
            line: RunLine(spec: .standard), dataset: "mnist", dataSource: "mnist", facts: facts,
            machine: .current(threads: 2),
            tags: ["bench"])
        var progress = UnsavedProgress()
        progress.epochs = (1...epochs).map { epoch in
            EpochFigures(
                epoch: epoch, loss: 1 / Double(epoch), accuracy: 0.9, validationLoss: 1 / Double(epoch),
                validationAccuracy: 0.9, learningRate: 0.001, seconds: 0.05)
        }
        let counts = [[Int]](repeating: [Int](repeating: 60, count: 10), count: 10)
        progress.confusions = (1...epochs).map { EpochConfusion(epoch: $0, counts: counts) }
        progress.final = SavedWeights(
            at: RunPlace(epoch: epochs),
            tensors: [Tensor(name: "0.kernel", shape: [784, 32], values: .init(repeating: 0.5, count: 25_088))])
        progress.standing = .init(.finished, ended: Date())
        for _ in 0..<runs {
            let run = try store.create(new)
            try store.record(progress, run: run)
        }
    }
}
