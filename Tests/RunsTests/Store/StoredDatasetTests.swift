import DataFormats
import Datasets
import Foundation
import GRDB
import Runs
import TestSupport
import Testing
import Training

/// What a store keeps of the data sets of its runs.
struct StoredDatasetTests {
    private let folder: TemporaryFolder
    private let store: RunStore

    init() throws {
        folder = try TemporaryFolder()
        store = try RunStore()
    }

    private static let kept: StoredDataset = {
        let pixels = [UInt8](repeating: 0, count: 35) + [16]
        let images = ImageSet(pixels: pixels, labels: [2], rows: 6, columns: 6)
        return StoredDataset(
            Dataset(
                name: "stripes", train: images, test: images, classes: 4, classNames: ["a", "b \"c\"", "ä", "d"],
                place: "stripes:set=one", format: "idx"))
    }()

    /// A run whose digest and data set were recorded.
    private func record(_ digest: String = SharedSamples.digest, _ dataset: StoredDataset = kept) throws -> RunSummary {
        let run = try store.create(try RunSamples.run())
        var progress = UnsavedProgress()
        (progress.fingerprint, progress.dataset) = (digest, dataset)
        try store.record(progress, run: run)
        return try #require(try store.summary(of: run))
    }

    private func dataset(of run: Int, in store: RunStore) throws -> StoredDataset? {
        try store.dataset(of: try #require(try store.summary(of: run)))
    }

    @Test("A recorded data set is there with its size, its classes' names, and its black and white")
    func records() throws {
        let dataset = try #require(try store.dataset(of: try record()))
        #expect(dataset == Self.kept)
        #expect(dataset.levels == ShownLevels(least: 0, greatest: 16) && dataset.shape.bytes == 36)
        #expect(try store.faults() == [])
    }

    @Test("Runs on the same images share a row, the last that was written, but each has the names that its classes had")
    func shares() throws {
        let first = try record()
        var other = Self.kept
        (other.name, other.classNames) = ("others", ["e", "f", "g", "h"])
        let second = try record(SharedSamples.digest, other)
        var earlier = other
        earlier.classNames = Self.kept.classNames
        #expect(try store.dataset(of: first) == earlier)
        #expect(try store.dataset(of: second) == other)
        // A run that is trained on has those of now, the others what they had.
        let again = try record()
        #expect(try store.dataset(of: second)?.classNames == other.classNames)
        #expect(try store.dataset(of: again) == Self.kept && store.dataset(of: first) == Self.kept)
        let third = try record(String(repeating: "f", count: 64), other)
        #expect(try store.dataset(of: third)?.name == "others")
    }

    @Test("A run without a digest, and one of a version that kept nothing, have none")
    func none() throws {
        let new = try store.create(try RunSamples.run())
        #expect(try dataset(of: new, in: store) == nil)
        var progress = UnsavedProgress()
        progress.fingerprint = SharedSamples.digest
        try store.record(progress, run: new)
        #expect(try dataset(of: new, in: store) == nil)
    }

    @Test("A recorder writes it as soon as the digest is known")
    func recorder() throws {
        let path = folder.path("runs.sqlite")
        let store = try RunStore(path: path)
        let run = try store.create(try RunSamples.run())
        let recorder = RunRecorder(
            store: store, target: .existing(run), fingerprint: { SharedSamples.digest }, dataset: Self.kept
        ) { _ in }
        recorder.record(.started(RunSamples.facts, untrained: nil))
        #expect(recorder.close(limit: Patience.limit) == nil)
        #expect(try dataset(of: run, in: store) == Self.kept)
    }

    @Test("Imported weights bring it with their run")
    func created() throws {
        var new = try RunSamples.run()
        (new.fingerprint, new.storedDataset) = (SharedSamples.digest, Self.kept)
        let run = try store.create(new)
        #expect(try dataset(of: run, in: store) == Self.kept)
    }

    @Test("Mean and deviation of the pixels come back to the bit, and are there only where inputs are scaled by them")
    func pixels() throws {
        for (line, isThere) in [("8tanh scale=standard val=0.1", true), ("8tanh val=0.1", false)] {
            let facts = try RunFacts(try RunSamples.spec(line), RunSamples.dataset)
            let trainer = try RunSamples.trainer(line, batches: 0)
            #expect(facts.pixels == trainer.pixelStatistics && (facts.pixels != nil) == isThere)
            var new = try RunSamples.run(line)
            new.facts = facts
            let run = try store.create(new)
            #expect(try store.summary(of: run)?.pixels == facts.pixels)
        }
        try store.execute("UPDATE run SET pixel_deviation = -1 WHERE id = 1")
        #expect(throws: StoreError.self) { try store.summary(of: 1) }
    }

    @Test("A bundle carries it, also one of the layout before, whose data sets are black at 0 and white at 255")
    func bundles() throws {
        let run = try record()
        try store.export(run: run.id, to: folder.path("one.run"))
        let other = try RunStore()
        #expect(try other.importBundle(folder.path("one.run")) == [.new(1)])
        #expect(try dataset(of: 1, in: other) == Self.kept)

        let path = folder.path("old.sqlite")
        let layouts = RunStore.migrator.migrations
        do {
            let queue = try DatabaseQueue(path: path)
            try RunStore.migrator.migrate(queue, upTo: layouts[2])
            try queue.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO dataset VALUES
                            ('\(SharedSamples.digest)', 'stripes', 'stripes', 'idx', 6, 6, 1, 500, 200, '["a","b","c","d"]');
                        INSERT INTO about VALUES ('program', '0.3.0');
                        """)
            }
        }
        let old = try RunStore(path: path)
        let new = try old.create(try RunSamples.run())
        try old.execute("UPDATE run SET fingerprint = '\(SharedSamples.digest)'")
        let found = try #require(try dataset(of: new, in: old))
        #expect(found.levels == .full && found.classNames == ["a", "b", "c", "d"])
    }
}
