/// Keys of rows, by which they are chosen or mixed: what the generator SplitMix64 gives at a row's step (Steele, Lea and
/// Flood, "Fast Splittable Pseudorandom Number Generators", 2014). No two rows of a seed have the same key.
enum SplitMix64 {
    /// - Parameter row: from 0.
    static func key(_ row: Int, seed: UInt64) -> UInt64 {
        var bits = seed &+ (UInt64(row) &+ 1) &* 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// Rows in the order of their keys.
    static func mixed(_ count: Int, seed: UInt64) -> [Int] {
        let keys = (0..<count).map { key($0, seed: seed) }
        return (0..<count).sorted { keys[$0] < keys[$1] }
    }

    /// The keys of all rows in NumPy.
    static let python = """
        def row_keys(count, seed):
            \"\"\"A number for each row, by SplitMix64.\"\"\"
            bits = np.uint64(seed) + np.arange(1, count + 1, dtype="u8") * np.uint64(0x9E3779B97F4A7C15)
            bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            return bits ^ (bits >> np.uint64(31))
        """
}
