/// What a column holds that may be the one with the labels.
struct LabelColumn: Sendable {
    let index: Int
    /// Each different text once, in the order in which they come.
    private(set) var texts: [String] = []
    /// For each row, the place of its text in `texts`.
    private(set) var rows: [UInt16] = []
    /// As numbers, for a column that has pixels after all.
    private(set) var range = NumberRange()
    /// The first row that is no number.
    private(set) var firstWord: Int?
    /// Why it can't be the labels; nil while it can.
    private(set) var fault: LabelFault?
    private var codes: [[UInt8]: UInt16] = [:]

    init(index: Int) { self.index = index }

    /// - Parameters:
    ///   - field: nil where its quotation marks are wrong.
    ///   - place: for the range.
    mutating func note(_ field: [UInt8]?, at place: Int) {
        let row = rows.count
        if let value = field.flatMap(Self.number) { range.note(value, at: place) } else { firstWord = firstWord ?? row }
        guard let field, let text = Self.text(field) else {
            refuse(row, "a label of visible characters", field.map(FieldScanner.excerpt) ?? "a quotation mark too many")
            return rows.append(0)
        }
        if let code = codes[field] { return rows.append(code) }
        guard texts.count < LabelCoding.mostClasses else {
            refuse(row, "at most \(LabelCoding.mostClasses) different labels", FieldScanner.excerpt(field))
            return rows.append(0)
        }
        codes[field] = UInt16(texts.count)
        rows.append(UInt16(texts.count))
        texts.append(text)
    }

    private mutating func refuse(_ row: Int, _ expected: String, _ found: String) {
        fault = fault ?? LabelFault(index: row, expected: expected, found: found)
    }

    private static func number(_ field: [UInt8]) -> Double? {
        field.withUnsafeBufferPointer { bytes in
            var scanner = FieldScanner(bytes, delimiter: 0)
            let value = scanner.number()
            return scanner.isAtEnd ? value : nil
        }
    }

    /// A text of one line, without what a terminal would act on; nil for another.
    private static func text(_ field: [UInt8]) -> String? {
        guard !field.isEmpty, field.count <= FieldScanner.longest, let text = String(validating: field, as: UTF8.self),
            !text.contains(where: \.isNewline),
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
        else { return nil }
        return text
    }

    /// The labels as numbers, by `texts`; nil where one is a word.
    private func numbers() throws(LabelFault) -> [Int]? {
        guard firstWord == nil else { return nil }
        var numbers: [Int] = []
        for (code, text) in texts.enumerated() {
            guard let value = Self.number(Array(text.utf8)), abs(value) < 1e9, value == value.rounded() else {
                throw LabelFault(
                    index: rows.firstIndex(of: UInt16(code)) ?? 0, expected: "a whole number, or words", found: text)
            }
            numbers.append(Int(value))
        }
        return numbers
    }

    /// How the labels become classes.
    ///
    /// - Throws: the label that can't be one.
    func coding() throws(LabelFault) -> LabelCoding {
        if let fault { throw fault }
        guard let numbers = try numbers() else {
            guard texts.count > 1 else {
                throw LabelFault(index: 0, expected: "labels of at least two classes", found: "only \(texts[0])")
            }
            return LabelCoding(distinct: texts)
        }
        return try LabelCoding(numbers: rows.map { numbers[Int($0)] })
    }

    /// Whether the column looks as labels do: few different values, which have few gaps where they are numbers.
    var isPlausible: Bool {
        do throws(LabelFault) {
            _ = try coding()
            // 1 and 1.0 are the same label.
            guard let different = try numbers().map({ Set($0) }) else { return true }
            return different.count > 1 && (different.max() ?? 0) < 2 * different.count
        } catch {
            return false
        }
    }

    /// The classes by the coding of the training labels.
    ///
    /// - Throws: the first label of no class.
    func classes(_ coding: LabelCoding) throws(LabelFault) -> [UInt8] {
        if let fault { throw fault }
        guard coding.areWords else {
            guard let numbers = try numbers() else {
                throw LabelFault(
                    index: firstWord ?? 0, expected: "a number, as the labels to train on are",
                    found: texts[Int(rows[firstWord ?? 0])])
            }
            return try coding.classes(of: rows.map { numbers[Int($0)] })
        }
        var codes: [UInt8] = []
        for (code, text) in texts.enumerated() {
            guard let own = coding.code(of: text) else {
                throw LabelFault(
                    index: rows.firstIndex(of: UInt16(code)) ?? 0, expected: "a class of the labels to train on",
                    found: text)
            }
            codes.append(own)
        }
        return rows.map { codes[Int($0)] }
    }
}
