extension [UInt8] {
    /// Appends an integer, its lowest byte first.
    mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    /// Appends an integer, its highest byte first.
    mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    /// The numbers one after the other, the lowest byte of each first.
    package init(littleEndian values: [Float]) {
        self = []
        reserveCapacity(4 * values.count)
        for value in values { append(littleEndian: value.bitPattern) }
    }
}
