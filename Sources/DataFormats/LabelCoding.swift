/// A label that can't be one, by its index.
struct LabelFault: Error, Equatable {
    let index: Int
    let expected: String
    let found: String
}

/// How the labels of a file become classes from 0, by the training labels alone.
package struct LabelCoding: Sendable {
    /// Classes are a byte.
    static let mostClasses = 256

    /// The label of class 0, where labels are numbers.
    let first: Int
    private let codes: [String: UInt8]?
    /// One name a class; nil where they are numbered from 0.
    let classNames: [String]?
    /// What is said of it; nil where nothing is to be said.
    let note: String?

    /// Numbers from 0 that have no names.
    static let fromZero = LabelCoding(first: 0, classNames: nil)

    /// Whether labels are words.
    var areWords: Bool { codes != nil }

    /// Whole numbers, from 0 or from 1.
    ///
    /// - Throws: the first label that is too small or too great. With numbers from 0, whether they have gaps is not looked at.
    init(numbers: [Int]) throws(LabelFault) {
        let (least, greatest) = (numbers.min() ?? 0, numbers.max() ?? 0)
        func fault(_ label: Int, _ expected: String, _ found: String? = nil) -> LabelFault {
            LabelFault(index: numbers.firstIndex(of: label) ?? 0, expected: expected, found: found ?? "\(label)")
        }
        guard least == 0 || least == 1 else { throw fault(least, "labels that are numbered from 0 or from 1") }
        guard greatest - least < Self.mostClasses else {
            throw fault(greatest, "at most \(Self.mostClasses) classes", "label \(greatest)")
        }
        (first, codes) = (least, nil)
        guard least == 1 else {
            (classNames, note) = (nil, nil)
            return
        }
        let distinct = Set(numbers).count
        guard distinct > 1 else { throw fault(1, "labels of at least two classes", "only label 1") }
        guard greatest <= 2 * distinct else {
            throw fault(
                greatest, "labels numbered from 1 with few gaps",
                "label \(greatest) among only \(distinct) different labels")
        }
        classNames = (1...greatest).map(String.init)
        note = Self.fromOneNote
    }

    /// What is to be said of labels that are counted from 1.
    package static let fromOneNote = "labels are counted from 1: label 1 is the first class"

    /// Numbers of classes that have names.
    ///
    /// - Parameter first: the label of the first name.
    init(first: Int, classNames: [String]?) {
        (self.first, self.classNames, codes, note) = (first, classNames, nil, first == 1 ? Self.fromOneNote : nil)
    }

    /// Words; classes are in the order of their bytes, as scikit-learn's `LabelEncoder` has them.
    ///
    /// - Parameter distinct: all words of the training part, each once, 2 to 256 of them.
    init(distinct: [String]) {
        let names = distinct.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        (first, classNames, note) = (0, names, nil)
        codes = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, UInt8($0)) })
    }

    /// Classes from 0.
    ///
    /// - Throws: the first label of no class.
    func classes(of numbers: [Int]) throws(LabelFault) -> [UInt8] {
        let most = first + (classNames?.count ?? Self.mostClasses) - 1
        var classes: [UInt8] = []
        classes.reserveCapacity(numbers.count)
        for (index, number) in numbers.enumerated() {
            guard (first...most).contains(number) else {
                throw LabelFault(
                    index: index, expected: "a label in \(first) ... \(most)", found: "\(number)")
            }
            classes.append(UInt8(number - first))
        }
        return classes
    }

    /// The class of a word; nil where it is none of the training part's.
    func code(of word: String) -> UInt8? { codes?[word] }
}
