import Foundation
import GRDB
import Runs
import Specs
import TestSupport
import Testing

/// Stores of older programs.
struct MigrationTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("runs.sqlite") }

    init() throws { folder = try TemporaryFolder() }

    @Test("A store of the first layout is brought up to date: every row stays, and changes get their exact place")
    func takesUpFirstLayout() throws {
        do { try DatabaseQueue(path: path).write { try $0.execute(sql: OldStores.firstLayout) } }
        let store = try RunStore(path: path)
        let run = try #require(try store.summaries().first)
        #expect((run.id, run.name, run.tags, run.epochs) == (3, "wide", ["a"], 2))
        #expect(try store.epochs(of: 3).map(\.epoch) == [1, 2])
        #expect(try store.events(of: 3).map(\.kind) == [.paused])
        // 15 batches an epoch: 1.4 epochs are one and six batches.
        #expect(run.changeLine == "@1+6 drop1=0.3 lr=0.02" && run.lineFault == nil)
        #expect(try run.line().changes.count == 2)
        #expect(try store.faults().isEmpty)
        #expect(try store.create(try RunSamples.run()) == 4)
        // And once more: nothing is left to do.
        #expect(try RunStore(path: path).events(of: 3).count == 1)
    }
}
