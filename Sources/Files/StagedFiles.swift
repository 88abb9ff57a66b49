import Foundation

/// Why results can't be written.
package enum ExportError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Something else is where a folder should be.
    case notAFolder(path: String)
    case unwritable(path: String, reason: String)
    /// A file that is there is not to be replaced.
    case protected(path: String, reason: String)
    /// The folder belongs to another network.
    case otherSpec(path: String, expected: String, found: String)
    /// More than the file's format can hold.
    case tooLarge(path: String, bytes: Int, most: Int)
    /// Only weights and spec were kept, not what was recorded of the run.
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

/// Files of one folder that appear together: all are written under temporary names, then renamed, so that a reader
/// never sees half of one, and a full disk leaves what was there before.
package struct StagedFiles {
    /// Where they go.
    package let folder: String
    private var files: [(name: String, bytes: [UInt8])] = []
    private var stale: [String] = []

    package init(folder: String) { self.folder = folder }

    /// Takes a file's contents; nothing is written yet. A name that was there before is replaced in the end.
    package mutating func add(_ name: String, _ bytes: [UInt8]) { files.append((name, bytes)) }

    /// Takes text, in UTF-8.
    package mutating func add(_ name: String, text: String) { add(name, Array(text.utf8)) }

    /// Takes the name of a file that must not stand beside the new ones; it goes before they appear.
    package mutating func remove(_ name: String) { stale.append(name) }

    /// Makes the folder, and those above it, where there is none yet.
    ///
    /// - Throws: `ExportError` if a file is in its place, or it can't be made or written to.
    package static func prepare(folder: String) throws(ExportError) {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) {
            guard isFolder.boolValue else { throw .notAFolder(path: folder) }
        } else {
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            } catch {
                throw .unwritable(path: folder, reason: "the folder can't be made")
            }
        }
        try check(writable: folder)
    }

    /// Finds out whether `prepare` could make the folder, or could write to the one that is there; makes nothing.
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

    /// Throws for a file that may not be replaced.
    package static func check(_ path: String) throws(ExportError) {
        if let reason = ReadOnlyFile.reason(path) { throw .protected(path: path, reason: reason) }
    }

    /// Writes all files: regular ones together, then what goes into pipes and devices.
    ///
    /// - Throws: `ExportError`, the temporary files removed; also for a file that is read-only, which stays.
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
