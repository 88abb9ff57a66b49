import Dispatch
import Files
import Foundation
import Synchronization
import TestSupport
import Testing

/// Files that only their owner reads.
@Suite struct PrivateFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("A file is made with its mode, and replaced only where that is asked for")
    func writes() throws {
        let path = folder.path("a")
        #expect(try PrivateFile.write([1, 2], to: path, replacing: false))
        #expect(try folder.mode(of: "a") == 0o600 && folder.bytes(of: "a") == [1, 2])
        #expect(try !PrivateFile.write([3], to: path, replacing: false))
        #expect(try folder.bytes(of: "a") == [1, 2])
        #expect(try PrivateFile.write([4], to: path, replacing: true))
        #expect(try folder.bytes(of: "a") == [4] && folder.mode(of: "a") == 0o600)
        #expect(try folder.names() == ["a"])
    }

    @Test("Of many that write at once one makes the file, and nothing else is left")
    func atOnce() throws {
        let path = folder.path("a")
        let made = Mutex<[UInt8]>([])
        DispatchQueue.concurrentPerform(iterations: 16) { index in
            let bytes = [UInt8](repeating: UInt8(index), count: 10_000)
            if (try? PrivateFile.write(bytes, to: path, replacing: false)) == true {
                made.withLock { $0.append(UInt8(index)) }
            }
        }
        let one = made.withLock { $0 }
        #expect(one.count == 1)
        #expect(try folder.bytes(of: "a") == [UInt8](repeating: try #require(one.first), count: 10_000))
        #expect(try folder.names() == ["a"])
    }

    @Test("What a killed program has left is removed; what is being written stays, and so does all else")
    func leftovers() throws {
        let gone = Process()
        gone.executableURL = URL(fileURLWithPath: "/bin/true")
        try gone.run()
        gone.waitUntilExit()
        let dead = gone.processIdentifier
        let kept = [
            ".trainspotter-\(getpid())-1.tmp", ".trainspotter-1-1.tmp", ".trainspotter-\(dead)-locked.tmp",
            ".trainspotter-\(dead)-3.tmp", ".trainspotter-\(dead).tmp", "trainspotter-\(dead)-4.tmp", "notes.tmp",
        ]
        for name in kept + [".trainspotter-\(dead)-1.tmp", ".trainspotter-\(dead)-2.tmp"] {
            try folder.write([1], as: name)
        }
        // As a program of another machine holds it.
        let held = open(folder.path(".trainspotter-\(dead)-3.tmp"), O_RDONLY)
        defer { close(held) }
        #expect(held >= 0 && flock(held, LOCK_EX) == 0)
        #expect(try PrivateFile.write([1, 2], to: folder.path("a"), replacing: false))
        #expect(try folder.names().sorted() == (kept + ["a"]).sorted())
    }

    @Test("Where it can't be written, nothing is left")
    func fails() throws {
        try FileManager.default.createDirectory(atPath: folder.path("a"), withIntermediateDirectories: true)
        #expect(throws: WriteFailure.self) { try PrivateFile.write([1], to: folder.path("a"), replacing: true) }
        #expect(throws: WriteFailure.self) { try PrivateFile.write([1], to: folder.path("no/a"), replacing: true) }
        #expect(try folder.names() == ["a"])
    }
}
