import Training

/// The rows of the same test set that only one of two networks gets right.
package struct ErrorDifference: Equatable, Sendable {
    /// Why two evaluations can't be compared.
    package enum Problem: Error, Equatable, Sendable, CustomStringConvertible {
        /// The two evaluations are of different rows: their numbers or their true classes differ.
        case otherRows

        package var description: String { "the two runs were tested on different images" }
    }

    /// Numbers of rows within the test file, ascending, that the first network gets right and the second wrong.
    package let onlyFirstRight: [Int]
    /// Numbers of rows that the second network gets right and the first wrong.
    package let onlySecondRight: [Int]
    /// Rows that both get wrong.
    package let bothWrong: [Int]
    /// The rows of `bothWrong` that the two predict as different classes.
    package let bothWrongDifferently: [Int]

    package init(_ first: Evaluation, _ second: Evaluation) throws(Problem) {
        guard first.labels == second.labels, first.rows == second.rows else { throw .otherRows }
        var (onlyFirst, onlySecond, both, differently): ([Int], [Int], [Int], [Int]) = ([], [], [], [])
        for (index, label) in first.labels.enumerated() {
            let (one, other) = (first.predictions[index], second.predictions[index])
            let row = first.rows[index]
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
