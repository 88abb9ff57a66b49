import Datasets
import Specs

/// The command line that repeats a run to the bit.
package struct RepeatCommand: Equatable, Sendable {
    package let text: String

    /// - Parameters:
    ///   - line: none of whose characters means anything to a shell.
    ///   - dataset: a data set's name; of a folder only its last part is known.
    package init(line: RunLine, dataset: String) {
        let isStandard = dataset == DatasetSource.mnist.name
        let isKnown = DatasetSource.known.contains { $0.name == dataset }
        let data = isStandard ? "" : isKnown ? " --data \(dataset)" : " --data FOLDER"
        text = "trainspotter train \(line)\(data)"
    }
}
