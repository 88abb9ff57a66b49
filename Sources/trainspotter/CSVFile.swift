import Files
import Reports
import Training

/// A CSV log that is written after every epoch.
struct CSVFile {
    private let output: OutputFile
    private let log: CSVLog
    private let file: GrowingFile

    /// Makes the file, or replaces what is in it, with the header.
    ///
    /// - Parameter epochs: the earlier epochs of a resumed run. The file is then as if the run had not been interrupted,
    ///   whatever was written after the place where the run was saved.
    init(path: String, log: CSVLog, epochs: [EpochFigures] = []) throws(CommandFailure) {
        output = OutputFile(option: "--csv", path: path)
        self.log = log
        file = try output.begin(log.header + epochs.map(log.line).joined())
    }

    /// Has the disk keep it, once the run has ended.
    func finish() throws(CommandFailure) {
        try output.finish(file)
    }

    func append(_ figures: EpochFigures) throws(CommandFailure) { try output.append(log.line(figures), to: file) }
}
