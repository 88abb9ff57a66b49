import Datasets
import Specs

/// Something about a data set that may surprise who trains on it.
package enum DataWarning: Sendable, Equatable {
    /// The labels of the training file are in order, and the last rows are held out.
    ///
    /// - Parameter heldOut: the classes of the rows held out; where none are held out, that of the last row.
    case sortedLabels(heldOut: [Int])
    /// The rows held out have other classes than the rest.
    case otherClassesHeldOut(SplitDifference)
    /// Class 0 has no image, while all other classes have some.
    case labelsFromOne
    /// Classes without an image in a part, though they have some elsewhere.
    case emptyClasses([Int], DataPart)
    /// Images whose pixels all have one value.
    ///
    /// - Parameter first: the first row of them.
    case constantImages(Int, first: Int, DatasetPart)
    /// The values take less than half of the range of a byte.
    case narrowRange(least: Int, greatest: Int)
    /// Images of the test set, or rows held out, that are equal to an image that is trained on.
    case seenImages(Int, DataPart)
    /// Images that stand under more than one label.
    case contradictions(Int)
    /// A class has many times the training images of another one.
    case unbalanced(most: Int, least: Int, times: Double)

    /// From here on classes are called unbalanced: the rarest class then has a third of the images of the most frequent.
    private static let unbalancedFrom = 3.0

    /// All that there are, the gravest first.
    ///
    /// - Parameter division: of the same data set.
    package static func all(_ survey: DataSurvey, _ division: DataDivision, _ dataset: Dataset) -> [DataWarning] {
        let counts = division.counts
        var warnings = order(survey, division, dataset)
        let isOrdered = !warnings.isEmpty
        let present = (0..<dataset.classes).filter {
            counts.training[$0] + counts.validation[$0] + counts.test[$0] > 0
        }
        func missing(_ counts: [Int], _ part: DataPart, among classes: [Int]) {
            let empty = classes.filter { counts[$0] == 0 }
            // A class that no row could be held out of is no surprise.
            if !empty.isEmpty, counts.contains(where: { $0 > 0 }) { warnings.append(.emptyClasses(empty, part)) }
        }
        missing(counts.training, .training, among: present)
        // Where the order of the rows is told, that is told with it.
        if !isOrdered, division.split.validation.count >= present.count {
            missing(counts.validation, .heldOut, among: present.filter { counts.training[$0] > 0 })
        }
        missing(counts.test, .test, among: present)
        if present == Array(1..<dataset.classes) { warnings.append(.labelsFromOne) }
        for part in [DatasetPart.train, .test] {
            let constant = survey[part].constant
            if let first = constant.first {
                warnings.append(.constantImages(constant.count, first: Int(first), part))
            }
        }
        let levels = survey.train.levels
        if levels.greatest - levels.least < 128 {
            warnings.append(.narrowRange(least: levels.least, greatest: levels.greatest))
        }
        let heldOut = survey.equal.heldOutInTraining(division.split, rows: dataset.train.count)
        if heldOut > 0 { warnings.append(.seenImages(heldOut, .heldOut)) }
        if survey.equal.testInTrain > 0 { warnings.append(.seenImages(survey.equal.testInTrain, .test)) }
        if survey.equal.contradictions > 0 { warnings.append(.contradictions(survey.equal.contradictions)) }
        if !isOrdered, division.weights == nil, let unbalanced = unbalanced(counts.training) {
            warnings.append(unbalanced)
        }
        return warnings
    }

    /// What the order of the rows makes of those held out.
    private static func order(
        _ survey: DataSurvey, _ division: DataDivision, _ dataset: Dataset
    ) -> [DataWarning] {
        if survey.train.isSorted, division.method == .last {
            let heldOut = division.counts.validation.indices.filter { division.counts.validation[$0] > 0 }
            return [.sortedLabels(heldOut: heldOut.isEmpty ? dataset.train.labels.suffix(1).map(Int.init) : heldOut)]
        }
        return division.difference.map { [.otherClassesHeldOut($0)] } ?? []
    }

    private static func unbalanced(_ counts: [Int]) -> DataWarning? {
        let present = counts.indices.filter { counts[$0] > 0 }
        guard let most = present.max(by: { counts[$0] < counts[$1] }),
            let least = present.min(by: { counts[$0] < counts[$1] })
        else { return nil }
        let times = Double(counts[most]) / Double(counts[least])
        return times >= unbalancedFrom ? .unbalanced(most: most, least: least, times: times) : nil
    }
}
