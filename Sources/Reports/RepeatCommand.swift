import Datasets
import Specs

/// The command line that repeats a run to the bit.
package struct RepeatCommand: Equatable, Sendable {
    /// One line for a shell, with a placeholder for what only the user knows, such as a data set's folder.
    package let text: String

    /// - Parameters:
    ///   - line: the run's line; none of its characters has a meaning in a shell.
    ///   - dataset: a data set's name; for a folder only the last part of its path.
    package init(line: RunLine, dataset: String) {
        let isStandard = dataset == DatasetSource.mnist.name
        let isKnown = DatasetSource.known.contains { $0.name == dataset }
        let data = isStandard ? "" : isKnown ? " --data \(dataset)" : " --data FOLDER"
        text = "trainspotter train \(line)\(data)"
    }
}
