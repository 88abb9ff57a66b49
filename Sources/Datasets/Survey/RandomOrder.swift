/// Rows in an order by chance that a seed gives.
package enum RandomOrder {
    /// NumPy's `RandomState(seed).permutation(rows)`: its first six are six samples without repetition.
    package static func of(_ rows: [Int32], seed: UInt32) -> [Int32] {
        var random = LegacyRandomState(seed: seed)
        return random.permutation(rows)
    }
}
