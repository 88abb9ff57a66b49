import Foundation
import GRDB
import Runs
import Specs
import Synchronization
import TestSupport
import Testing
import Training

/// Runs that are saved while they train.
@Suite(.timeLimit(.minutes(40))) struct RunRecorderTests {
    private let store: RunStore
    private let line = "8tanh+drop0.2 adam lr=0.01 batch=30 epochs=4 seed=3 val=0.1"

    init() throws { store = try RunStore() }

    /// Trains with a recorder until the run's end.
    private func train(_ recorder: RunRecorder, from state: TrainerState? = nil) throws {
        let news = DispatchSemaphore(value: 0)
        let session = TrainingSession(
            spec: try RunSamples.spec(line), dataset: RunSamples.dataset, threads: 1,
            start: .init(state: state, recorder: recorder)
        ) { news.signal() }
        var isOver = false
        while !isOver {
            try #require(news.wait(timeout: Patience.end) == .success)
            isOver = session.takeNews().events.contains(.finished)
        }
        session.send(.stop)
        session.waitUntilEnded()
    }

    /// Trains with a recorder, and stops the run at the end of an epoch.
    private func train(_ recorder: RunRecorder, stopAfter epoch: Int) throws {
        let holder = HoldingRecorder(at: [epoch], inner: recorder)
        let session = TrainingSession(
            spec: try RunSamples.spec(line), dataset: RunSamples.dataset, threads: 1, start: .init(recorder: holder)
        ) {}
        #expect(holder.waitForArrival())
        session.send(.stop)
        holder.letGo()
        session.waitUntilEnded()
    }

    @Test(
        "What can't be written by the end of the time that there is, is late, and is written when the store is free again"
    )
    func late() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("runs.sqlite")
        let store = try RunStore(path: path)
        let run = try store.create(try RunSamples.run(line))
        let recorder = RunRecorder(store: store, target: .existing(run)) { _ in }
        let other = try DatabaseQueue(path: path)
        // The other program writes all the while.
        try other.inTransaction(.immediate) { _ in
            recorder.interrupt()
            recorder.record(.ended(RunEnd(.stopped, at: RunPlace(epoch: 0, batch: 1), position: 0.2, weights: [])))
            #expect(recorder.close(limit: .milliseconds(50)) == .late(path: path))
            let state = try store.summary(of: run)?.state
            #expect(state == .running)
            return .commit
        }
        #expect(recorder.close(limit: Patience.limit) == nil)
        #expect(try store.summary(of: run)?.state == .interrupted)
    }

    @Test("An end that takes long is waited for as long as whoever closes the recorder wants")
    func waitsForItsEnd() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("runs.sqlite")
        let store = try RunStore(path: path)
        let run = try store.create(try RunSamples.run(line))
        let recorder = RunRecorder(store: store, target: .existing(run)) { _ in }
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: path, configuration: configuration)
        try other.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
        recorder.record(.ended(RunEnd(.stopped, at: RunPlace(epoch: 0, batch: 1), position: 0.2, weights: [])))
        var asked = 0
        let failure = recorder.close { waited in
            #expect(waited > .zero)
            asked += 1
            // Only now the other program is done.
            if asked == 5 { try? other.inDatabase { try $0.execute(sql: "COMMIT") } }
            return false
        }
        #expect(failure == nil)
        #expect(asked >= 5)
        #expect(try store.summary(of: run)?.state == .stopped)
    }

    @Test("Where a saved state stands is told with each, and where the run stands at its end with the last")
    func tellsStates() throws {
        let places = Mutex<[RunPlace]>([])
        let run = try store.create(try RunSamples.run(line))
        let recorder = RunRecorder(store: store, target: .existing(run)) { _ in
        } onState: { place in
            places.withLock { $0.append(place) }
        }
        try train(recorder)
        #expect(recorder.close(limit: Patience.limit) == nil)
        #expect(places.withLock(\.last) == RunPlace(epoch: 4))
        #expect(try store.summary(of: run)?.checkpointPlace == RunPlace(epoch: 4))
    }

    @Test("A run that a person stops before its first epoch is done is not saved; one that is interrupted is")
    func abandoned() throws {
        let spec = try RunSamples.spec(line)
        let facts = RunFacts(parameters: 1, trainingRows: 2, validationRows: 3, testRows: 4, batchesPerEpoch: 5)
        let ending = RecordedEvent.ended(RunEnd(.stopped, at: RunPlace(epoch: 0, batch: 1), position: 0.2, weights: []))
        func recorder() -> RunRecorder {
            RunRecorder(
                store: store,
                target: .new { facts in
                    NewRun(
                        line: RunLine(spec: spec), dataset: "stripes", dataSource: "stripes", facts: facts,
                        machine: RunSamples.machine)
                }
            ) { _ in }
        }
        let abandoned = recorder()
        abandoned.record(.started(facts, untrained: nil))
        abandoned.record(ending)
        #expect(abandoned.close(limit: Patience.limit) == nil)
        #expect(abandoned.run == nil)
        #expect(try store.summaries(.all).isEmpty)

        // Its thread has looked at the end, and found nothing to save, before it is closed.
        let slow = recorder()
        slow.record(.started(facts, untrained: nil))
        slow.record(ending)
        #expect(Patience.wait { slow.hasNothingToSave })
        #expect(slow.close(limit: Patience.limit) == nil)
        #expect(try store.summaries(.all).isEmpty)

        let interrupted = recorder()
        interrupted.interrupt()
        interrupted.record(.started(facts, untrained: nil))
        interrupted.record(ending)
        #expect(interrupted.close(limit: Patience.limit) == nil)
        #expect(try store.summaries(.all).map(\.state) == [.interrupted])
    }

    @Test("A recorded run has all that happened, and its number is told")
    func records() throws {
        let reports = Mutex<[RunRecorder.Report]>([])
        let spec = try RunSamples.spec(line)
        let recorder = RunRecorder(
            store: store,
            target: .new { facts in
                NewRun(
                    line: RunLine(spec: spec), dataset: "stripes", dataSource: "stripes", facts: facts,
                    machine: RunSamples.machine)
            }, fingerprint: { "abc" }
        ) { report in reports.withLock { $0.append(report) } }
        try train(recorder)
        #expect(recorder.close(limit: Patience.limit) == nil)
        #expect(reports.withLock(\.self) == [.numbered(1)])
        let run = try #require(try store.summary(of: 1))
        #expect(run.state == .finished)
        #expect(run.epochs == 4)
        #expect(run.fingerprint == "abc")
        #expect(run.trainingRows == 450)
        #expect(try store.epochs(of: 1).map(\.epoch) == [1, 2, 3, 4])
        #expect(try store.confusions(of: 1).map(\.epoch) == [0, 1, 2, 3, 4])
        #expect(try store.events(of: 1).map(\.kind) == [.finished])
        #expect(try store.checkpoint(of: 1)?.epoch == 4)
        #expect(try store.weights(of: 1, .best)?.place.epoch == run.bestEpoch)
        #expect(try store.test(of: 1)?.count == 200)
    }

    @Test("A run that was interrupted and taken up is the one that never was, to the bit")
    func resumes() throws {
        let whole = try store.create(try RunSamples.run(line))
        let first = RunRecorder(store: store, target: .existing(whole)) { _ in }
        try train(first)
        #expect(first.close(limit: Patience.limit) == nil)

        let cut = try store.create(try RunSamples.run(line))
        let second = RunRecorder(store: store, target: .existing(cut)) { _ in }
        second.interrupt()
        try train(second, stopAfter: 2)
        #expect(second.close(limit: Patience.limit) == nil)
        #expect(try store.summary(of: cut)?.state == .interrupted)
        try store.claim(run: cut)
        let third = RunRecorder(store: store, target: .existing(cut)) { _ in }
        try train(third, from: try store.checkpoint(of: cut))
        #expect(third.close(limit: Patience.limit) == nil)
        #expect(try store.summary(of: cut)?.state == .finished)
        #expect(try store.checkpoint(of: cut)?.network == store.checkpoint(of: whole)?.network)
        #expect(try store.weights(of: cut, .final) == store.weights(of: whole, .final))
        #expect(try store.weights(of: cut, .best) == store.weights(of: whole, .best))
        #expect(try store.test(of: cut) == store.test(of: whole))
        #expect(try store.confusions(of: cut) == store.confusions(of: whole))
    }

    @Test("A full disk is told once, training goes on, and all is saved when there is room again, and that it was so")
    func retries() throws {
        let reports = Mutex<[RunRecorder.Report]>([])
        let run = try store.create(try RunSamples.run(line))
        try store.limitPages(to: 1)
        let recorder = RunRecorder(store: store, target: .existing(run)) { report in
            if report == .failed(.full(path: ":memory:")) { try? store.limitPages(to: 1 << 20) }
            reports.withLock { $0.append(report) }
        }
        try train(recorder)
        #expect(recorder.close(limit: Patience.limit) == nil)
        let reported = reports.withLock(\.self)
        #expect(reported.count == 2 && reported.first == .failed(.full(path: ":memory:")))
        guard case .recovered(let event)? = reported.last else {
            Issue.record("expected that saving works again, found \(reported)")
            return
        }
        let saved = try #require(try store.events(of: run).first { $0.kind == .saveFailed })
        #expect(saved.text == ":memory:: the disk is full" && event.text == saved.text)
        #expect((saved.position, saved.value ?? -1) == (event.position, event.value ?? -2))
        #expect(try store.epochs(of: run).map(\.epoch) == [1, 2, 3, 4])
        #expect(try store.weights(of: run, .final) != nil)
    }

    @Test(
        "A store that is removed while a run trains: it is told, and all of the run is saved anew in its place",
        arguments: [["runs.sqlite"], ["runs.sqlite", "runs.sqlite-wal", "runs.sqlite-shm"]])
    func savesAnew(names: [String]) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("deep/runs.sqlite")
        try folder.write([], as: "deep/runs.sqlite")
        let store = try RunStore(path: path)
        _ = try store.create(try RunSamples.run(line, name: "another"))
        let run = try store.create(try RunSamples.run(line, name: "kept", tags: ["a"]))
        let reports = Mutex<[RunRecorder.Report]>([])
        let recorder = RunRecorder(store: store, target: .existing(run)) { report in
            reports.withLock { $0.append(report) }
        }
        for name in names { try folder.remove("deep/\(name)") }
        if names.count > 1 { try folder.remove("deep") }
        try train(recorder)
        #expect(recorder.close(limit: Patience.limit) == nil)
        let reported = reports.withLock(\.self)
        #expect(reported.first == .failed(.gone(path: path)) && reported.count == 2)
        let anew = try RunStore(path: path)
        #expect(try anew.summaries().map(\.id) == [run])
        #expect(try anew.summary(of: run)?.tags == ["a"])
        #expect(try anew.summary(of: run)?.state == .finished)
        #expect(try anew.epochs(of: run).map(\.epoch) == [1, 2, 3, 4])
        #expect(try anew.weights(of: run, .final) != nil)
        #expect(try anew.faults() == [])
    }

    @Test("Where another store lies at the place by then, the run goes into it beside what is there")
    func savesBeside() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("runs.sqlite")
        let store = try RunStore(path: path)
        let run = try store.create(try RunSamples.run(line, name: "kept"))
        try folder.remove("runs.sqlite")
        #expect(try RunStore(path: path).create(try RunSamples.run(name: "new")) == run)
        let reports = Mutex<[RunRecorder.Report]>([])
        let recorder = RunRecorder(store: store, target: .existing(run)) { report in
            reports.withLock { $0.append(report) }
        }
        try train(recorder)
        #expect(recorder.close(limit: Patience.limit) == nil)
        #expect(recorder.run == run + 1)
        #expect(reports.withLock { $0.contains(.numbered(run + 1)) })
        #expect(try RunStore(path: path).summaries().map(\.name) == ["kept", "new"])
    }

    @Test("What a store in memory stands in for gets the run as soon as it can be made")
    func standsIn() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("runs.sqlite")
        let store = try RunStore(standingInFor: path)
        let run = try store.create(try RunSamples.run(line, name: "kept"))
        let reports = Mutex<[RunRecorder.Report]>([])
        let recorder = RunRecorder(store: store, target: .existing(run)) { report in
            reports.withLock { $0.append(report) }
        }
        try train(recorder)
        #expect(recorder.close(limit: Patience.limit) == nil)
        #expect(reports.withLock(\.self) == [.numbered(1)])
        #expect(try RunStore(path: path).summaries().map(\.state) == [.finished])
        #expect(try RunStore(path: path).epochs(of: 1).map(\.epoch) == [1, 2, 3, 4])
    }

    @Test("A run that is deleted while it trains is saved on, and can be brought back whole")
    func deleted() throws {
        let reports = Mutex<[RunRecorder.Report]>([])
        let run = try store.create(try RunSamples.run(line))
        try store.delete(runs: [run], evenTrained: true)
        let recorder = RunRecorder(store: store, target: .existing(run)) { report in
            reports.withLock { $0.append(report) }
        }
        try train(recorder)
        #expect(recorder.close(limit: Patience.limit) == nil)
        #expect(reports.withLock(\.self) == [.deleted(true)])
        #expect(try store.summaries().isEmpty)
        try store.undelete(runs: [run])
        #expect(try store.summaries().map(\.state) == [.finished])
        #expect(try store.epochs(of: run).map(\.epoch) == [1, 2, 3, 4])
    }

    @Test("A run that another program has taken up, or that is gone for good, is left alone; training goes on")
    func lost() throws {
        let other = RunOwner(process: 7, host: "elsewhere", boot: "", start: "")
        let taken = try store.create(try RunSamples.run(line))
        var progress = UnsavedProgress()
        progress.standing = .init(.interrupted)
        try store.record(progress, run: taken)
        try store.claim(run: taken, owner: other)
        let gone = try store.create(try RunSamples.run(line))
        try store.delete(runs: [gone], evenTrained: true)
        try store.purge(deletedBefore: Date.distantFuture)
        for (run, reason) in [
            (taken, StoreError.inUse(run: taken, process: 7, host: "elsewhere")),
            (gone, .noRun("\(gone)", nearest: nil)),
        ] {
            let reports = Mutex<[RunRecorder.Report]>([])
            let recorder = RunRecorder(store: store, target: .existing(run)) { report in
                reports.withLock { $0.append(report) }
            }
            try train(recorder)
            #expect(recorder.close(limit: Patience.limit) == reason)
            #expect(reports.withLock(\.self) == [.lost(reason)])
        }
        #expect(try store.summary(of: taken)?.owner == other)
        #expect(try store.epochs(of: taken).isEmpty)
    }

    @Test("What can't be saved at the end is told")
    func tellsLoss() throws {
        let run = try store.create(try RunSamples.run(line))
        try store.limitPages(to: 1)
        let recorder = RunRecorder(store: store, target: .existing(run)) { _ in }
        try train(recorder)
        #expect(recorder.close(limit: Patience.limit) == .full(path: ":memory:"))
    }
}
