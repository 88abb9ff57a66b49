/// How many images of each class the parts of a data set have, one number a class.
package struct ClassCounts: Equatable, Sendable {
    /// Counts of the rows to train on.
    package let training: [Int]
    /// Counts of the rows held out.
    package let validation: [Int]
    /// Counts of the test set.
    package let test: [Int]

    package init(_ split: Split, _ dataset: Dataset) {
        func counts(_ labels: [UInt8]) -> [Int] {
            var counts = [Int](repeating: 0, count: dataset.classes)
            for label in labels { counts[Int(label)] += 1 }
            return counts
        }
        training = counts(split.training.values(of: dataset.train.labels))
        validation = counts(split.validation.values(of: dataset.train.labels))
        test = counts(dataset.test.labels)
    }
}
