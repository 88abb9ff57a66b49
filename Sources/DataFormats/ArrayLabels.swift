import NumPyFiles

/// The labels of an array: a number each, rows with a one at the class, or text.
struct ArrayLabels: Sendable {
    private enum Content: Sendable {
        case numbers(RawNumbers)
        case text(LabelColumn, width: Int)
    }

    let header: NPYHeader
    /// How many images have one.
    let count: Int
    private let place: ArrayPlace
    private let content: Content
    /// The length of a one-hot row; nil where labels are numbers or text.
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
        (self.count, header, place, content) = (count, array.header, array.place, .numbers(array.numbers))
    }

    /// - Parameter values: the bytes of all texts.
    /// - Throws: `DataError.malformed` for another shape, or what is no text.
    init(text values: [UInt8], _ type: TextType, _ header: NPYHeader, _ place: ArrayPlace) throws(DataError) {
        let shape = header.shape
        guard shape.count == 1 || shape.count == 2 && shape[1] == 1, let count = shape.first, count > 0 else {
            throw .malformed(
                path: place.path, offset: header.shapeOffset, expected: "labels, as (count) or (count, 1)",
                found: NumPyArray.text(ofShape: shape))
        }
        let texts: [String]
        do throws(TextType.Fault) { texts = try type.decode(values, count: count) } catch {
            throw .malformed(
                path: place.path, offset: header.valuesStart + error.index * type.width, expected: "text",
                found: "other bytes")
        }
        var column = LabelColumn(index: 0)
        for (row, text) in texts.enumerated() { column.note(Array(text.utf8), at: row) }
        columns = nil
        (self.count, self.header, self.place, content) = (count, header, place, .text(column, width: type.width))
    }

    /// How labels become classes; nil for one-hot rows, whose columns are the classes.
    ///
    /// - Throws: `DataError.malformed` at the label that can't be one.
    func coding() throws(DataError) -> LabelCoding? {
        guard columns == nil else { return nil }
        return try placed { () throws(LabelFault) in
            switch content {
            case .numbers(let numbers): try LabelCoding(numbers: try numbers.integers())
            case .text(let column, _): try column.coding()
            }
        }
    }

    /// The classes by the coding of the training labels.
    func classes(_ coding: LabelCoding?) throws(DataError) -> [UInt8] {
        try placed { () throws(LabelFault) in
            switch content {
            case .text(let column, _): return try column.classes(coding ?? .fromZero)
            case .numbers(let numbers):
                if let columns { return try ones(numbers, columns) }
                guard coding?.areWords != true else {
                    throw LabelFault(index: 0, expected: "text, as the labels to train on are", found: "numbers")
                }
                return try (coding ?? .fromZero).classes(of: try numbers.integers())
            }
        }
    }

    /// What the classes are called; nil where they are numbered from 0 and counted elsewhere.
    func names(_ coding: LabelCoding?) -> [String]? { columns.map { (0..<$0).map(String.init) } ?? coding?.classNames }

    /// Where a label stands, in bytes.
    func offset(_ index: Int) -> Int {
        switch content {
        case .text(_, let width): header.valuesStart + index * width
        case .numbers(let numbers):
            header.valuesStart + (header.isFortran ? index : index * (columns ?? 1)) * numbers.type.width
        }
    }

    /// The place of the only one in each row.
    private func ones(_ numbers: RawNumbers, _ columns: Int) throws(LabelFault) -> [UInt8] {
        var classes = [Int?](repeating: nil, count: count)
        let whole = try rows { () throws(LabelFault) in try numbers.integers() }
        for (index, number) in whole.enumerated() where number != 0 {
            let (row, column) =
                header.isFortran ? (index % count, index / count) : (index / columns, index % columns)
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
            let row = header.isFortran ? error.index % count : error.index / (columns ?? 1)
            throw LabelFault(index: row, expected: error.expected, found: error.found)
        }
    }

    private func placed<Value>(_ body: () throws(LabelFault) -> Value) throws(DataError) -> Value {
        do throws(LabelFault) { return try body() } catch {
            throw .malformed(
                path: place.path, offset: offset(error.index), expected: error.expected, found: error.found)
        }
    }
}
