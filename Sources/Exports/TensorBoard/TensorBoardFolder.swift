import Files
import Foundation

/// The event files of a run that trains, in a folder of its own.
///
/// Bytes for which a full disk has no room wait for the next addition. A record that was written only in part is
/// removed, as readers stop at the first broken one.
package struct TensorBoardFolder {
    /// One file, and the bytes that are not written yet.
    private struct File {
        let path: String
        let descriptor: Int32
        var size = 0
        var waiting: [UInt8] = []
        /// Whether the file has more from before the run was resumed than was written again.
        var hasPast = false
    }

    /// The part of a name by which TensorBoard recognizes event files.
    static let fileName = "events.out.tfevents.trainspotter"

    /// A file with the owner of the folder, so that a resumed run finds its own.
    static let ownerName = ".trainspotter-run"

    /// The path of the run's folder.
    package let path: String
    /// Whether the files are from before the run was resumed, and are to be written again.
    private let isTakenUp: Bool
    private var files: [TensorBoardLog.Place: File] = [:]
    /// Bytes for files that can't be made yet.
    private var unopened: [TensorBoardLog.Place: [UInt8]] = [:]

    /// Makes a new folder, or finds the one that its owner has there already.
    ///
    /// - Parameters:
    ///   - parent: TensorBoard's `--logdir`; made where there is none.
    ///   - name: the run's; a number is added where there is a folder of that name.
    ///   - owner: identifies the run; nil for a run that can't be resumed.
    /// - Throws: `ExportError` if it can't be made.
    package init(parent: String, name: String, owner: String? = nil) throws(ExportError) {
        try StagedFiles.prepare(folder: parent)
        if let owner, let found = Self.folder(of: owner, in: parent) {
            (path, isTakenUp) = ("\(parent)/\(found)", true)
            return
        }
        isTakenUp = false
        var path = "\(parent)/\(name)"
        var number = 1
        while mkdir(path, 0o777) != 0 {
            guard errno == EEXIST, number < 1000 else {
                throw .unwritable(path: path, reason: String(cString: strerror(errno)))
            }
            number += 1
            path = "\(parent)/\(name)-\(number)"
        }
        self.path = path
        try Self.kept(path) { () throws(WriteFailure) in try FolderNames.keep(of: path) }
        guard let owner else { return }
        var files = StagedFiles(folder: path)
        files.add(Self.ownerName, text: owner)
        try files.commit()
    }

    private static func folder(of owner: String, in parent: String) -> String? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        return names.first { name in
            (try? String(contentsOfFile: "\(parent)/\(name)/\(ownerName)", encoding: .utf8)) == owner
        }
    }

    /// Appends to the files, with the bytes that wait.
    ///
    /// - Throws: `ExportError.unwritable` for the first file that can't take its part now.
    package mutating func append(_ additions: [TensorBoardLog.Addition]) throws(ExportError) {
        for addition in additions {
            if files[addition.place] == nil {
                unopened[addition.place, default: []] += addition.bytes
            } else {
                files[addition.place]?.waiting += addition.bytes
            }
        }
        var failure: ExportError?
        for (place, bytes) in unopened {
            do throws(ExportError) {
                try open(place)
                files[place]?.waiting = bytes
                unopened[place] = nil
            } catch { failure = failure ?? error }
        }
        for place in files.keys {
            if let error = flush(place) { failure = failure ?? error }
        }
        if let failure { throw failure }
    }

    /// Has the disk keep the files.
    ///
    /// - Throws: `ExportError.unwritable`.
    package func finish() throws(ExportError) {
        for file in files.values {
            try Self.kept(file.path) { () throws(WriteFailure) in
                guard fsync(file.descriptor) == 0 else { throw WriteFailure() }
                try FolderNames.keep(of: file.path)
            }
        }
    }

    private static func kept(_ path: String, _ body: () throws(WriteFailure) -> Void) throws(ExportError) {
        do throws(WriteFailure) { try body() } catch { throw .unwritable(path: path, reason: error.reason) }
    }

    /// Closes the files.
    package mutating func close() {
        for file in files.values { Foundation.close(file.descriptor) }
        files = [:]
    }

    private mutating func open(_ place: TensorBoardLog.Place) throws(ExportError) {
        let folder = place.rawValue.isEmpty ? path : "\(path)/\(place.rawValue)"
        try StagedFiles.prepare(folder: folder)
        let file = "\(folder)/\(Self.fileName)"
        // Without O_TRUNC, so that a TensorBoard that reads the file finds the records where they were.
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (isTakenUp ? 0 : O_EXCL)
        let descriptor = Foundation.open(file, flags, 0o666)
        guard descriptor >= 0 else { throw .unwritable(path: file, reason: String(cString: strerror(errno))) }
        files[place] = File(path: file, descriptor: descriptor, hasPast: isTakenUp)
    }

    private mutating func flush(_ place: TensorBoardLog.Place) -> ExportError? {
        guard var file = files[place], !file.waiting.isEmpty else { return nil }
        defer { files[place] = file }
        var written = 0
        while written < file.waiting.count {
            let count = file.waiting.withUnsafeBytes {
                write(file.descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
            }
            if count >= 0 { written += count } else if errno != EINTR { break }
        }
        guard written == file.waiting.count else {
            let reason = String(cString: strerror(errno))
            // In a pipe or a device nothing can be taken back; this file was made here, so it is none.
            _ = ftruncate(file.descriptor, off_t(file.size))
            _ = lseek(file.descriptor, off_t(file.size), SEEK_SET)
            return .unwritable(path: file.path, reason: reason)
        }
        file.size += written
        file.waiting = []
        if file.hasPast, ftruncate(file.descriptor, off_t(file.size)) == 0 { file.hasPast = false }
        return nil
    }
}

extension TensorBoardFolder {
    /// A run's name for a folder: its layers and the time of its start, in characters that are safe in every shell and
    /// file system.
    ///
    /// - Parameter start: year to second, such as `20261125-162005`.
    package static func name(chain: String, start: String) -> String {
        "\(safe(chain))-\(start)"
    }

    /// A folder's name for any name that the user gives. Where a character was replaced, a hash of the whole name is
    /// added, so that no two names share a folder.
    static func distinct(_ text: String) -> String {
        let name = safe(text)
        guard name != text else { return name }
        // FNV-1a over UTF-8, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/
        let mark = text.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return name + "-" + String(format: "%08x", mark)
    }

    /// The text with unsafe characters replaced, cut at 80 characters.
    static func safe(_ text: String) -> String {
        let kept = text.map { character -> Character in
            character.isASCII && (character.isLetter || character.isNumber || "+-._".contains(character))
                ? character : "_"
        }
        let name = String(String(kept).drop { $0 == "." || $0 == "-" }.prefix(80))
        return name.isEmpty ? "run" : name
    }
}
