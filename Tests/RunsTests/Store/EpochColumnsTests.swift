import Foundation
import GRDB
import Runs
import Specs
import TestSupport
import Testing
import Training

/// The columns of an epoch that came with layout 3.
struct EpochColumnsTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("runs.sqlite") }

    init() throws { folder = try TemporaryFolder() }

    @Test("Norms of gradients and wall time are kept with their epoch, also those that there are not")
    func kept() throws {
        let store = try RunStore(path: path)
        let run = try store.create(try RunSamples.run())
        var first = RunSamples.figures(1)
        (first.gradientNorm, first.wallSeconds) = (1e60, 0.75)
        let second = RunSamples.figures(2)
        try store.record(RunSamples.progress([first, second]), run: run)
        #expect(try store.epochs(of: run) == [first, second])
        try store.export(run: run, to: folder.path("run.run"))
        let other = try RunStore(path: folder.path("other.sqlite"))
        #expect(try other.importBundle(folder.path("run.run")) == [.new(1)])
        #expect(try other.epochs(of: 1) == [first, second])
    }

    @Test("Epochs of earlier layouts have none")
    func earlier() throws {
        do { try DatabaseQueue(path: path).write { try $0.execute(sql: OldStores.firstLayout) } }
        let epochs = try RunStore(path: path).epochs(of: 3)
        #expect(epochs.count == 2 && epochs.allSatisfy { $0.gradientNorm == nil && $0.wallSeconds == nil })
    }

    @Test("Both take at most 18 bytes an epoch: 180 kB after 10,000 epochs")
    func bytes() throws {
        func size(_ name: String, _ change: (inout EpochFigures) -> Void) throws -> Int {
            let store = try RunStore(path: folder.path(name))
            let run = try store.create(try RunSamples.run())
            let epochs = (1...10_000).map { epoch in
                var figures = RunSamples.figures(epoch, loss: 1 / Double(epoch + 2), validation: 1 / 3.0)
                change(&figures)
                return figures
            }
            try store.record(RunSamples.progress(epochs), run: run)
            return try DatabaseQueue(path: folder.path(name)).read { database in
                let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
                return try pages * (Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0)
            }
        }
        let without = try size("without.sqlite") { _ in }
        let with = try size("with.sqlite") { ($0.gradientNorm, $0.wallSeconds) = (1 / 3.0, 1 / 7.0) }
        #expect(with > without && with - without <= 180_000)
    }

    @Test("A norm or a time that none can be is refused with its column", arguments: ["gradient_norm", "wall_seconds"])
    func refused(column: String) throws {
        let store = try RunStore(path: path)
        let run = try store.create(try RunSamples.run())
        try store.record(RunSamples.progress([RunSamples.figures(1)]), run: run)
        try DatabaseQueue(path: path).write { try $0.execute(sql: "UPDATE epoch SET \(column) = -1") }
        let error = try #require(throws: StoreError.self) { try store.epochs(of: run) }
        #expect(error.description.contains(column))
    }

    @Test("The epoch whose weights are kept as the best ones is told without reading them")
    func bestEpoch() throws {
        let store = try RunStore(path: path)
        let run = try store.create(try RunSamples.run())
        #expect(try store.bestEpochKept(of: run) == nil)
        let trainer = try RunSamples.trainer("8tanh", batches: 1)
        var progress = RunSamples.progress([RunSamples.figures(1)])
        progress.best = SavedWeights(at: RunPlace(epoch: 1), tensors: trainer.network.tensors())
        try store.record(progress, run: run)
        #expect(try store.bestEpochKept(of: run) == 1)
    }
}
