import Foundation
import Reports
import Runs
import Specs
import TestSupport
import Testing
import Training

/// Saving and finding again, in memory.
struct RunStoreTests {
    private let store: RunStore

    init() throws { store = try RunStore() }

    @Test("A change that takes all epochs back leaves none, and no figures of one")
    func takesAllBack() throws {
        let store = try RunStore()
        let run = try store.create(try RunSamples.run())
        try store.record(RunSamples.progress([RunSamples.figures(1), RunSamples.figures(2)]), run: run)
        #expect(try store.summary(of: run)?.epochs == 2)
        var progress = UnsavedProgress()
        let change = LiveChange(.learningRate(0.02), at: RunPlace(epoch: 0, batch: 7))
        progress.changes = [RunChange(change, time: RunSamples.start)]
        try store.record(progress, run: run)
        let summary = try #require(try store.summary(of: run))
        #expect(summary.epochs == 0 && summary.seconds == 0)
        #expect(summary.loss == nil && summary.accuracy == nil && summary.learningRate == nil)
        #expect(summary.validationLoss == nil && summary.validationAccuracy == nil)
        #expect(summary.bestEpoch == nil && summary.bestValidationLoss == nil)
        #expect(try store.epochs(of: run).isEmpty && store.faults().isEmpty)
    }

    @Test("A claimed run that is given up again stands as it did before: a failed one with its reason")
    func givesUp() throws {
        let store = try RunStore()
        let run = try store.create(try RunSamples.run())
        let line = "8tanh adam lr=0.01 epochs=5 batch=30 seed=7 val=0.1"
        var progress = RunSamples.progress([RunSamples.figures(1)])
        progress.checkpoint = try RunSamples.trainer(line, batches: 15).state
        progress.standing = .init(.failed, failure: "the loss is no number", ended: RunSamples.start)
        try store.record(progress, run: run)
        let before = try #require(try store.summary(of: run))
        let claimed = try Resumption(run, .init(settings: [.learningRate(0.001)]), store: store) { "" }
        #expect(try store.summary(of: run)?.state == .running)
        claimed.release(in: store)
        let after = try #require(try store.summary(of: run))
        #expect(after.state == .failed && after.failure == "the loss is no number" && after.ended == before.ended)
    }

    @Test("A new run is listed with all that was known at its start")
    func creates() throws {
        let new = try RunSamples.run(name: "wide", tags: ["b", "a"])
        let id = try store.create(new)
        let run = try #require(try store.summaries().first)
        #expect(run.id == id)
        #expect(run.name == "wide")
        #expect(run.tags == ["a", "b"])
        #expect(run.specLine == new.line.spec.description)
        #expect(try run.spec() == new.line.spec)
        #expect(run.seed == 7)
        let counts: [Int] = [run.trainingRows, run.validationRows, run.testRows, run.batchesPerEpoch]
        #expect(counts == [450, 50, 200, 15])
        #expect(run.machine == RunSamples.machine)
        #expect(run.program == ProgramVersion.current)
        #expect(run.started == RunSamples.start)
        #expect(run.state == .running)
        #expect(run.plannedEpochs == 5)
        #expect(run.epochs == 0)
        #expect(run.loss == nil)
        #expect(run.checkpointEpoch == nil)
    }

    @Test("A seed of the full width comes back")
    func keepsSeeds() throws {
        _ = try store.create(try RunSamples.run("8tanh seed=18446744073709551615"))
        #expect(try store.summaries().map(\.seed) == [.max])
    }

    @Test("Epochs come back as they were, and the list has the last and the best of them")
    func recordsEpochs() throws {
        let id = try store.create(try RunSamples.run())
        let epochs = [0.9, 0.95, 0.93].enumerated().map { RunSamples.figures($0 + 1, validation: $1) }
        try store.record(RunSamples.progress(Array(epochs[..<2])), run: id)
        try store.record(RunSamples.progress([epochs[2]]), run: id)
        #expect(try store.epochs(of: id) == epochs)
        #expect(try store.epochs(of: id, after: 2) == [epochs[2]])
        let run = try #require(try store.summary(of: id))
        #expect(run.epochs == 3)
        #expect(run.validationAccuracy == 0.93)
        #expect(run.bestEpoch == 2)
        #expect(run.bestValidationAccuracy == 0.95)
        #expect(run.seconds == 0.75)
    }

