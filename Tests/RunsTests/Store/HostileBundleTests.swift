import Foundation
import GRDB
import Runs
import TestSupport
import Testing
import Training

/// Bundles that were made to do harm, or were damaged.
struct HostileBundleTests {
    private let folder: TemporaryFolder
    private var file: String { folder.path("run.run") }
    private let store: RunStore

    init() throws {
        folder = try TemporaryFolder()
        store = try RunStore()
        for name in ["one", "two"] { _ = try store.create(try RunSamples.run("8tanh seed=3", name: name)) }
    }

    /// A good bundle, after these statements.
    private func makeBundle(_ statements: String = "") throws {
        let other = try RunStore()
        let run = try other.create(try RunSamples.run(name: "arriving", tags: ["a"]))
        let trainer = try RunSamples.trainer("8tanh batch=30 val=0.1", batches: 20)
        var progress = RunSamples.progress([RunSamples.figures(1), RunSamples.figures(2)])
        progress.checkpoint = trainer.state
        progress.test = trainer.evaluateTest()
        progress.confusions = [
            EpochConfusion(
                epoch: 1, counts: [[3, 1], [2, 4]], sureness: Sureness(right: 4, wrong: 1),
                wrong: RowSet(count: 10) { $0 < 3 })
        ]
        progress.events = [RunEvent(.best, position: 1, time: RunSamples.start, value: 0.1)]
        progress.standing = .init(.finished, ended: RunSamples.start)
        try other.record(progress, run: run)
        try SharedSamples.enter(run: run, in: other)
        try other.export(run: run, to: file)
        let queue = try DatabaseQueue(path: file)
        try queue.inDatabase { try $0.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON") }
        try queue.write { try $0.execute(sql: statements) }
        try queue.close()
    }

    private func refusal() throws -> String {
        defer { #expect((try? store.summaries().compactMap(\.name)) == ["two", "one"]) }
        do throws(StoreError) {
            _ = try store.importBundle(file)
            return "taken in"
        } catch {
            return error.description.replacing(file, with: "FILE")
        }
    }

    @Test("The name of a column is never a part of a statement")
    func refusesStatementsInNames() throws {
        let column = "run, tag) VALUES (?, ? || ?); DELETE FROM run WHERE id < (SELECT max(id) FROM run); --"
        try makeBundle(
            """
            DROP TABLE run_tag;
            CREATE TABLE run_tag ("\(column)", run INTEGER NOT NULL, tag TEXT NOT NULL);
            INSERT INTO run_tag VALUES (1, 1, 'a');
            """)
        #expect(try refusal() == "FILE: not a run store: its run_tag is not as a run store has it")
    }

    @Test("A view that never ends is not begun")
    func refusesViews() throws {
        try makeBundle(
            """
            ALTER TABLE epoch RENAME TO old;
            CREATE VIEW epoch AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
                SELECT 1 AS run, i AS epoch FROM n;
            """)
        #expect(try refusal() == "FILE: not a run store: it has the view epoch, and a run store has none")
    }

    @Test("A number of classes that no memory holds is refused, with its row")
    func refusesManyClasses() throws {
        for classes in ["2147483648", "4611686018427387904", "9223372036854775807", "-1"] {
            try? folder.remove("run.run")
            try makeBundle("UPDATE confusion SET classes = \(classes)")
            let told = try refusal()
            #expect(told.hasPrefix("FILE: "), "\(classes)")
            #expect(told.contains(classes == "2147483648" ? "the confusion matrix of epoch 1 of its run 1" : "classes"))
        }
    }

    @Test("More sure predictions than there are, and wrong rows that there are not, are refused")
    func refusesOtherRows() throws {
        for (change, reason) in [
            ("sure_right = 8", "the number of sure predictions of epoch 1 of its run 1"),
            ("sure_wrong = 4", "the number of sure predictions of epoch 1 of its run 1"),
            ("wrong_rows = x'07'", "the wrong rows of epoch 1 of its run 1"),
            ("wrong_rows = x'0004'", "the wrong rows of epoch 1 of its run 1"),
        ] {
            try? folder.remove("run.run")
            try makeBundle("UPDATE confusion SET \(change)")
            #expect(try refusal().contains(reason), "\(change)")
        }
    }

    @Test("A value of a wrong kind or range in any column is refused, or harmless; nothing is half taken in")
    func refusesStrangeValues() throws {
        try makeBundle()
        let whole = try folder.bytes(of: "run.run")
        let tables = ["run"] + RunStore.parts + RunStore.sharedTables
        let columns: [(String, String)] = try DatabaseQueue(path: file).read { database in
            try tables.flatMap { table in try database.columns(in: table).map { (table, $0.name) } }
        }
        let values = [
            "9223372036854775807", "-9223372036854775808", "-1", "1e308", "-9e999", "9e999", "x'00ff'", "'text'", "''",
            "char(0, 27, 8238)",
        ]
        var refused = 0
        for (table, column) in columns {
            for value in values {
                try folder.write(whole, as: "run.run")
                let queue = try DatabaseQueue(path: file)
                // A constraint may keep the value out by itself.
                _ = try? queue.write { try $0.execute(sql: "UPDATE \(table) SET \(column) = \(value)") }
                try queue.close()
                let other = try RunStore()
                do throws(StoreError) {
                    for case .new(let run) in try other.importBundle(file) {
                        // What was taken in can be read.
                        _ = try other.epochGap(of: run)
                        try other.checkParts(of: run)
                    }
                } catch {
                    refused += 1
                    #expect(try other.summaries(.all).isEmpty, "\(table) \(column) \(value)")
                }
            }
        }
        #expect(refused > columns.count * 3)
    }

    @Test("Of a file with two runs, one of them damaged, none is taken")
    func takesAllOrNothing() throws {
        try makeBundle()
        let columns = try DatabaseQueue(path: file).read { database in
            try database.columns(in: "run").map(\.name).filter { $0 != "id" }
        }
        try folder.remove("run.run")
        try makeBundle(
            """
            INSERT INTO run SELECT 2, \(columns.joined(separator: ", ")) FROM run;
            INSERT INTO epoch SELECT 2, epoch, loss, accuracy, val_loss, val_accuracy, learning_rate, -1, NULL, NULL
                FROM epoch;
            """)
        #expect(try refusal().hasPrefix("FILE: not a saved run: its column seconds has an invalid value"))
    }

    @Test("A value that is none is told with its row")
    func namesRow() throws {
        try makeBundle("UPDATE checkpoint SET time = 9e300")
        #expect(
            try refusal()
                == "FILE: not a saved run: its column time has an invalid value, in the row of checkpoint with run 1, epoch 1"
        )
    }

    @Test("A run that is there already is named, and one that went on meanwhile is taken in beside it")
    func knowsRuns() throws {
        try makeBundle()
        #expect(try store.importBundle(file) == [.new(3)])
        #expect(try store.importBundle(file) == [.known(3)])
        do { try DatabaseQueue(path: file).write { try $0.execute(sql: "UPDATE run SET note = 'more'") } }
        #expect(try store.importBundle(file) == [.beside(4, known: 3)])
        try store.delete(runs: [3, 4])
        #expect(try store.importBundle(file) == [.new(5)])
    }

    @Test("A file that lies beside its journal is read whole, and nothing is left of the copy")
    func readsJournal() throws {
        try makeBundle()
        let writer = try RunStore(path: file)
        try writer.setNote(run: 1, to: "in the journal")
        for name in ["run.run", "run.run-wal"] { try folder.write(try folder.bytes(of: name), as: "left/\(name)") }
        #expect(try store.importBundle(folder.path("left/run.run")) == [.new(3)])
        #expect(try store.summary(of: 3)?.note == "in the journal")
        #expect(try folder.contents().filter { $0.hasPrefix("left/") } == ["left/run.run", "left/run.run-wal"])
        var copies: [String] = []
        try RunStore.withTemporaryCopy(of: folder.path("left/run.run")) { copy in
            copies = ["", "-wal"].map { copy + $0 }
            #expect(copies.allSatisfy(FileManager.default.fileExists))
            let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
        #expect(!copies.contains(where: FileManager.default.fileExists))
    }

    @Test("A bundle of the first layout is brought up to date, and its file stays as it is")
    func takesOldLayouts() throws {
        do { try DatabaseQueue(path: file).write { try $0.execute(sql: OldStores.firstLayout) } }
        let before = try folder.bytes(of: "run.run")
        #expect(try store.importBundle(file) == [.new(3)])
        #expect(try store.summary(of: 3)?.name == "wide")
        #expect(try store.epochs(of: 3).map(\.epoch) == [1, 2])
        #expect(try folder.bytes(of: "run.run") == before)
        #expect(try folder.names() == ["run.run"])
    }

    @Test("A bundle of a newer program says what of it is newer")
    func refusesNewer() throws {
        try makeBundle(
            "INSERT INTO grdb_migrations VALUES ('9 something'); UPDATE about SET value = '7.2.0' WHERE key = 'program'"
        )
        #expect(
            try refusal().hasPrefix(
                "FILE: made by trainspotter 7.2.0, in the layout \"9 something\", which is newer than"))
    }
}
