import Datasets
import Specs

/// The command line that repeats a run to the bit.
package struct RepeatCommand: Equatable, Sendable {
    /// One line for a shell.
    package let text: String

    /// - Parameters:
    ///   - line: the run's line; none of its characters has a meaning in a shell.
    ///   - place: what stood behind `--data`, without the folders above it: `digits.csv:label=last`.
    package init(line: RunLine, place: String) {
        let isStandard = place == DatasetSource.mnist.name
        text = "trainspotter train \(line)" + (isStandard ? "" : " --data \(Self.quoted(place))")
    }

    /// As a shell takes it for one word.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-+=,@%/:".contains($0)) }
        return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }
}
