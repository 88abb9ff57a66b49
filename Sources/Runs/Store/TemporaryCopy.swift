import CFiles
import Foundation

extension RunStore {
    /// Copies a store's file and journal into the folder for temporary files, where it can be written, and opens the
    /// copy.
    ///
    /// The copy is removed when `body` returns: a file that is open can still be read. It is also removed where a
    /// signal ends the program meanwhile.
    ///
    /// - Parameter body: opens the copy at the given path, and reads it once.
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

    /// Endings of the files that SQLite makes beside a store, and an empty one for the store itself.
    static let suffixes = ["", "-wal", "-shm", "-journal"]

    /// Removes a store's file with all files that SQLite makes beside it.
    package static func remove(_ path: String) {
        for suffix in suffixes { unlink(path + suffix) }
    }
}
