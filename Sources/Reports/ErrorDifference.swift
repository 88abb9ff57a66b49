import Training

/// Which rows of the same test set two networks differ on.
public struct ErrorDifference: Equatable, Sendable {
    /// Why two evaluations can't be compared.
    public enum Problem: Error, Equatable, Sendable, CustomStringConvertible {
        /// They are not of the same rows: other numbers of them, or other true classes.
        case otherRows

        public var description: String { "the two runs were tested on different images" }
    }

    /// Numbers of rows within the test file, ascending, that the first network gets right and the second wrong.
    public let onlyFirstRight: [Int]
    /// The other way round.
    public let onlySecondRight: [Int]
    /// Rows that both get wrong.
    public let bothWrong: [Int]
    /// Those of `bothWrong` that the two take for different classes.
    public let bothWrongDifferently: [Int]

    public init(_ first: Evaluation, _ second: Evaluation) throws(Problem) {
        guard first.labels == second.labels, first.firstRow == second.firstRow else { throw .otherRows }
        var (onlyFirst, onlySecond, both, differently): ([Int], [Int], [Int], [Int]) = ([], [], [], [])
        for (index, label) in first.labels.enumerated() {
            let (one, other) = (first.predictions[index], second.predictions[index])
            let row = first.firstRow + index
            switch (one == label, other == label) {
            case (true, true): break
            case (true, false): onlyFirst.append(row)
            case (false, true): onlySecond.append(row)
            case (false, false):
                both.append(row)
                if one != other { differently.append(row) }
            }
        }
        (onlyFirstRight, onlySecondRight) = (onlyFirst, onlySecond)
        (bothWrong, bothWrongDifferently) = (both, differently)
    }
}
