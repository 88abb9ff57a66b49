import Foundation
import GRDB
import Runs
import Synchronization
import TestSupport
import Testing

/// Whether a file's tables are a store's.
struct StoreSchemaTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("runs.sqlite") }

    init() throws { folder = try TemporaryFolder() }

    private func refusal(of statements: String) throws -> String {
        do { _ = try RunStore(path: path) }
        do { try DatabaseQueue(path: path).write { try $0.execute(sql: statements) } }
        let before = try folder.bytes(of: "runs.sqlite")
        defer { #expect((try? folder.bytes(of: "runs.sqlite")) == before) }
        do throws(StoreError) {
            _ = try RunStore(path: path)
            return "opened"
        } catch {
            return error.description.replacing(path + ": not a run store: ", with: "")
        }
    }

    @Test(
        "A store with anything that a store does not have is refused untouched",
        arguments: [
            ("CREATE VIEW v AS SELECT 1", "it has the view v, and a run store has none"),
            (
                "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM run; END",
                "it has the trigger t, and a run store has none"
            ),
            ("CREATE TABLE more (a)", "its more is not as a run store has it"),
            ("CREATE INDEX more ON run (spec)", "its more is not as a run store has it"),
            ("ALTER TABLE run ADD COLUMN more TEXT", "its run is not as a run store has it"),
            ("ALTER TABLE epoch RENAME COLUMN loss TO \"loss, run\"", "its epoch is not as a run store has it"),
            ("DROP TABLE fingerprint", "its fingerprint is not as a run store has it"),
            ("DELETE FROM grdb_migrations WHERE rowid = 1", "it names layouts that it can't have"),
            (
                "DROP TABLE about; CREATE VIEW about AS SELECT 1 AS key",
                "it has the view about, and a run store has none"
            ),
        ])
    func refuses(statements: String, reason: String) throws { #expect(try refusal(of: statements) == reason) }

    @Test("Tables that SQLite's search trees make up are refused before one is read")
    func refusesVirtualTables() throws {
        #expect(
            try refusal(of: "CREATE VIRTUAL TABLE boxes USING rtree (id, low, high)")
                == "it has the virtual table boxes, and a run store has none")
    }

    @Test("A store whose making was cut short is made whole")
    func takesUpUnmadeStores() throws {
        try folder.write([], as: "runs.sqlite")
        #expect(try RunStore(path: path).summaries().isEmpty)
        let early = folder.path("early.sqlite")
        do {
            try DatabaseQueue(path: early).write {
                try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
            }
        }
        #expect(try RunStore(path: early).summaries().isEmpty)
    }

    @Test("A store that another program migrates while it is checked is opened", arguments: 1...9)
    func migratedMeanwhile(statement: Int) throws {
        let layouts = RunStore.migrator.migrations
        let other = try DatabaseQueue(path: path)
        try RunStore.migrator.migrate(other, upTo: layouts[layouts.count - 2])
        _ = try other.inDatabase { try String.fetchOne($0, sql: "PRAGMA journal_mode = WAL") }

        let statements = Mutex(0)
        let queue = try DatabaseQueue(path: path)
        queue.inDatabase {
            $0.trace { _ in
                let number = statements.withLock { count in
                    count += 1
                    return count
                }
                if number == statement { try? RunStore.migrator.migrate(other) }
            }
        }
        try RunStore.prepare(queue, path: path, keepsBackup: false)
        #expect(statements.withLock { $0 } > statement)
        #expect(try other.read { try RunStore.migrator.hasCompletedMigrations($0) })
    }

    @Test("Statements are compared word by word: blanks, comments and quotes around plain words say nothing")
    func splitsWords() {
        let words = ["create", "table", "run", "(", "id", "integer", ",", "\"a, b\"", "'no ''t'", ")"]
        #expect(SQLWords.split("CREATE TABLE run (id INTEGER, \"a, b\" 'no ''t')").count == words.count + 1)
        #expect(
            SQLWords.split("create table \"run\"(\n  id -- the number\n INTEGER /* whole */)")
                == ["create", "table", "run", "(", "id", "integer", ")"])
        #expect(SQLWords.split("\"a, b\"") != SQLWords.split("a, b"))
        #expect(SQLWords.split("\"open") == ["open"])
        #expect(SQLWords.split("/* open") == [])
    }
}
