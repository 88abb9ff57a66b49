/// What is kept of the predictions for the validation rows after an epoch.
///
/// With 10 classes and 6,000 rows these are 400 bytes for the matrix, at most 8 for the sure ones and 750 for the wrong
/// rows. A run of 10,000 epochs has 12 MB of them in the store, where the wrong rows are left out from
/// `mostEpochsWithRows` on (5 MB then), and 64 of them in memory.
package struct EpochConfusion: Sendable, Equatable {
    /// Later epochs are recorded without their wrong rows.
    package static let mostEpochsWithRows = 1_000

    /// Epochs trained; 0 is the untrained network.
    package var epoch: Int
    /// Counts, rows true and columns predicted.
    package var counts: [[Int]]
    /// How sure the predictions were; nil where that was not recorded.
    package var sureness: Sureness?
    /// The rows that were predicted wrong; nil where that was not recorded.
    package var wrong: RowSet?

    package init(epoch: Int, counts: [[Int]], sureness: Sureness? = nil, wrong: RowSet? = nil) {
        self.epoch = epoch
        self.counts = counts
        self.sureness = sureness
        self.wrong = wrong
    }

    /// What is kept of an evaluation.
    package init(_ evaluation: Evaluation) {
        self.init(
            epoch: evaluation.epoch, counts: evaluation.confusion, sureness: evaluation.sureness,
            wrong: evaluation.epoch <= EpochConfusion.mostEpochsWithRows ? evaluation.wrongRows : nil)
    }
}
