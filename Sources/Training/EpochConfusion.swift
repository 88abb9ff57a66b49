/// The confusion matrix of the validation rows after an epoch.
package struct EpochConfusion: Sendable, Equatable {
    /// Epochs trained; 0 is the untrained network.
    package var epoch: Int
    /// Counts, rows true and columns predicted.
    package var counts: [[Int]]

    package init(epoch: Int, counts: [[Int]]) {
        self.epoch = epoch
        self.counts = counts
    }
}