    @Test("A loss that is no number stays one, and an epoch without validation has none")
    func keepsMissingFigures() throws {
        let id = try store.create(try RunSamples.run())
        try store.record(RunSamples.progress([RunSamples.figures(1, loss: .nan, validation: nil)]), run: id)
        let epoch = try #require(try store.epochs(of: id).first)
        #expect(epoch.loss.isNaN)
        #expect(epoch.validationLoss == nil)
        #expect(try store.summary(of: id)?.loss?.isNaN == true)
        #expect(try store.summary(of: id)?.bestEpoch == nil)
    }

    @Test("An epoch that is repeated takes its own place")
    func replacesEpochs() throws {
        let id = try store.create(try RunSamples.run())
        try store.record(RunSamples.progress([RunSamples.figures(1), RunSamples.figures(2)]), run: id)
        try store.record(RunSamples.progress([RunSamples.figures(2, loss: 0.4)]), run: id)
        #expect(try store.epochs(of: id).map(\.loss) == [0.5, 0.4])
    }

    @Test("A change by a person forgets the epochs that a run had after it before it was taken up")
    func forgetsAnotherCourse() throws {
        let id = try store.create(try RunSamples.run())
        try store.record(RunSamples.progress((1...4).map { RunSamples.figures($0) }), run: id)
        var progress = UnsavedProgress()
        progress.changes = [
            RunChange(LiveChange(.learningRate(0.1), at: RunPlace(epoch: 2, batch: 7)), time: RunSamples.start)
        ]
        try store.record(progress, run: id)
        #expect(try store.epochs(of: id).map(\.epoch) == [1, 2])
        #expect(try store.summary(of: id)?.epochs == 2)
        let run = try #require(try store.summary(of: id))
        #expect(try store.changes(of: run) == progress.changes)
        #expect(run.changeLine == "@2+7 lr=0.1")
    }

