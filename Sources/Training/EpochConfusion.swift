/// What the validation rows were taken for after an epoch.
public struct EpochConfusion: Sendable, Equatable {
    /// 0 is the untrained network.
    public var epoch: Int
    /// Counts, rows true and columns predicted.
    public var counts: [[Int]]

    public init(epoch: Int, counts: [[Int]]) {
        self.epoch = epoch
        self.counts = counts
    }
}
