import Training

/// The runs whose mean answers in Draw, in place of the network of the run that is shown.
package struct AskedEnsemble: Equatable, Sendable {
    /// By their numbers in the store.
    package let runs: [Int]
    /// How their probabilities are averaged.
    package let mean: EnsembleMean
    /// The image that was asked about last; nil before the first.
    package internal(set) var image: [UInt8]?
    /// Whether its answer is still to come.
    package internal(set) var isWaiting = false
    /// The newest answer, a probability for each class; nil before the first.
    package internal(set) var probabilities: [Float]?

    package init(runs: [Int], mean: EnsembleMean) { (self.runs, self.mean) = (runs, mean) }

    /// In few words.
    var words: String { "mean of \(runs.count) runs" }
}