    @Test("Confusion, weights, test set and checkpoint come back bit for bit")
    func keepsLargeParts() throws {
        let trainer = try RunSamples.trainer("8tanh+bn adam lr=0.01 batch=30 restore=true ema=0.9 val=0.1", batches: 40)
        let id = try store.create(try RunSamples.run())
        var progress = UnsavedProgress()
        let validation = try #require(trainer.evaluateValidation())
        progress.confusions = [EpochConfusion(validation), EpochConfusion(epoch: 3, counts: validation.confusion)]
        progress.checkpoint = trainer.state
        progress.best = SavedWeights(at: RunPlace(epoch: 1), tensors: trainer.network.tensors())
        progress.final = SavedWeights(at: RunPlace(epoch: 2, batch: 10), tensors: trainer.network.tensors())
        progress.test = trainer.evaluateTest()
        try store.record(progress, run: id)
        #expect(try store.confusions(of: id) == progress.confusions)
        #expect(try store.checkpoint(of: id) == progress.checkpoint)
        #expect(try store.weights(of: id, .best) == progress.best)
        #expect(try store.weights(of: id, .final) == progress.final)
        #expect(try store.test(of: id) == progress.test)
        let report = TestReport(ClassificationMetrics(try #require(progress.test)))
        #expect(try store.testReport(of: id) == report)
        let run = try #require(try store.summary(of: id))
        #expect(run.checkpointEpoch == trainer.epoch)
        #expect(run.checkpointBatch == trainer.batch)
        #expect(run.testErrors == report.errors)
    }

    @Test("What was never saved is nothing")
    func hasNothingUnsaved() throws {
        let id = try store.create(try RunSamples.run())
        #expect(try store.checkpoint(of: id) == nil)
        #expect(try store.weights(of: id, .final) == nil)
        #expect(try store.test(of: id) == nil)
        #expect(try store.testReport(of: id) == nil)
        #expect(try store.epochs(of: id).isEmpty)
        #expect(try store.confusions(of: id).isEmpty)
    }

    @Test("The end of a run is written with its reason")
    func ends() throws {
        let id = try store.create(try RunSamples.run())
        var progress = UnsavedProgress()
        progress.standing = .init(.failed, failure: "the loss is no number", ended: RunSamples.start)
        try store.record(progress, run: id)
        let run = try #require(try store.summary(of: id))
        #expect(run.state == .failed)
        #expect(run.failure == "the loss is no number")
        #expect(run.ended == RunSamples.start)
    }

    @Test("Runs are found by number, by name and as the last one")
    func findsRuns() throws {
        let first = try store.create(try RunSamples.run(name: "wide"))
        let second = try store.create(try RunSamples.run(name: "deep"))
        let third = try store.create(try RunSamples.run(name: "deep"))
        #expect(try store.run(named: "\(second)").id == second)
        #expect(try store.run(named: "wide").id == first)
        #expect(try store.run(named: "last").id == third)
        #expect(throws: StoreError.ambiguous("deep", runs: [second, third])) { try store.run(named: "deep") }
        #expect(throws: StoreError.noRun("wyde", nearest: "wide")) { try store.run(named: "wyde") }
        #expect(throws: StoreError.noRun("99", nearest: nil)) { try store.run(named: "99") }
        for name in ["99", "-3", "last", "Last"] {
            #expect(throws: StoreError.takenWord(name)) { try store.rename(run: first, to: name) }
        }
        // A run of an older program may have such a name: what a number finds has that number.
        try store.execute("UPDATE run SET name = '99' WHERE id = \(first)")
        #expect(throws: StoreError.noRun("99", nearest: nil)) { try store.run(named: "99") }
    }

    @Test("Names, notes and tags change")
    func edits() throws {
        let id = try store.create(try RunSamples.run(tags: ["old"]))
        try store.rename(run: id, to: " wide ")
        try store.setNote(run: id, to: "two\nlines")
        try store.changeTags(run: id, adding: ["new", "new"], removing: ["old", "other"])
        var run = try #require(try store.summary(of: id))
        #expect(run.name == "wide")
        #expect(run.note == "two\nlines")
        #expect(run.tags == ["new"])
        try store.rename(run: id, to: "")
        run = try #require(try store.summary(of: id))
        #expect(run.name == nil)
        #expect(run.title == "8tanh")
        #expect(throws: StoreError.noRun("99", nearest: nil)) { try store.rename(run: 99, to: "x") }
        #expect(throws: StoreError.noRun("99", nearest: nil)) { try store.changeTags(run: 99, adding: ["x"]) }
    }

    @Test("A deleted run comes back whole, one that was purged never does, and its number is not given again")
    func deletes() throws {
        let id = try store.create(try RunSamples.run(tags: ["a"]))
        var progress = RunSamples.progress([RunSamples.figures(1)])
        progress.standing = .init(.finished)
        try store.record(progress, run: id)
        try store.delete(runs: [id], now: RunSamples.start)
        #expect(try store.summaries().isEmpty)
        #expect(try store.summaries(.deleted).map(\.deleted) == [RunSamples.start])
        #expect(throws: StoreError.noRun("\(id)", nearest: nil)) { try store.run(named: "\(id)") }
        try store.undelete(runs: [id])
        #expect(try store.summaries().map(\.tags) == [["a"]])
        #expect(try store.epochs(of: id).count == 1)

        try store.delete(runs: [id], now: RunSamples.start)
        #expect(try store.purge(deletedBefore: RunSamples.start) == 0)
        #expect(try store.purge(deletedBefore: RunSamples.start + 1) == 1)
        #expect(try store.epochs(of: id).isEmpty)
        #expect(throws: StoreError.noRun("\(id)", nearest: nil)) { try store.undelete(runs: [id]) }
        #expect(try store.create(try RunSamples.run()) == id + 1)
    }

    @Test("Figures that come little by little are listed as those that are read all together")
    func addsFigures() throws {
        let losses: [Double?] = [0.5, .nan, 0.3, 0.3, nil, 0.2, 0.4]
        let all = losses.enumerated().map { index, loss in
            var figures = RunSamples.figures(index + 1, loss: index == 3 ? .nan : 0.5, validation: nil)
            figures.validationLoss = loss
            figures.validationAccuracy = loss.map { $0.isNaN ? 0.1 : 1 - $0 }
            return figures
        }
        let (whole, parts) = (try store.create(try RunSamples.run()), try store.create(try RunSamples.run()))
        // In the wrong order at first, so that all of them are read.
        try store.record(RunSamples.progress([all[6]]), run: whole)
        try store.record(RunSamples.progress(all), run: whole)
        for slice in [all[0..<1], all[1..<2], all[2..<5], all[5..<7]] {
            try store.record(RunSamples.progress(Array(slice)), run: parts)
        }
        func listed(_ run: Int) throws -> [Double?] {
            let run = try #require(try store.summary(of: run))
            return [
                Double(run.epochs), run.loss, run.accuracy, run.validationLoss, run.validationAccuracy,
                run.bestEpoch.map(Double.init), run.bestValidationLoss, run.bestValidationAccuracy, run.seconds,
            ]
        }
        #expect(try listed(parts) == [7, 0.5, 0.8, 0.4, 0.6, 6, 0.2, 0.8, 1.75])
        #expect(try listed(parts) == listed(whole))
    }

    @Test("A run that a program trains is not deleted, unless that is asked for; one whose program is gone is")
    func keepsTrainedRuns() throws {
        let trained = try store.create(try RunSamples.run())
        let gone = try store.create(
            try RunSamples.run(), owner: RunOwner(process: 7, host: "elsewhere", boot: "", start: ""))
        let refusal = StoreError.inUse(run: trained, process: RunOwner.current.process, host: RunOwner.current.host)
        #expect(throws: refusal) { try store.delete(runs: [gone, trained], now: .distantFuture) }
        #expect(try store.summaries().count == 2)
        #expect(throws: StoreError.inUse(run: gone, process: 7, host: "elsewhere")) { try store.delete(runs: [gone]) }
        try store.delete(runs: [gone], now: .distantFuture)
        try store.delete(runs: [trained], evenTrained: true)
        #expect(try store.summaries().isEmpty)
    }

    @Test("Of several runs to delete, one that is not there leaves all")
    func deletesAllOrNone() throws {
        let id = try store.create(try RunSamples.run())
        #expect(throws: StoreError.noRun("99", nearest: nil)) { try store.delete(runs: [id, 99], evenTrained: true) }
        #expect(try store.summaries().count == 1)
    }

    @Test("A save for a run that is gone says so, and writes nothing")
    func refusesUnknownRuns() throws {
        #expect(throws: StoreError.noRun("5", nearest: nil)) {
            try store.record(RunSamples.progress([RunSamples.figures(1)]), run: 5)
        }
    }

    @Test("A save that fails half-way leaves what was there")
    func savesAllOrNothing() throws {
        let id = try store.create(try RunSamples.run())
        try store.record(RunSamples.progress([RunSamples.figures(1)]), run: id)
        try store.limitPages(to: 1)
        var progress = RunSamples.progress([RunSamples.figures(2)])
        progress.checkpoint = try RunSamples.trainer("200tanh val=0.1 batch=30", batches: 3).state
        #expect(throws: StoreError.full(path: ":memory:")) { try store.record(progress, run: id) }
        #expect(try store.epochs(of: id).map(\.epoch) == [1])
        #expect(try store.checkpoint(of: id) == nil)
        try store.limitPages(to: 1 << 20)
        try store.record(progress, run: id)
        #expect(try store.checkpoint(of: id) == progress.checkpoint)
    }

    @Test("The mark of changes moves with every write and with nothing else")
    func tellsChanges() throws {
        let id = try store.create(try RunSamples.run())
        let before = try store.changeMark()
        _ = try store.summaries()
        #expect(try store.changeMark() == before)
        try store.rename(run: id, to: "x")
        #expect(try store.changeMark() != before)
    }

    @Test("Each run of a list has its own tags and live changes, also one by one and alone")
    func keepsRowsApart() throws {
        var tags: [Int: [String]] = [:]
        var lines: [Int: String] = [:]
        for number in 0..<7 {
            let own = (0..<number % 3).map { "tag\(number)\($0)" }
            let id = try store.create(try RunSamples.run(tags: own))
            var progress = UnsavedProgress()
            progress.changes = (0..<(number + 1) % 4).map { change in
                RunChange(
                    LiveChange(.learningRate(0.1 + Double(change)), at: RunPlace(epoch: number, batch: change)),
                    time: RunSamples.start)
            }
            try store.record(progress, run: id)
            tags[id] = own
            lines[id] = RunLine.text(of: progress.changes.map(\.change))
        }
        var list: [RunSummary] = []
        let now = Date()
        try store.eachSummary(now: now) { list.append($0) }
        #expect(list.map(\.id) == [7, 6, 5, 4, 3, 2, 1])
        for run in list {
            #expect(run.tags == tags[run.id] && run.changeLine == lines[run.id])
            #expect(try store.summary(of: run.id, now: now) == run)
        }
        #expect(try store.summaries(now: now) == list)
        var end = UnsavedProgress()
        end.standing = .init(.finished)
        try store.record(end, run: 6)
        try store.delete(runs: [6])
        list.removeAll()
        try store.eachSummary(now: now) { list.append($0) }
        #expect(list.map(\.id) == [7, 5, 4, 3, 2, 1])
        #expect(list.allSatisfy { $0.tags == tags[$0.id] && $0.changeLine == lines[$0.id] })
    }

    @Test("A run whose texts are shared with another one's stays equal to itself")
    func sharesTexts() throws {
        let first = try store.create(try RunSamples.run(name: "one", tags: ["a"]))
        let second = try store.create(try RunSamples.run("64relu sgd lr=0.1 seed=2"))
        let one = try #require(try store.summary(of: first))
        let other = try #require(try store.summary(of: second))
        var shared = other
        shared.shareTexts(with: one)
        #expect(shared == other)
        shared.shareTexts(with: other)
        #expect(shared == other)
    }
}
