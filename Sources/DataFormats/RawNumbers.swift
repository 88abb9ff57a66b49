/// The type of the numbers of an array in a file.
package enum NumberType: Sendable, Equatable {
    case boolean, uint8, int8, uint16, int16, uint32, int32, uint64, int64, float16, bfloat16, float32, float64

    /// Bytes of a number.
    package var width: Int {
        switch self {
        case .boolean, .uint8, .int8: 1
        case .uint16, .int16, .float16, .bfloat16: 2
        case .uint32, .int32, .float32: 4
        case .uint64, .int64, .float64: 8
        }
    }
}

/// Numbers as the bytes of a file have them.
package struct RawNumbers: Sendable {
    let bytes: [UInt8]
    /// Where the first number stands, in bytes.
    let start: Int
    /// How many there are.
    package let count: Int
    /// What they are in the file.
    package let type: NumberType
    var isBigEndian = false

    /// - Parameters:
    ///   - bytes: `start + count * type.width` at least.
    ///   - start: where the first number stands, in bytes.
    package init(bytes: [UInt8], start: Int, count: Int, type: NumberType, isBigEndian: Bool = false) {
        precondition(start >= 0 && count >= 0 && bytes.count - start >= count * type.width, "a byte for each")
        (self.bytes, self.start, self.count) = (bytes, start, count)
        (self.type, self.isBigEndian) = (type, isBigEndian)
    }

    /// Whether they are bytes as pixels are kept.
    var areBytes: Bool { type == .uint8 }

    /// The range of all of them.
    func range() -> NumberRange {
        var range = NumberRange()
        visit(every: 1) { index, value in range.note(value, at: index) }
        return range
    }

    /// A byte for each, in order.
    func pixels(_ scale: PixelScale) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            visit(every: 1) { index, value in buffer[index] = scale.byte(value) }
            filled = count
        }
    }

    /// Every `step`th of them as a whole number.
    ///
    /// - Throws: the first that is none, or has more than nine digits.
    func integers(every step: Int = 1) throws(LabelFault) -> [Int] {
        var integers: [Int] = []
        var bad: (index: Int, value: Double)?
        integers.reserveCapacity(count / step)
        visit(every: step) { index, value in
            if abs(value) < 1e9, value == value.rounded() {
                integers.append(Int(value))
            } else if bad == nil {
                bad = (index, value)
            }
        }
        guard let bad else { return integers }
        throw LabelFault(index: bad.index / step, expected: "a whole number", found: DatasetOptions.number(bad.value))
    }

    /// Gives each number with its index.
    @inline(__always)
    func visit(every step: Int, _ body: (Int, Double) -> Void) {
        switch type {
        case .boolean, .uint8: walk(UInt8.self, step) { body($0, Double($1)) }
        case .int8: walk(UInt8.self, step) { body($0, Double(Int8(bitPattern: $1))) }
        case .uint16: walk(UInt16.self, step) { body($0, Double($1)) }
        case .int16: walk(UInt16.self, step) { body($0, Double(Int16(bitPattern: $1))) }
        case .uint32: walk(UInt32.self, step) { body($0, Double($1)) }
        case .int32: walk(UInt32.self, step) { body($0, Double(Int32(bitPattern: $1))) }
        case .uint64: walk(UInt64.self, step) { body($0, Double($1)) }
        case .int64: walk(UInt64.self, step) { body($0, Double(Int64(bitPattern: $1))) }
        case .float16: walk(UInt16.self, step) { body($0, Double(Float16(bitPattern: $1))) }
        // The upper half of a float32.
        case .bfloat16: walk(UInt16.self, step) { body($0, Double(Float(bitPattern: UInt32($1) << 16))) }
        case .float32: walk(UInt32.self, step) { body($0, Double(Float(bitPattern: $1))) }
        case .float64: walk(UInt64.self, step) { body($0, Double(bitPattern: $1)) }
        }
    }

    @inline(__always)
    private func walk<Word: FixedWidthInteger>(_ word: Word.Type, _ step: Int, _ body: (Int, Word) -> Void) {
        bytes.withUnsafeBytes { raw in
            for index in stride(from: 0, to: count, by: step) {
                let loaded = raw.loadUnaligned(fromByteOffset: start + index * MemoryLayout<Word>.size, as: Word.self)
                body(index, isBigEndian ? Word(bigEndian: loaded) : Word(littleEndian: loaded))
            }
        }
    }
}

/// The least and the greatest of some numbers, and where they stand.
struct NumberRange: Sendable, Equatable {
    private(set) var least = Double.infinity
    private(set) var leastIndex = 0
    private(set) var greatest = -Double.infinity
    private(set) var greatestIndex = 0
    private(set) var areWhole = true
    /// The first that is infinite or no number.
    private(set) var strange: Int?

    @inline(__always)
    mutating func note(_ value: Double, at index: Int) {
        if value < least { (least, leastIndex) = (value, index) }
        if value > greatest { (greatest, greatestIndex) = (value, index) }
        if value != value.rounded(.towardZero) { areWhole = false }
        if !value.isFinite, strange == nil { strange = index }
    }

    /// Takes another range in.
    mutating func note(_ other: NumberRange) {
        if other.least < least { (least, leastIndex) = (other.least, other.leastIndex) }
        if other.greatest > greatest { (greatest, greatestIndex) = (other.greatest, other.greatestIndex) }
        areWhole = areWhole && other.areWhole
        strange = strange ?? other.strange
    }
}
