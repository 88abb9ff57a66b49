import Files
import Foundation

/// A file for results, named by an option; `-` is standard output.
struct OutputFile {
    /// Such as `--json`.
    let option: String
    let path: String

    var isStandardOutput: Bool { path == "-" }

    /// Finds out before the work starts that the results could not be written.
    func check() throws(CommandFailure) {
        if path.isEmpty { throw .usage("\(option): expected the name of a file") }
        if isStandardOutput { return }
        guard let status = Self.status(path) else {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            guard !path.hasSuffix("/"), access(folder, W_OK) == 0, Self.isFolder(Self.status(folder)) else {
                throw .usage("\(option) \(path): \(folder) is not a folder that can be written")
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
    func write(_ text: String) throws(CommandFailure) { try write(Array(text.utf8)) }

    /// Writes the bytes in the same way.
    func write(_ bytes: [UInt8]) throws(CommandFailure) {
        try doing { () throws(WriteFailure) in
            if isStandardOutput { try writeStream(bytes, to: STDOUT_FILENO) } else { try FileTarget(path).write(bytes) }
        }
    }

    /// Starts a file that lines are added to as a run goes on.
    func begin(_ text: String) throws(CommandFailure) -> GrowingFile {
        try doing { () throws(WriteFailure) in
            isStandardOutput
                ? try GrowingFile(descriptor: STDOUT_FILENO, beginning: text)
                : try GrowingFile(FileTarget(path), beginning: text)
        }
    }

    /// Adds lines to it.
    func append(_ text: String, to file: GrowingFile) throws(CommandFailure) {
        try doing { () throws(WriteFailure) in try file.append(text) }
    }

    /// Has the disk keep it: nothing more is added.
    func finish(_ file: GrowingFile) throws(CommandFailure) {
        try doing { () throws(WriteFailure) in try file.finish() }
    }

    private func doing<Value>(_ body: () throws(WriteFailure) -> Value) throws(CommandFailure) -> Value {
        do throws(WriteFailure) { return try body() } catch {
            let name = isStandardOutput ? "standard output" : "\(option) \(path)"
            throw .running("\(name): can't be written: \(error.reason)")
        }
    }

    private static func status(_ path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    private static func isFolder(_ status: stat?) -> Bool { status.map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }
}
