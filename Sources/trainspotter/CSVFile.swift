import Experiments
import Foundation
import Training

/// A CSV log that is on the disk after every epoch.
struct CSVFile {
    private let path: String
    private let log: CSVLog
    private let handle: FileHandle

    /// Makes the file, or empties it, and writes the header.
    ///
    /// - Parameter epochs: of a run that goes on, those that it has: the file is then as if it had never been cut short,
    ///   whatever was written after the place where the run was saved.
    init(path: String, log: CSVLog, epochs: [EpochFigures] = []) throws(CommandFailure) {
        try OutputFile(option: "--csv", path: path).check()
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else {
            throw .usage("--csv \(path): can't be made: \(String(cString: strerror(errno)))")
        }
        self.path = path
        self.log = log
        self.handle = handle
        try write(log.header + epochs.map(log.line).joined())
    }

    func append(_ figures: EpochFigures) throws(CommandFailure) { try write(log.line(figures)) }

    private func write(_ text: String) throws(CommandFailure) {
        do { try handle.write(contentsOf: Data(text.utf8)) } catch {
            throw .running("--csv \(path): can't be written: \(error.localizedDescription)")
        }
    }
}
