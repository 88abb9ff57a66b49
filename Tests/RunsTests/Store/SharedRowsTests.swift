import DataFormats
import Foundation
import GRDB
import Runs
import TestSupport
import Testing

/// What runs have in common: of it no program writes splits, searches and trials yet.
enum SharedSamples {
    static let digest = String(repeating: "0123456789abcdef", count: 4)
    /// Rows 7 and 499.
    static let heldOut: [UInt8] = [7, 0, 0, 0, 0xF3, 1, 0, 0]

    static var splitDigest: String {
        var digest = SHA256()
        digest.update(heldOut)
        return digest.finish()
    }

    /// Gives a run a data set, a split, and a place in a search: trial number 4.
    static func enter(run: Int, trial: Int = 4, in store: RunStore) throws {
        try store.execute(
            """
            INSERT OR IGNORE INTO dataset
                VALUES ('\(digest)', 'stripes', 'stripes', 'idx', 6, 6, 1, 500, 200, '["a","b","c","d"]', 0, 255);
            INSERT OR IGNORE INTO split VALUES ('\(splitDigest)', 'drawn', x'07000000F3010000');
            INSERT OR IGNORE INTO search VALUES (9, 'widths', 'units 8 16', '7', 'ended', 1000, 2000, 900);
            INSERT INTO trial VALUES (9, \(trial), \(run), '8tanh', 'ended', 0.25, '8.0');
            UPDATE run SET fingerprint = '\(digest)', split = '\(splitDigest)' WHERE id = \(run);
            """)
    }
}

/// Data sets, splits and searches go with a run to where it goes.
struct SharedRowsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func file(_ name: String) -> String { folder.path(name) }

    /// A row a line, of a store that is closed.
    private func rows(_ statement: String, of path: String) throws -> [String] {
        try DatabaseQueue(path: path).read { database in
            try Row.fetchAll(database, sql: statement).map { row in
                row.map { "\($0.1)" }.joined(separator: " ")
            }
        }
    }

    /// A store with two runs of one search.
    private func makeStore() throws -> RunStore {
        let store = try RunStore()
        for trial in [4, 5] {
            let run = try store.create(try RunSamples.run("\(trial)tanh val=0.1 seed=\(trial)", name: "trial \(trial)"))
            try SharedSamples.enter(run: run, trial: trial, in: store)
        }
        return store
    }

    @Test("A bundle carries its run's data set, split, search and trial, and two of one search meet again")
    func carries() throws {
        let store = try makeStore()
        try store.export(run: 1, to: file("one.run"))
        try store.export(run: 2, to: file("two.run"))
        #expect(try rows("SELECT number, run FROM trial", of: file("two.run")) == ["5 1"])
        let path = file("runs.sqlite")
        do {
            let other = try RunStore(path: path)
            _ = try other.create(try RunSamples.run("16tanh seed=3", name: "there"))
            #expect(try other.importBundle(file("two.run")) == [.new(2)])
            #expect(try other.importBundle(file("one.run")) == [.new(3)])
            #expect(try other.faults() == [])
        }
        #expect(
            try rows("SELECT digest, name, training_rows, class_names FROM dataset", of: path)
                == [#""\#(SharedSamples.digest)" "stripes" 500 "[\"a\",\"b\",\"c\",\"d\"]""#])
        #expect(
            try rows("SELECT digest, method, hex(validation_rows) FROM split", of: path)
                == ["\"\(SharedSamples.splitDigest)\" \"drawn\" \"07000000F3010000\""])
        #expect(try rows("SELECT name, plan, seed FROM search", of: path) == ["\"widths\" \"units 8 16\" \"7\""])
        #expect(
            try rows("SELECT number, run, score FROM trial WHERE search IN (SELECT id FROM search)", of: path)
                == ["4 3 0.25", "5 2 0.25"])
    }

    @Test("A run that comes back takes its place in its search again")
    func comesBack() throws {
        let store = try makeStore()
        try store.export(run: 1, to: file("one.run"))
        try store.execute("DELETE FROM run WHERE id = 1")
        #expect(try store.importBundle(file("one.run")) == [.new(3)])
        try store.export(run: 3, to: file("again.run"))
        #expect(try rows("SELECT number, run FROM trial", of: file("again.run")) == ["4 1"])
    }

    @Test(
        "What is none of its kind is refused, and said",
        arguments: [
            ("UPDATE dataset SET rows = 0", "the data set of its run 1 can't be read: it has 0 rows"),
            ("UPDATE dataset SET channels = 70000", "the data set of its run 1 can't be read: it has 70000 channels"),
            (
                "UPDATE dataset SET white = 256",
                "the data set of its run 1 can't be read: its black is not below its white, in a byte"
            ),
            (
                "UPDATE dataset SET black = 255",
                "the data set of its run 1 can't be read: its black is not below its white, in a byte"
            ),
            (
                "UPDATE dataset SET class_names = '[1, 2]'",
                "the data set of its run 1 can't be read: the names of its classes are no list of 1 to 256"
            ),
            (
                "UPDATE split SET validation_rows = x'07000000F4010000'",
                "the split of its run 1 can't be read: its checksum is wrong"
            ),
            ("UPDATE search SET started = -5", "not a saved run: its column started has an invalid value"),
            (
                "UPDATE trial SET state = x'00'",
                "not a saved run: its column state has an invalid value, in the row of trial with run 1, search 1, "
                    + "number 4"
            ),
        ])
    func refuses(damage: String, reason: String) throws {
        let store = try makeStore()
        try store.export(run: 1, to: file("one.run"))
        do { try DatabaseQueue(path: file("one.run")).write { try $0.execute(sql: damage) } }
        let other = try RunStore()
        #expect(throws: StoreError.unsuitable(path: file("one.run"), reason: reason)) {
            try other.importBundle(file("one.run"))
        }
        #expect(try other.summaries(.all).isEmpty)
    }

    @Test("A row that the data set does not have is not held out of it")
    func refusesRows() throws {
        let store = try makeStore()
        var digest = SHA256()
        digest.update([0xF4, 1, 0, 0])
        let wrong = digest.finish()
        try store.execute(
            """
            INSERT INTO split VALUES ('\(wrong)', 'drawn', x'F4010000');
            UPDATE run SET split = '\(wrong)' WHERE id = 1;
            """)
        #expect(
            try store.faults() == [
                "run 1: the split can't be read: it holds row 500 out, of 500 that are counted from 0"
            ])
    }

    @Test("A salvage takes them over, and a trial of a lost run stays without it")
    func salvages() throws {
        let path = file("runs.sqlite")
        do {
            let store = try RunStore(path: path)
            for trial in [4, 5] {
                let run = try store.create(try RunSamples.run(name: "trial \(trial)"))
                try SharedSamples.enter(run: run, trial: trial, in: store)
            }
            try store.execute("PRAGMA foreign_keys = OFF")
        }
        do {
            var configuration = Configuration()
            configuration.foreignKeysEnabled = false
            try DatabaseQueue(path: path, configuration: configuration).write {
                try $0.execute(sql: "DELETE FROM run WHERE id = 1; UPDATE dataset SET rows = 'many'")
            }
        }
        let salvage = try RunStore.salvage(path, into: file("rescued.sqlite"))
        #expect(salvage.runs == 1 && salvage.losses == ["1 of each dataset can't be read"])
        #expect(
            try rows("SELECT number, run FROM trial", of: file("rescued.sqlite")) == ["4 NULL", "5 2"])
        #expect(try rows("SELECT count(*) FROM split", of: file("rescued.sqlite")) == ["1"])
    }
}
