import NumPyFiles

/// The labels of an array: a number each, or rows with a one at the class.
struct ArrayLabels: Sendable {
    let array: FileArray
    /// How many images have one.
    let count: Int
    /// The length of a one-hot row; nil where labels are numbers.
    private let columns: Int?

    /// - Throws: `DataError.malformed` for another shape.
    init(_ array: FileArray) throws(DataError) {
        let shape = array.header.shape
        guard shape.count == 1 || shape.count == 2, let count = shape.first, count > 0, shape.allSatisfy({ $0 > 0 })
        else {
            throw .malformed(
                path: array.place.path, offset: array.header.shapeOffset,
                expected: "labels, as (count) or one-hot as (count, classes)", found: NumPyArray.text(ofShape: shape))
        }
        columns = shape.count == 2 && shape[1] > 1 ? shape[1] : nil
        guard columns ?? 0 <= LabelCoding.mostClasses else {
            throw .malformed(
                path: array.place.path, offset: array.header.shapeOffset,
                expected: "at most \(LabelCoding.mostClasses) classes", found: NumPyArray.text(ofShape: shape))
        }
        (self.array, self.count) = (array, count)
    }

    /// How numbers become classes; nil for one-hot rows, whose columns are the classes.
    ///
    /// - Throws: `DataError.malformed` at the label that can't be one.
    func coding() throws(DataError) -> LabelCoding? {
        guard columns == nil else { return nil }
        return try placed { () throws(LabelFault) in try LabelCoding(numbers: try array.numbers.integers()) }
    }

    /// The classes by the coding of the training labels.
    func classes(_ coding: LabelCoding?) throws(DataError) -> [UInt8] {
        try placed { () throws(LabelFault) in
            guard let columns else {
                return try (coding ?? .fromZero).classes(of: try array.numbers.integers())
            }
            return try ones(columns)
        }
    }

    /// What the classes are called; nil where they are numbered from 0 and counted elsewhere.
    func names(_ coding: LabelCoding?) -> [String]? { columns.map { (0..<$0).map(String.init) } ?? coding?.classNames }

    /// Where a label stands, in bytes.
    func offset(_ index: Int) -> Int {
        array.offset(array.header.isFortran ? index : index * (columns ?? 1))
    }

    /// The place of the only one in each row.
    private func ones(_ columns: Int) throws(LabelFault) -> [UInt8] {
        var classes = [Int?](repeating: nil, count: count)
        let numbers = try rows { () throws(LabelFault) in try array.numbers.integers() }
        for (index, number) in numbers.enumerated() where number != 0 {
            let (row, column) =
                array.header.isFortran ? (index % count, index / count) : (index / columns, index % columns)
            guard number == 1, classes[row] == nil else {
                throw LabelFault(index: row, expected: "a single 1 in a row of zeros", found: "other numbers")
            }
            classes[row] = column
        }
        var codes: [UInt8] = []
        for (row, column) in classes.enumerated() {
            guard let column else {
                throw LabelFault(index: row, expected: "a single 1 in a row of zeros", found: "none")
            }
            codes.append(UInt8(column))
        }
        return codes
    }

    /// Tells of a number of a one-hot row by its row.
    private func rows(_ body: () throws(LabelFault) -> [Int]) throws(LabelFault) -> [Int] {
        do throws(LabelFault) { return try body() } catch {
            let row = array.header.isFortran ? error.index % count : error.index / (columns ?? 1)
            throw LabelFault(index: row, expected: error.expected, found: error.found)
        }
    }

    private func placed<Value>(_ body: () throws(LabelFault) -> Value) throws(DataError) -> Value {
        do throws(LabelFault) { return try body() } catch {
            throw .malformed(
                path: array.place.path, offset: offset(error.index), expected: error.expected, found: error.found)
        }
    }
}
