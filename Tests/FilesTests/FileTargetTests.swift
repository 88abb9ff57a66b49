import Files
import Foundation
import TestSupport
import Testing

/// Where bytes go, and a file that grows.
struct FileTargetTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func target(_ name: String) -> FileTarget { FileTarget(folder.path(name)) }

    @Test("A file is replaced as a whole: who has the old one open still reads all of it")
    func replaces() throws {
        try folder.write("old and long", as: "a")
        let reader = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder.path("a")))
        try target("a").write(Array("new".utf8))
        #expect(try folder.text(of: "a") == "new")
        #expect(try reader.readToEnd() == Data("old and long".utf8))
        #expect(try folder.names() == ["a"])
    }

    @Test("A ring of links is no place for a file")
    func ring() throws {
        #expect(symlink("b", folder.path("a")) == 0 && symlink("a", folder.path("b")) == 0)
        #expect(throws: WriteFailure.self) { try target("a").write([1]) }
        #expect(FileIdentity(folder.path("a")) == nil)
        #expect(try folder.names() == ["a", "b"])
    }

    @Test("Folders are made with those above them; one that can't be made says why, in the system's words")
    func makesFolders() throws {
        try StagedFiles.prepare(folder: folder.path("a/b/c"))
        try StagedFiles.prepare(folder: folder.path("a/d/"))
        #expect(try folder.contents() == ["a", "a/b", "a/b/c", "a/d"])
        try folder.write("a file", as: "f")
        let path = folder.path("f/g")
        #expect(throws: ExportError.unwritable(path: path, reason: "Not a directory")) {
            try StagedFiles.prepare(folder: path)
        }
        #expect(throws: ExportError.notAFolder(path: folder.path("f"))) {
            try StagedFiles.prepare(folder: folder.path("f"))
        }
    }

    @Test("What can't be made sure of, as a folder that can't be read, is no failure")
    func keepsNames() throws {
        try FolderNames.keep(in: folder.path)
        try FolderNames.keep(of: folder.path("a"))
        try FolderNames.keep(in: folder.path("none"))
        // A pipe has no disk; what is written into it is written.
        let pipe = folder.path("pipe")
        try #require(mkfifo(pipe, 0o600) == 0)
        let reader = open(pipe, O_RDWR | O_NONBLOCK)
        defer { close(reader) }
        try FileTarget(pipe).write(Array("x".utf8))
        var byte: UInt8 = 0
        #expect(read(reader, &byte, 1) == 1 && byte == UInt8(ascii: "x"))
    }

    @Test("A growing file has its beginning at once, in the place of what was there, and keeps its permissions")
    func grows() throws {
        try folder.write("old and much longer", as: "log")
        #expect(chmod(folder.path("log"), 0o640) == 0)
        let file = try GrowingFile(target("log"), beginning: "head\n")
        #expect(try folder.text(of: "log") == "head\n")
        try file.append("one\n")
        try file.append("two\n")
        #expect(try folder.text(of: "log") == "head\none\ntwo\n")
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path("log"))[.posixPermissions] as? Int
        #expect(mode == 0o640)
        #expect(try folder.names() == ["log"])
    }

    @Test("Names are one file where they lead to one, and the null device is never shared")
    func identities() throws {
        try folder.write("", as: "below/file")
        #expect(symlink("below", folder.path("link")) == 0)
        func identity(_ name: String) -> FileIdentity? { FileIdentity(folder.path(name)) }
        #expect(identity("below/file") == identity("link/file"))
        #expect(identity("below/new") == identity("link/new") && identity("below/new") != nil)
        #expect(identity("below/new") != identity("new"))
        #expect(identity("none/new") == nil && FileIdentity("/dev/null") == nil)
    }
}
