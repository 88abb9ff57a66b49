import Foundation
import Runs
import Specs
import TestSupport
import Testing
import Training

/// A run in one file, from store to store.
struct RunBundleTests {
    private let folder: TemporaryFolder
    private var file: String { folder.path("wide.run") }

    init() throws { folder = try TemporaryFolder() }

    private func sample() throws -> (store: RunStore, run: Int) {
        let store = try RunStore()
        _ = try store.create(try RunSamples.run(name: "another"))
        let run = try store.create(try RunSamples.run(name: "wide", tags: ["a", "b"]))
        let trainer = try RunSamples.trainer("8tanh batch=30 val=0.1", batches: 20)
        var progress = RunSamples.progress([RunSamples.figures(1), RunSamples.figures(2)])
        progress.checkpoint = trainer.state
        progress.final = SavedWeights(at: RunPlace(epoch: 2), tensors: trainer.network.tensors())
        progress.test = trainer.evaluateTest()
        progress.events = [RunEvent(.finished, position: 2, time: RunSamples.start)]
        progress.standing = .init(.finished, ended: RunSamples.start)
        try store.record(progress, run: run)
        return (store, run)
    }

    @Test("A run arrives with all that belongs to it, under a number of its own, in one file")
    func carries() throws {
        let (store, run) = try sample()
        try store.export(run: run, to: file)
        #expect(try folder.names() == ["wide.run"])
        let other = try RunStore()
        _ = try other.create(try RunSamples.run("16tanh seed=3", name: "there"))
        #expect(try other.importBundle(file) == [.new(2)])
        var expected = try #require(try store.summary(of: run))
        expected.id = 2
        #expect(try other.summary(of: 2) == expected)
        #expect(try other.epochs(of: 2) == store.epochs(of: run))
        #expect(try other.events(of: 2) == store.events(of: run))
        #expect(try other.checkpoint(of: 2) == store.checkpoint(of: run))
        #expect(try other.weights(of: 2, .final) == store.weights(of: run, .final))
        #expect(try other.test(of: 2) == store.test(of: run))
        #expect(try folder.names() == ["wide.run"])
    }

    @Test("A person's own file beside a bundle stays as it is")
    func leavesOthers() throws {
        let (store, run) = try sample()
        try folder.write("mine", as: "wide.run.part")
        try store.export(run: run, to: file)
        #expect(try folder.names() == ["wide.run", "wide.run.part"])
        #expect(try folder.text(of: "wide.run.part") == "mine")
    }

    @Test("A run that goes on is interrupted where it arrives")
    func settles() throws {
        let store = try RunStore()
        let run = try store.create(try RunSamples.run())
        try store.export(run: run, to: file)
        let other = try RunStore()
        _ = try other.importBundle(file)
        #expect(try other.summaries().map(\.state) == [.interrupted])
    }

    @Test("Nothing is written over, and bad files are refused with nothing taken")
    func refuses() throws {
        let (store, run) = try sample()
        try folder.write("taken", as: "wide.run")
        #expect(throws: StoreError.unsuitable(path: file, reason: "there is something already")) {
            try store.export(run: run, to: file)
        }
        #expect(throws: StoreError.unsuitable(path: file, reason: "not a file written by `runs export --bundle`")) {
            try store.importBundle(file)
        }
        #expect(throws: StoreError.unsuitable(path: folder.path("none"), reason: "there is no such file")) {
            try store.importBundle(folder.path("none"))
        }
        #expect(throws: StoreError.noRun("77", nearest: nil)) { try store.export(run: 77, to: folder.path("x")) }
        let good = folder.path("good.run")
        try store.export(run: run, to: good)
        var bytes = try folder.bytes(of: "good.run")
        let place = try #require((0..<bytes.count - 4).first { Array(bytes[$0..<$0 + 4]) == Array("TSWT".utf8) })
        bytes[place + 60] ^= 1
        try folder.write(bytes, as: "good.run")
        #expect(
            throws: StoreError.unsuitable(
                path: good, reason: "the final weights of its run 1 can't be read: its checksum is wrong")
        ) { try store.importBundle(good) }
        #expect(try store.summaries().count == 2)
    }
}
