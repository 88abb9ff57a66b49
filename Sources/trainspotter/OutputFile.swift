import Experiments
import Foundation

/// A file for results, named by an option.
struct OutputFile {
    /// Such as `--json`.
    let option: String
    let path: String

    /// Finds out before the work starts that the results could not be written.
    func check() throws(CommandFailure) {
        if path.isEmpty { throw .usage("\(option): expected the name of a file") }
        guard let status = Self.status(path) else {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            guard !path.hasSuffix("/"), access(folder, W_OK) == 0, Self.isFolder(Self.status(folder)) else {
                throw .usage("\(option) \(path): \(folder) is no folder that can be written to")
            }
            return
        }
        if Self.isFolder(status) { throw .usage("\(option) \(path): expected a file, found a folder") }
        if access(path, W_OK) != 0 {
            throw .usage("\(option) \(path): can't be written: \(WriteFailure().reason)")
        }
        if let reason = ReadOnlyFile.reason(path) { throw .usage("\(option) \(path): can't be written: \(reason)") }
    }

    /// Writes the text: whole or not at all where a file is to be made or replaced, straight into a pipe or a device.
    func write(_ text: String) throws(CommandFailure) {
        do throws(WriteFailure) {
            guard let target = replaceable else { return try writeStraight(text) }
            try replace(target, by: text)
        } catch {
            throw .running("\(option) \(path): can't be written: \(error.reason)")
        }
    }

    /// The path of the regular file, behind all links, or of the file to be made; nil for everything else, which must
    /// stay what it is.
    private var replaceable: String? {
        guard let status = Self.status(path) else {
            var link = stat()
            return lstat(path, &link) == 0 ? nil : path
        }
        guard status.st_mode & S_IFMT == S_IFREG, let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        let target = String(cString: resolved)
        return access(Self.folder(of: target), W_OK) == 0 ? target : nil
    }

    private func replace(_ target: String, by text: String) throws(WriteFailure) {
        let temporary = Self.folder(of: target) + "/.trainspotter-" + UUID().uuidString
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw WriteFailure() }
        do throws(WriteFailure) {
            if let status = Self.status(target) { fchmod(descriptor, status.st_mode & 0o7777) }
            try Self.write(text, closing: descriptor)
            guard rename(temporary, target) == 0 else { throw WriteFailure() }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    private func writeStraight(_ text: String) throws(WriteFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw WriteFailure() }
        try Self.write(text, closing: descriptor)
    }

    private static func write(_ text: String, closing descriptor: Int32) throws(WriteFailure) {
        do throws(WriteFailure) { try writeAll(text, to: descriptor) } catch {
            close(descriptor)
            throw error
        }
        // A full disk over the network shows only now.
        guard close(descriptor) == 0 else { throw WriteFailure() }
    }

    private static func folder(of path: String) -> String {
        URL(fileURLWithPath: path).deletingLastPathComponent().path
    }

    private static func status(_ path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    private static func isFolder(_ status: stat?) -> Bool { status.map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }
}
