import Kernels

/// A table whose column of labels and size of images are known.
struct ImageTable: Sendable {
    let survey: TableSurvey
    let label: LabelColumn
    let shape: ImageShape
    /// What is said of the column; nil where the user or a name has said it.
    let note: String?

    var rows: Int { survey.rows }

    /// - Throws: `DataError.malformedText` where the first and the last column, or neither, can be the labels, or where the
    ///   columns make no image.
    init(_ survey: TableSurvey, _ options: DatasetOptions) throws(DataError) {
        self.survey = survey
        let label = try Self.label(of: survey)
        self.label = label
        let dialect = survey.dialect
        let index = dialect.indexColumn == label.index ? nil : dialect.indexColumn
        let side = label.index == dialect.columns - 1 ? "last" : "first"
        note =
            [
                survey.labels.count > 1 ? "labels are in the \(side) column" : nil,
                index == nil ? nil : "the first column, which counts the rows, is not used",
            ].compactMap(\.self).joined(separator: "; ").nilIfEmpty
        let pixels = dialect.columns - 1 - (index == nil ? 0 : 1)
        guard pixels <= DatasetLimits.pixels else {
            throw .malformedText(
                path: survey.path, line: 1, column: nil, expected: "at most \(DatasetLimits.pixels) columns of pixels",
                found: "\(pixels)")
        }
        if let size = options.size {
            guard size.bytes == pixels else {
                throw .malformedText(
                    path: survey.path, line: 1, column: nil,
                    expected: "\(size.bytes) columns of pixels, as size= says", found: "\(pixels)")
            }
            shape = size
        } else {
            guard let square = ImageShape(square: pixels) else {
                throw .malformedText(
                    path: survey.path, line: 1, column: nil,
                    expected: "columns of a square image beside the label, or size=ROWSxCOLUMNS behind the path",
                    found: "\(pixels)")
            }
            shape = square
        }
    }

    private static func label(of survey: TableSurvey) throws(DataError) -> LabelColumn {
        guard survey.labels.count > 1 else { return survey.labels[0] }
        let plausible = survey.labels.filter(\.isPlausible)
        // Pixels are no words.
        let words = plausible.filter { $0.firstWord != nil }
        if words.count == 1 { return words[0] }
        guard plausible.count == 1 else {
            throw .malformedText(
                path: survey.path, line: survey.firstLine, column: nil,
                expected:
                    "labels in the first or the last column; say which with :label=first or :label=last behind the "
                    + "path",
                found: plausible.isEmpty ? "none in either" : "what can be labels in both")
        }
        return plausible[0]
    }

    /// The range of all pixels.
    ///
    /// - Throws: `DataError.malformedText` for a word among them.
    func range() throws(DataError) -> NumberRange {
        var range = survey.range
        for column in survey.labels where column.index != label.index {
            if let row = column.firstWord { throw fault(row, column.index, "a number", "none") }
            range.note(column.range)
        }
        return range
    }

    /// How labels become classes.
    func coding() throws(DataError) -> LabelCoding {
        try placed { () throws(LabelFault) in try label.coding() }
    }

    /// The class of every row.
    func classes(_ coding: LabelCoding) throws(DataError) -> [UInt8] {
        try placed { () throws(LabelFault) in try label.classes(coding) }
    }

    private func placed<Value>(_ body: () throws(LabelFault) -> Value) throws(DataError) -> Value {
        do throws(LabelFault) { return try body() } catch {
            throw fault(error.index, label.index, error.expected, error.found)
        }
    }

    private func fault(_ row: Int, _ column: Int, _ expected: String, _ found: String) -> DataError {
        .malformedText(
            path: survey.path, line: survey.firstLine + row, column: column + 1, expected: expected, found: found)
    }

    /// The bytes of all pixels, read anew.
    ///
    /// - Throws: `DataError` where the file is another one by now.
    func pixels(_ scale: PixelScale) throws(DataError) -> [UInt8] {
        var failure: DataError?
        let total = rows * shape.bytes
        let pixels = [UInt8](unsafeUninitializedCapacity: total) { buffer, filled in
            if let start = buffer.baseAddress { HugePages.advise(start, byteCount: total) }
            do throws(DataError) { filled = try fill(buffer, scale) } catch { failure = error }
        }
        if let failure { throw failure }
        guard pixels.count == total else { throw changed }
        return pixels
    }

    private func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>, _ scale: PixelScale) throws(DataError) -> Int {
        let (dialect, skipped) = (survey.dialect, survey.dialect.indexColumn ?? -1)
        let (isIdentity, label) = (scale.isIdentity, label.index)
        var filled = 0
        try TableSurvey.forEachRow(survey.path, dialect) { line, _ throws(DataError) in
            guard filled + shape.bytes <= buffer.count else { throw changed }
            var scanner = FieldScanner(line, delimiter: dialect.delimiter)
            for column in 0..<dialect.columns {
                if column == label || column == skipped {
                    scanner.skip()
                    continue
                }
                guard !scanner.isAtEnd, let value = scanner.number() else { throw changed }
                buffer[filled] = isIdentity ? UInt8(min(255, max(0, value))) : scale.byte(value)
                filled += 1
            }
        }
        return filled
    }

    private var changed: DataError { .unreadable(path: survey.path, reason: "it has changed while it was read") }
}

extension String {
    fileprivate var nilIfEmpty: String? { isEmpty ? nil : self }
}
