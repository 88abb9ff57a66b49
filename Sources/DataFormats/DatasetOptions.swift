/// What a user says of a data set that its files don't say, as words behind its path:
/// `digits.csv:label=last,size=8x8,scale=0..16`.
package struct DatasetOptions: Sendable, Equatable {
    /// One thing that can be said.
    package enum Key: String, Sendable, CaseIterable {
        case set, transpose, size, scale, label, test
        case testSeed = "testseed"

        /// What is expected behind it, in words for an error.
        var form: String {
            switch self {
            case .set: "set=NAME, one of the data sets that are there"
            case .transpose: "transpose, which turns rows into columns"
            case .size: "size=ROWSxCOLUMNS, such as size=28x28"
            case .scale: "scale=LEAST..GREATEST, such as scale=0..16"
            case .label: "label=first, label=last or label=NAME, the column with the labels"
            case .test: "test=SHARE, above 0 and below 1, such as test=0.2"
            case .testSeed: "testseed=NUMBER, a whole number from 0 on"
            }
        }
    }

    /// Which column of a table has the labels.
    package enum LabelColumn: Sendable, Equatable {
        case first, last
        case named(String)
    }

    /// Which of several data sets in one folder.
    package private(set) var set: String?
    /// Whether the images' rows are columns in the files, as in EMNIST.
    package private(set) var isTransposed = false
    /// The size of images that are kept as rows of values.
    package private(set) var size: ImageShape?
    /// The values that are black and white.
    package private(set) var scale: ClosedRange<Double>?
    /// The column with the labels.
    package private(set) var label: LabelColumn?
    /// The share of rows to test with, where the files have no test part.
    package private(set) var test: Double?
    /// The seed of the choice of these rows.
    package private(set) var testSeed: UInt64?

    /// Nothing is said.
    package init() {}

    /// What is said, in the order of the cases.
    package var keys: [Key] { Key.allCases.filter { text(of: $0) != nil } }

    /// The words with which `init(parsing:)` finds the same: `label=last,size=8x8`; empty where nothing is said.
    package var text: String { Key.allCases.compactMap(text).joined(separator: ",") }

    private func text(of key: Key) -> String? {
        switch key {
        case .set: set.map { "set=\($0)" }
        case .transpose: isTransposed ? "transpose" : nil
        case .size: size.map { "size=\($0.rows)x\($0.columns)" }
        case .scale: scale.map { "scale=\(Self.number($0.lowerBound))..\(Self.number($0.upperBound))" }
        case .label:
            switch label {
            case .first: "label=first"
            case .last: "label=last"
            case .named(let name): "label=\(name)"
            case nil: nil
            }
        case .test: test.map { "test=\(Self.number($0))" }
        case .testSeed: testSeed.map { "testseed=\($0)" }
        }
    }

    /// Without a point where the number is whole.
    static func number(_ value: Double) -> String {
        value.magnitude < 0x1p53 ? Int(exactly: value).map { "\($0)" } ?? "\(value)" : "\(value)"
    }

    /// A word that is no option.
    package struct Fault: Error, Equatable {
        /// As it was typed.
        package let word: String
        /// What was expected, in words.
        package let expected: String

        package init(word: String, expected: String) { (self.word, self.expected) = (word, expected) }
    }

    /// Reads words between commas.
    ///
    /// - Throws: the first word that is no option, or is there twice.
    package init(parsing text: String) throws(Fault) {
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let word = String(part)
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let key = Key(rawValue: halves[0]) else {
                let words = Key.allCases.map { $0 == .transpose ? "transpose" : "\($0.rawValue)=" }
                throw Fault(word: word, expected: "one of " + words.joined(separator: ", "))
            }
            guard self.text(of: key) == nil else { throw Fault(word: word, expected: "\(key.rawValue) once") }
            guard take(key, halves.count == 2 ? halves[1] : nil) else { throw Fault(word: word, expected: key.form) }
        }
    }

    /// - Parameter value: what stands behind `=`; nil without one.
    /// - Returns: whether it is a value of the key.
    private mutating func take(_ key: Key, _ value: String?) -> Bool {
        guard let value else {
            isTransposed = key == .transpose
            return isTransposed
        }
        guard !value.isEmpty else { return false }
        switch key {
        case .transpose: return false
        case .set: set = value
        case .size:
            let sides = value.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
            guard sides.count == 2, sides.allSatisfy({ (1...DatasetLimits.pixels).contains($0) }) else { return false }
            size = ImageShape(rows: sides[0], columns: sides[1])
        case .scale:
            guard let dots = value.firstRange(of: ".."), let least = Double(value[..<dots.lowerBound]),
                let greatest = Double(value[dots.upperBound...]), least < greatest, (greatest - least).isFinite
            else { return false }
            scale = least...greatest
        case .label: label = value == "first" ? .first : value == "last" ? .last : .named(value)
        case .test:
            guard let share = Double(value), share > 0, share < 1 else { return false }
            test = share
        case .testSeed:
            guard let seed = UInt64(value) else { return false }
            testSeed = seed
        }
        return true
    }
}
