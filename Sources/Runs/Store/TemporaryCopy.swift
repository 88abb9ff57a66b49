import CFiles
import Foundation

extension RunStore {
    /// Makes a copy of a store's file and journal in the folder for temporary files, that can be written, and opens it.
    ///
    /// The copy is removed as `body` returns: what is open by then is read on. It is removed, too, where a signal ends
    /// the program meanwhile.
    ///
    /// - Parameter body: opens the copy at the path that it is given, and reads of it once.
    /// - Throws: what `body` throws, `notFound`, or `unsuitable` where the file can't be read.
    package static func withTemporaryCopy<Result>(
        of path: String, _ body: (_ copy: String) throws -> Result
    ) throws -> Result {
        guard FileManager.default.fileExists(atPath: path) else { throw StoreError.notFound(path: path) }
        guard !isFolder(path) else {
            throw StoreError.unsuitable(path: path, reason: "expected a file, found a folder")
        }
        let copy = NSTemporaryDirectory() + "trainspotter-\(UUID().uuidString).sqlite"
        for suffix in suffixes {
            guard files_remember_temporary(copy + suffix) else {
                throw StoreError.failed(path: copy, reason: "no more temporary files can be made")
            }
        }
        defer {
            remove(copy)
            for suffix in suffixes { files_forget_temporary(copy + suffix) }
        }
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
            try PrivateFiles.copy(path + suffix, to: copy + suffix)
        }
        return try body(copy)
    }

    /// What SQLite lays beside a file, and nothing for the file itself.
    static let suffixes = ["", "-wal", "-shm", "-journal"]

    /// Removes a store's file with all that SQLite lays beside it.
    package static func remove(_ path: String) {
        for suffix in suffixes { unlink(path + suffix) }
    }
}
