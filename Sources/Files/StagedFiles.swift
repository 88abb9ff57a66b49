import Foundation

/// Why results can't be written.
package enum ExportError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A file is where a folder should be.
    case notAFolder(path: String)
    case unwritable(path: String, reason: String)
    /// An existing file must not be replaced.
    case protected(path: String, reason: String)
    /// The folder has the files of another network.
    case otherSpec(path: String, expected: String, found: String)
    /// The weights are larger than the file's format allows.
    case tooLarge(path: String, bytes: Int, most: Int)
    /// Only weights and spec were saved, without the history of the run.
    case noHistory(model: String)

    package var description: String {
        switch self {
        case .notAFolder(let path): "\(path): expected a folder, found a file"
        case .unwritable(let path, let reason): "\(path): can't be written: \(reason)"
        case .protected(let path, let reason): "\(path): not replaced: \(reason)"
        case .otherSpec(let path, let expected, let found):
            "\(path): belongs to another network (\(found)); expected a folder without it, or of \(expected)"
        case .tooLarge(let path, let bytes, let most):
            "\(path): the weights take \(bytes) bytes; a file of this format holds less than \(most)"
        case .noHistory(let model):
            "\(model): no result.json beside it, so no history; expected a folder written by `trainspotter train "
                + "--export`"
        }
    }
}

/// Files of one folder that appear together: all are written under temporary names, then renamed. So a reader never
/// sees half of a file, and a full disk leaves the old ones.
package struct StagedFiles {
    /// The path of the folder.
    package let folder: String
    private var files: [(name: String, bytes: [UInt8])] = []
    private var stale: [String] = []

    package init(folder: String) { self.folder = folder }

    /// Adds a file that `commit` writes. An existing file of that name is then replaced.
    package mutating func add(_ name: String, _ bytes: [UInt8]) { files.append((name, bytes)) }

    /// Adds a text file in UTF-8.
    package mutating func add(_ name: String, text: String) { add(name, Array(text.utf8)) }

    /// Adds the name of a file that must not be beside the new ones; it is removed before they appear.
    package mutating func remove(_ name: String) { stale.append(name) }

    /// Makes the folder, and missing folders above it.
    ///
    /// - Throws: `ExportError` if a file has its path, or it can't be made or written.
    package static func prepare(folder: String) throws(ExportError) {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) {
            guard isFolder.boolValue else { throw .notAFolder(path: folder) }
        } else {
            try make(folder: folder)
        }
        try check(writable: folder)
    }

    /// Makes a folder that is not there, and missing folders above it.
    private static func make(folder: String) throws(ExportError) {
        let parent = FileTarget.folder(of: folder)
        if parent != folder, FileTarget.status(parent) == nil { try make(folder: parent) }
        guard mkdir(folder, 0o777) != 0 else {
            return try written(FileTarget(folder)) { () throws(WriteFailure) in try FolderNames.keep(in: parent) }
        }
        // Another program may have made it a moment before; `a/` is there once `a` is.
        guard errno == EEXIST else { throw .unwritable(path: folder, reason: String(cString: strerror(errno))) }
    }

    /// Checks that `prepare` could make the folder, or write into an existing one; makes nothing.
    package static func check(folder: String) throws(ExportError) {
        var isFolder: ObjCBool = false
        var place = URL(fileURLWithPath: folder).standardizedFileURL
        while !FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder), place.path != "/" {
            place.deleteLastPathComponent()
        }
        let isItself = place == URL(fileURLWithPath: folder).standardizedFileURL
        guard isFolder.boolValue else { throw .notAFolder(path: isItself ? folder : place.path) }
        try check(writable: place.path)
    }

    private static func check(writable folder: String) throws(ExportError) {
        guard access(folder, W_OK | X_OK) == 0 else {
            throw .unwritable(path: folder, reason: String(cString: strerror(errno)))
        }
    }

    /// Throws `ExportError` for a file that may not be replaced.
    package static func check(_ path: String) throws(ExportError) {
        if let reason = ReadOnlyFile.reason(path) { throw .protected(path: path, reason: reason) }
    }

    /// Writes all files: regular ones together, then pipes and devices.
    ///
    /// - Throws: `ExportError`, also for a write-protected file, which stays. The temporary files are then removed.
    package func commit() throws(ExportError) {
        let paths = files.map { "\(folder)/\($0.name)" }
        if !paths.allSatisfy(FileTarget.isOpenEnded) { try Self.prepare(folder: folder) }
        let targets = paths.map(FileTarget.init)
        for name in files.map(\.name) + stale {
            try Self.check("\(folder)/\(name)")
        }
        var staged: [(file: StagedFile, path: String)] = []
        defer { for file in staged { file.file.discard() } }
        var others: [(target: FileTarget, bytes: [UInt8])] = []
        for (target, bytes) in zip(targets, files.map(\.bytes)) {
            if let file = try Self.written(target, { () throws(WriteFailure) in try target.stage(bytes) }) {
                staged.append((file, target.path))
            } else {
                others.append((target, bytes))
            }
        }
        for name in stale where unlink("\(folder)/\(name)") != 0 && errno != ENOENT {
            throw .unwritable(path: "\(folder)/\(name)", reason: String(cString: strerror(errno)))
        }
        for (file, path) in staged {
            try Self.written(FileTarget(path)) { () throws(WriteFailure) in try file.settle() }
        }
        // Once for each folder.
        let folders = Dictionary(staged.map { ($0.file.folder, $0) }, uniquingKeysWith: { first, _ in first })
        for (file, path) in folders.values {
            try Self.written(FileTarget(path)) { () throws(WriteFailure) in try file.keepName() }
        }
        for (target, bytes) in others {
            try Self.written(target) { () throws(WriteFailure) in try target.writeInto(bytes) }
        }
    }

    private static func written<Value>(
        _ target: FileTarget, _ body: () throws(WriteFailure) -> Value
    ) throws(ExportError) -> Value {
        do throws(WriteFailure) { return try body() } catch {
            throw .unwritable(path: target.path, reason: error.reason)
        }
    }
}
