import Foundation
import Runs
import Testing
import Training

/// Whose run it is, and whether that program is still there.
struct RunOwnerTests {
    private let gone = RunOwner(process: 1, host: RunOwner.current.host, boot: RunOwner.current.boot, start: "17")
    private let elsewhere = RunOwner(process: 1, host: "far", boot: "other", start: "5")

    @Test("This program is there, one with another start is not, and one elsewhere is while its heart beats")
    func tellsLife() {
        #expect(RunOwner.current.isAlive(heartbeat: 0, now: 1e9))
        #expect(!gone.isAlive(heartbeat: 1e9, now: 1e9))
        #expect(elsewhere.isAlive(heartbeat: 1e9, now: 1e9 + 80))
        #expect(!elsewhere.isAlive(heartbeat: 1e9, now: 1e9 + 100))
    }

    @Test("A run whose program is gone is interrupted, at once in lists and then for good")
    func marksInterrupted() throws {
        let store = try RunStore()
        let id = try store.create(try RunSamples.run(), owner: gone)
        let mine = try store.create(try RunSamples.run())
        #expect(try store.summaries().map(\.state) == [.running, .interrupted])
        #expect(try store.markInterrupted() == [id])
        #expect(try store.markInterrupted() == [])
        #expect(try store.summary(of: mine)?.state == .running)
    }

    @Test("An interrupted run that is left counts as stopped where it was last heard of; no other one changes")
    func leaves() throws {
        let store = try RunStore()
        let id = try store.create(try RunSamples.run(), owner: gone)
        let mine = try store.create(try RunSamples.run())
        try store.leave(run: id)
        let left = try #require(try store.summary(of: id))
        #expect(left.state == .stopped && left.state.canResume)
        #expect(left.ended == left.heartbeat)
        try store.leave(run: mine)
        #expect(try store.summary(of: mine)?.state == .running)
        #expect(throws: StoreError.noRun("9", nearest: nil)) { try store.leave(run: 9) }
    }

    @Test("A run can be taken up by one program only")
    func claims() throws {
        let store = try RunStore()
        let now = Date()
        let id = try store.create(try RunSamples.run(), owner: gone)
        try store.claim(run: id, owner: elsewhere, now: now)
        #expect(throws: StoreError.inUse(run: id, process: 1, host: "far")) { try store.claim(run: id, now: now) }
        try store.claim(run: id, now: now + 100)
        let run = try #require(try store.summary(of: id))
        #expect(run.owner == .current)
        #expect(throws: StoreError.noRun("7", nearest: nil)) { try store.claim(run: 7) }
    }
}
