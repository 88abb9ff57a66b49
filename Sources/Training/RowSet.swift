/// Some of the rows of an evaluation, a bit a row.
package struct RowSet: Sendable, Equatable {
    /// Eight rows a byte, the first one in the lowest bit; bits beyond the last row are 0.
    package let bytes: [UInt8]

    /// - Parameter isIn: whether a row, from 0, belongs to the set.
    package init(count: Int, where isIn: (Int) -> Bool) {
        var bytes = [UInt8](repeating: 0, count: (count + 7) / 8)
        for row in 0..<count where isIn(row) { bytes[row / 8] |= 1 << UInt8(row % 8) }
        self.bytes = bytes
    }

    /// The set that was saved as bytes; nil where they are not those of so many rows.
    package init?(bytes: [UInt8], count: Int) {
        guard bytes.count == (count + 7) / 8 else { return nil }
        let unused = bytes.count * 8 - count
        guard unused == 0 || bytes[bytes.count - 1] >> UInt8(8 - unused) == 0 else { return nil }
        self.bytes = bytes
    }

    /// Whether a row belongs to the set.
    package func contains(_ row: Int) -> Bool {
        row >= 0 && row / 8 < bytes.count && bytes[row / 8] & 1 << UInt8(row % 8) != 0
    }

    /// The rows that another set does not have, in order.
    package func rows(notIn other: RowSet) -> [Int] {
        var rows: [Int] = []
        for (place, byte) in bytes.enumerated() {
            var bits = byte & ~(place < other.bytes.count ? other.bytes[place] : 0)
            while bits != 0 {
                rows.append(8 * place + bits.trailingZeroBitCount)
                bits &= bits - 1
            }
        }
        return rows
    }
}
