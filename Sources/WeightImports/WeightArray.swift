import DataFormats

/// An array of a file, with its numbers as they are there.
package struct WeightArray: Sendable {
    /// The file, as errors name it.
    package let path: String
    /// Its name in the file, or the file's without its ending.
    package let name: String
    /// The type of its numbers, in NumPy's words: `float64`.
    package let type: String
    /// The length of each axis.
    package let shape: [Int]
    /// Whether the first axis runs fastest (Fortran order).
    let isFortran: Bool
    /// Nil where they are no floats.
    let numbers: RawNumbers?

    /// Row by row, as single-precision numbers.
    ///
    /// - Throws: `WeightImportError.value` for a number that is none of these.
    func singles() throws(WeightImportError) -> SingleNumbers {
        guard let numbers else {
            throw .array(path: path, name: name, expected: "floats of 16, 32 or 64 bits", found: type)
        }
        let singles = numbers.singles()
        if let (index, number) = singles.unusable {
            throw .value(path: path, name: name, place: rowMajor(index), number: number)
        }
        return singles
    }

    /// The place among the values row by row of a number that is the `index`th in the file.
    private func rowMajor(_ index: Int) -> Int {
        guard isFortran, shape.count == 2 else { return index }
        return index % shape[0] * shape[1] + index / shape[0]
    }
}

extension NumberType {
    /// NumPy's name for it.
    var name: String {
        switch self {
        case .boolean: "bool"
        case .uint8: "uint8"
        case .int8: "int8"
        case .uint16: "uint16"
        case .int16: "int16"
        case .uint32: "uint32"
        case .int32: "int32"
        case .uint64: "uint64"
        case .int64: "int64"
        case .float16: "float16"
        case .bfloat16: "bfloat16"
        case .float32: "float32"
        case .float64: "float64"
        }
    }

    /// Whether it is one that weights have.
    var isFloat: Bool { [.float16, .bfloat16, .float32, .float64].contains(self) }
}
