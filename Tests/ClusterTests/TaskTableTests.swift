import Cluster
import Specs
import Testing

/// The array tasks of a search as Slurm lists them, and what comes back.
@Suite struct TaskTableTests {
    private func work(_ trial: Int, cost: Double = 1) -> ClusterWork {
        ClusterWork(trial: trial, line: "8relu", rung: 0, until: 1, attempt: "a", hasState: false, cost: cost)
    }

    private func listing(_ lines: [(String, Int, SlurmState)]) -> SlurmListing {
        SlurmListing(
            Dictionary(
                uniqueKeysWithValues: lines.map { name, index, state in
                    (.init(name: name, index: index), .init(job: 7, state: state, reason: "Priority", node: "n1"))
                }))
    }

    private func place(_ index: Int) -> SlurmListing.Place { .init(name: "a", index: index) }

    @Test func `a task waits, runs, and is done when its last result has come, whatever Slurm says yet`() {
        var table = TaskTable()
        table.submitted("a", [[work(0), work(1)], [work(2)]], job: 7, at: 0)
        #expect(table.active == 2 && table.names == ["a"] && table.works.map(\.work.trial) == [0, 1, 2])
        let none = table.see(listing([("a", 0, .running), ("a", 1, .waiting)]), at: 1)
        #expect(none.isEmpty)
        #expect(table.running == 1 && table.reasons == ["Priority"])
        let ends = [table.arrived(work(0), from: place(0)), table.arrived(work(1), from: place(0))]
        #expect(ends == [false, false])
        #expect(table.active == 1)
        let isLast = table.arrived(work(2), from: place(1))
        #expect(isLast)
        #expect(table.tasks.isEmpty && table.names.isEmpty && table.losses(at: 1000).isEmpty)
    }

    @Test func `of a task whose node failed only what has not come is lost, after a moment for its files`() {
        var table = TaskTable()
        table.submitted("a", [[work(0), work(1)]], job: 7, at: 0)
        _ = table.arrived(work(0), from: place(0))
        #expect(table.see(listing([("a", 0, .ended(.nodeFailed))]), at: 10) == [place(0)])
        table.ended(place(0), TaskEnd(.nodeFailed, node: "n2"), at: 10)
        #expect(table.active == 0 && table.losses(at: 10 + TaskTable.shortDelay - 0.1).isEmpty)
        let losses = table.losses(at: 10 + TaskTable.shortDelay)
        #expect(losses.map(\.works) == [[work(1)]] && losses.first?.end.description == "its node failed on n2")
        #expect(losses.first?.wasThere == true && table.tasks.isEmpty)
    }

    @Test func `a task that says that it is done has longer until its files are missed`() {
        var table = TaskTable()
        table.submitted("a", [[work(0)]], job: 7, at: 0)
        _ = table.see(listing([("a", 0, .ended(.completed))]), at: 1)
        table.ended(place(0), TaskEnd(.completed), at: 1)
        #expect(table.losses(at: 1 + TaskTable.delay - 1).isEmpty && table.losses(at: 1 + TaskTable.delay).count == 1)
    }

    @Test func `a task that was listed and is not any more has ended; one that was not yet has time to appear`() {
        var table = TaskTable()
        table.submitted("a", [[work(0)], [work(1)]], job: nil, at: 0)
        #expect(table.see(listing([("a", 0, .running)]), at: 5).isEmpty)
        #expect(table.see(listing([]), at: 10) == [place(0)])
        table.ended(place(0), TaskEnd(nil), at: 10)
        #expect(table.see(listing([]), at: TaskTable.patience - 1).isEmpty)
        #expect(table.see(listing([]), at: TaskTable.patience + 1) == [place(1)])
        table.ended(place(1), TaskEnd(nil), at: 61)
        #expect(table.losses(at: 100).map(\.wasThere) == [true, false])
    }

    @Test func `one of a session before that is not listed has ended at once`() {
        var table = TaskTable()
        table.submitted("a", [[work(0)]], job: nil, at: nil)
        #expect(table.see(listing([]), at: 0) == [place(0)])
    }

    @Test func `an end without anything left to come is no loss`() {
        var table = TaskTable()
        table.submitted("a", [[], [work(1)]], job: 7, at: 0)
        #expect(table.tasks.count == 1)
        table.ended(place(0), TaskEnd(.completed), at: 0)
        #expect(table.losses(at: 1000).isEmpty)
    }

    @Test func `trials are dealt out so that tasks cost about the same`() {
        let works = [9.0, 1, 2, 8, 3, 7].enumerated().map { work($0.offset, cost: $0.element) }
        let lists = ClusterBatch.deal(works, among: 3)
        #expect(lists.map { $0.reduce(0) { $0 + $1.cost } } == [10, 10, 10])
        #expect(lists.flatMap(\.self).map(\.trial).sorted() == [0, 1, 2, 3, 4, 5])
        #expect(ClusterBatch.deal(works, among: 20).count == 6 && ClusterBatch.deal([work(0)], among: 1).count == 1)
    }

    @Test func `three losses without progress give a trial up, progress begins to count anew`() {
        var attempts = Attempts()
        attempts.arrived(9)
        #expect(attempts.lost(0, at: RunPlace(epoch: 0)) == .again)
        #expect(attempts.lost(0, at: RunPlace(epoch: 0)) == .again)
        #expect(attempts.lost(0, at: RunPlace(epoch: 0, batch: 5)) == .again)
        #expect(attempts.lost(0, at: RunPlace(epoch: 0, batch: 5)) == .again)
        #expect(attempts.lost(0, at: RunPlace(epoch: 0, batch: 5)) == .again)
        #expect(attempts.lost(0, at: RunPlace(epoch: 0, batch: 5)) == .givesUp)
    }

    @Test func `where nothing has ever come back the search stops, and no trial is blamed`() {
        var attempts = Attempts()
        let start = RunPlace(epoch: 0)
        #expect((0..<5).map { attempts.lost($0, at: start) } == [.again, .again, .again, .again, .again])
        #expect(attempts.lost(5, at: start) == .stops)
        var one = Attempts()
        #expect([one.lost(0, at: start), one.lost(0, at: start), one.lost(0, at: start)] == [.again, .again, .stops])
    }
}
