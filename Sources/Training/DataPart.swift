import Datasets

/// The parts of a data set as a run divides it.
package enum DataPart: Sendable, Hashable, CaseIterable {
    /// The rows to train on.
    case training
    /// The rows of the training file that validate.
    case heldOut
    /// The test set.
    case test

    /// The file that its rows are in.
    package var file: DatasetPart { self == .test ? .test : .train }
}

extension DataDivision {
    /// The numbers of a part's rows within their file, in the order of the file.
    package func rows(_ part: DataPart, _ dataset: Dataset) -> [Int32] {
        switch part {
        case .training: split.training.numbers.sorted()
        case .heldOut: split.validation.numbers.sorted()
        case .test: (0..<Int32(dataset.test.count)).map(\.self)
        }
    }

    /// Images of each class in a part.
    package func counts(_ part: DataPart) -> [Int] {
        switch part {
        case .training: counts.training
        case .heldOut: counts.validation
        case .test: counts.test
        }
    }
}
