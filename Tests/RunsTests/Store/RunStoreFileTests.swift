import Datasets
import Foundation
import GRDB
import Reports
import Runs
import TestSupport
import Testing
import Training

/// Stores on a disk: good and bad files, two connections.
struct RunStoreFileTests {
    @Test("A full disk, a locked store and full memory are told apart, and each by what SQLite says of it")
    func tellsApart() {
        func error(_ code: ResultCode) -> StoreError { StoreError(DatabaseError(resultCode: code), path: "f") }
        #expect(error(.SQLITE_NOMEM) == .noMemory(path: "f"))
        #expect(error(.SQLITE_IOERR_NOMEM) == .noMemory(path: "f"))
        #expect(error(.SQLITE_FULL) == .full(path: "f"))
        #expect(error(.SQLITE_BUSY) == .busy(path: "f") && error(.SQLITE_LOCKED) == .busy(path: "f"))
        #expect(
            error(.SQLITE_INTERRUPT)
                == .unsuitable(path: "f", reason: "reading it took longer than \(RunStore.readingBound) seconds"))
        #expect(StoreError.noMemory(path: "f").passes && StoreError.noMemory(path: "f").description.contains("memory"))
    }

    @Test("What SQLite could not open is told with the reason, which it does not say itself")
    func tellsWhatCantBeOpened() throws {
        let folder = try TemporaryFolder()
        func error(_ path: String) -> StoreError { StoreError(DatabaseError(resultCode: .SQLITE_CANTOPEN), path: path) }
        let path = folder.path("runs.sqlite")
        #expect(error(path) == .unsuitable(path: path, reason: "the file can't be made"))
        _ = try RunStore(path: path)
        #expect(error(path) == .failed(path: path, reason: "a file beside it can't be made"))
    }

    @Test("A file from elsewhere that keeps reading busy is given up after a time, and one that does not is not")
    func boundsReading() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("foreign.sqlite")
        _ = try RunStore(path: path).create(try RunSamples.run())
        let store = try RunStore.foreign(path, seconds: 1)
        try store.read("SELECT * FROM run")
        let reason = "reading it took longer than \(RunStore.readingBound) seconds"
        #expect(throws: StoreError.unsuitable(path: path, reason: reason)) {
            try store.read("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
        }
    }

    @Test("Of a large checkpoint's pages few stay in memory once it is saved, and once it is read")
    func releasesPages() throws {
        let folder = try TemporaryFolder()
        let store = try RunStore(path: folder.path("runs.sqlite"))
        let run = try store.create(try RunSamples.run())
        var progress = RunSamples.progress([RunSamples.figures(1)])
        progress.checkpoint = try RunSamples.trainer("3000relu-300relu batch=30 val=0.1", batches: 1).state
        try store.record(progress, run: run)
        #expect(store.cachedBytes() <= 3 << 20)
        let bytes = try #require(try store.checkpoint(of: run)).bytes.count
        #expect(bytes > 8 << 20, "large enough to show it")
        #expect(store.cachedBytes() <= 3 << 20)
    }

    @Test("A store of an older program becomes its owner's alone once; a mode that its owner gives it later stays")
    func tightensOnce() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("runs.sqlite")
        func mode() throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        do { try DatabaseQueue(path: path).write { try $0.execute(sql: OldStores.firstLayout) } }
        chmod(path, 0o644)
        do { _ = try RunStore(path: path) }
        #expect(try mode() == 0o600)
        chmod(path, 0o640)
        do { _ = try RunStore(path: path) }
        #expect(try mode() == 0o640)
    }

    private let folder: TemporaryFolder
    private var path: String { folder.path("runs.sqlite") }

    init() throws { folder = try TemporaryFolder() }

    @Test("A store keeps its runs when it is closed, with every commit synced")
    func reopens() throws {
        let id: Int
        do {
            let store = try RunStore(path: path)
            #expect(try store.pragmas() == ["wal", "2", "1"])
            id = try store.create(try RunSamples.run(name: "kept"))
        }
        let store = try RunStore(path: path, missing: .refuse)
        #expect(try store.summaries().map(\.id) == [id])
        #expect(try store.pragmas() == ["wal", "2", "1"])
    }

    @Test("Two connections see each other's runs, and their marks move")
    func sharesFile() throws {
        let (first, second) = (try RunStore(path: path), try RunStore(path: path))
        let mark = try second.changeMark()
        let id = try first.create(try RunSamples.run())
        #expect(try second.changeMark() != mark)
        try second.rename(run: id, to: "by the other")
        #expect(try first.summaries().map(\.name) == ["by the other"])
    }

    @Test("Many threads that open and write one new store at once lose nothing")
    func opensAtOnce() async throws {
        let path = path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let store = try RunStore(path: path)
                    for _ in 0..<5 { _ = try store.create(try RunSamples.run()) }
                }
            }
            try await group.waitForAll()
        }
        #expect(try RunStore(path: path).summaries().map(\.id) == Array((1...20).reversed()))
    }

    @Test("A store of a newer program is refused untouched, and names that program")
    func refusesNewer() throws {
        do {
            _ = try RunStore(path: path)
            let queue = try DatabaseQueue(path: path)
            try queue.write { database in
                try database.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 something new')")
                try database.execute(sql: "UPDATE about SET value = '7.2.0' WHERE key = 'program'")
            }
        }
        let before = try folder.bytes(of: "runs.sqlite")
        #expect(throws: StoreError.newer(path: path, layout: "9 something new", program: "7.2.0")) {
            try RunStore(path: path)
        }
        #expect(try folder.bytes(of: "runs.sqlite") == before)
        let known = try #require(RunStore.migrator.migrations.last)
        #expect(
            StoreError.newer(path: "runs.sqlite", layout: "9 something new", program: "7.2.0").description
                == """
                runs.sqlite: made by trainspotter 7.2.0, in the layout "9 something new", which is newer than "\(known)", \
                the newest that this \(ProgramVersion.current) knows; left as it is
                """)
    }

    @Test("Another program's database is refused untouched")
    func refusesForeign() throws {
        do {
            try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE recipe (name TEXT)") }
        }
        let before = try folder.bytes(of: "runs.sqlite")
        #expect(throws: StoreError.foreign(path: path)) { try RunStore(path: path) }
        #expect(try folder.bytes(of: "runs.sqlite") == before)
    }

    @Test("A file that is no database is refused untouched")
    func refusesNonsense() throws {
        let text = String(repeating: "not a database\n", count: 100)
        try folder.write(text, as: "runs.sqlite")
        #expect(throws: StoreError.corrupt(path: path, reason: "file is not a database")) { try RunStore(path: path) }
        #expect(try folder.text(of: "runs.sqlite") == text)
    }

    @Test("A damaged page is told where it is met, and an intact run is still read")
    func findsDamage() throws {
        do {
            let store = try RunStore(path: path)
            let id = try store.create(try RunSamples.run())
            var progress = UnsavedProgress()
            progress.checkpoint = try RunSamples.trainer("8tanh val=0.1 batch=30", batches: 3).state
            try store.record(progress, run: id)
        }
        var bytes = try folder.bytes(of: "runs.sqlite")
        let magic = Array("TSCP".utf8)
        let place = try #require((0..<bytes.count - 4).first { Array(bytes[$0..<$0 + 4]) == magic })
        bytes[place + 200] ^= 0x40
        try folder.write(bytes, as: "runs.sqlite")
        let store = try RunStore(path: path)
        #expect(try store.summaries().count == 1)
        #expect(throws: StoreError.damaged(run: 1, what: "the checkpoint", reason: "its checksum is wrong")) {
            try store.checkpoint(of: 1)
        }
    }

    @Test("A store that can't be written is read without a file beside it, each change refused")
    func readsWithoutWriting() throws {
        do {
            let store = try RunStore(path: path)
            try store.record(RunSamples.progress([RunSamples.figures(1)]), run: try store.create(try RunSamples.run()))
        }
        let before = try folder.bytes(of: "runs.sqlite")
        #expect(try folder.names() == ["runs.sqlite"])
        do {
            let store = try RunStore(reading: path)
            #expect(try store.summaries().map(\.epochs) == [1])
            #expect(try store.epochs(of: 1).map(\.epoch) == [1])
            #expect(throws: StoreError.readOnly(path: path)) { try store.rename(run: 1, to: "x") }
            #expect(throws: StoreError.readOnly(path: path)) { _ = try store.create(try RunSamples.run()) }
        }
        #expect(try folder.bytes(of: "runs.sqlite") == before)
    }

    @Test("Beside a program that writes it, what is only read follows")
    func readsBesideWriter() throws {
        let writer = try RunStore(path: path)
        let run = try writer.create(try RunSamples.run())
        let reader = try RunStore(reading: path)
        let mark = try reader.changeMark()
        try writer.record(RunSamples.progress([RunSamples.figures(1)]), run: run)
        #expect(try reader.changeMark() != mark)
        #expect(try reader.epochs(of: run).map(\.epoch) == [1])
    }

    @Test("What a program that was killed left in its journal is read, too, from a copy that is gone afterwards")
    func readsJournal() throws {
        let writer = try RunStore(path: path)
        try writer.record(RunSamples.progress([RunSamples.figures(1)]), run: try writer.create(try RunSamples.run()))
        // As it would be found after a kill: file and journal, without the memory that both share.
        for name in ["runs.sqlite", "runs.sqlite-wal"] {
            try folder.write(try folder.bytes(of: name), as: "left/\(name)")
        }
        let left = folder.path("left/runs.sqlite")
        let store = try RunStore(reading: left)
        #expect(try store.epochs(of: 1).map(\.epoch) == [1])
        #expect(try folder.contents().filter { $0.hasPrefix("left/") } == ["left/runs.sqlite", "left/runs.sqlite-wal"])
    }

    @Test("A path without a folder, a folder, and a store that must be there are each told apart")
    func refusesPaths() throws {
        let missing = folder.path("none/runs.sqlite")
        #expect(throws: StoreError.noFolder(path: missing)) { try RunStore(path: missing) }
        #expect(throws: StoreError.notFound(path: path)) { try RunStore(path: path, missing: .refuse) }
        #expect(throws: StoreError.unsuitable(path: folder.path, reason: "expected a file, found a folder")) {
            try RunStore(path: folder.path)
        }
        #expect(try folder.names().isEmpty)
    }

    @Test("A store that is removed or replaced while it is open says so at the next call")
    func noticesRemoval() throws {
        let store = try RunStore(path: path)
        let run = try store.create(try RunSamples.run())
        try folder.remove("runs.sqlite")
        #expect(throws: StoreError.gone(path: path)) { try store.rename(run: run, to: "x") }
        #expect(throws: StoreError.gone(path: path)) { try store.summaries() }
        // Another store at its place, beside what SQLite had laid there of the first.
        let other = try RunStore(path: path)
        #expect(try other.summaries().isEmpty)
        #expect(throws: StoreError.gone(path: path)) { try store.summaries() }
        #expect(try other.create(try RunSamples.run()) == 1)
        #expect(try other.faults().isEmpty)
    }

    @Test("A name that SQLite would take for something else is a file's name here")
    func takesNamesAsTheyAre() throws {
        for name in [":memory:", "file:x?mode=memory"] {
            #expect(RunStore.plain(name) == "./" + name)
            do { _ = try RunStore(path: folder.path(name)).create(try RunSamples.run(name: "kept")) }
            #expect(try RunStore(path: folder.path(name)).summaries().map(\.name) == ["kept"])
        }
    }

    @Test("The standard place has folders made for it, and without a home there is none")
    func findsStandardPlace() throws {
        let place = try RunStore.standardPath(dataFolder: folder.path("data"), makingFolders: true)
        #expect(place == folder.path("data/trainspotter/runs.sqlite"))
        #expect(try folder.contents() == ["data", "data/trainspotter"])
        for name in ["data", "data/trainspotter"] {
            let mode = try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions] as? Int
            #expect(mode == 0o700)
        }
        #expect(throws: StoreError.noPlace) { try RunStore.standardPath(dataFolder: nil, makingFolders: true) }
    }

    @Test("A fingerprint follows the images, and is computed once for files that stay")
    func fingerprints() throws {
        let store = try RunStore(path: path)
        let dataset = RunSamples.dataset
        let digest = try store.fingerprint(of: dataset, files: "a 1")
        #expect(digest == DatasetFingerprint.digest(of: dataset))
        let other = Dataset(name: "other", train: dataset.test, test: dataset.train, classes: dataset.classes)
        // The same marks: nothing is read.
        #expect(try store.fingerprint(of: other, files: "a 1") == digest)
        #expect(try store.fingerprint(of: other, files: "a 2") != digest)
    }
}
