import Datasets
import Specs

extension Split {
    /// The rows that a run with these settings trains on, and those that validate.
    ///
    /// - Parameter labels: of all rows of the training file.
    /// - Throws: `Problem` where the rows can't be stratified.
    init(_ training: TrainingConfiguration, labels: [UInt8]) throws(Problem) {
        // The spec's range keeps the seed within 32 bits.
        let seed = UInt32(truncatingIfNeeded: training.splitSeed)
        let method: Method =
            switch training.split {
            case .last: .last
            case .shuffled: .shuffled(seed: seed)
            case .stratified: .stratified(seed: seed)
            }
        try self.init(labels: labels, validation: training.validation, method: method)
    }
}
