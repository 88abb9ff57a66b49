import Datasets
import Specs

/// How much the loss of a training row counts, by its class: Keras's `class_weight`.
package enum ClassWeights {
    /// One weight a class; nil where all rows count the same. A class without training rows has weight 1.
    ///
    /// - Parameter split: of the data set's training file; only the rows to train on count.
    package static func weights(_ weighting: ClassWeighting, _ split: Split, _ dataset: Dataset) -> [Float]? {
        switch weighting {
        case .none: return nil
        case .balanced:
            let counts = ClassCounts(split, dataset).training
            // As scikit-learn's compute_class_weight("balanced"), of the classes that occur.
            let present = counts.count { $0 > 0 }
            return counts.map { $0 == 0 ? 1 : Float(Double(split.training.count) / Double(present * $0)) }
        }
    }
}
