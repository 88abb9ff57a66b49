import TerminalUI

/// The names of the classes, for places with room for more than their numbers.
struct ClassNames {
    private let names: [String]?
    /// One a class; nil where they are only the numbers.
    var all: [String]? { names }
    /// Columns of the longest name; 0 where the names are only the numbers.
    let longest: Int
    /// Whether the images are digits: ten classes that are called by their numbers, as MNIST's.
    let areDigits: Bool

    /// - Parameter names: one a class; nil: their numbers.
    init(_ names: [String]?) {
        let hasNames = names.map { $0 != $0.indices.map(String.init) } ?? false
        self.names = hasNames ? names : nil
        longest = hasNames ? names?.map(\.columns).max() ?? 0 : 0
        // Before the data set is read, it may be MNIST.
        areDigits = !hasNames && (names?.count ?? 10) == 10
    }

    var isEmpty: Bool { names == nil }

    /// The word for an image of the data set.
    var noun: String { areDigits ? "digit" : "image" }

    /// A text of the program's about digits, in the word for the images of the data set.
    func worded(_ text: String) -> String {
        guard !areDigits else { return text }
        return text.replacing("digit", with: "image").replacing("Digit", with: "Image")
    }

    /// The name, or the number where there is none.
    subscript(_ label: Int) -> String {
        guard let names, names.indices.contains(label) else { return "\(label)" }
        return names[label]
    }

    /// These names where all have room, at need shortened, else numbers.
    func fitting(_ room: Int) -> ClassNames { longest <= room ? self : ClassNames(short?.fitting(room)) }

    /// The same, but cut where there are fewer columns: to their beginnings, or beginnings and ends, of three columns or more.
    func cut(_ room: Int) -> ClassNames {
        let fitting = fitting(room)
        guard fitting.isEmpty, room >= 3 else { return fitting }
        let beginnings = beginning(room)
        return beginnings.isEmpty ? ends(room) : beginnings
    }

    /// Beginnings of the names that tell them apart in so many columns, else numbers.
    func beginning(_ room: Int) -> ClassNames { ClassNames(short?.beginnings(room)) }

    /// Beginnings and ends of the names that tell them apart in so many columns, else numbers.
    func ends(_ room: Int) -> ClassNames { ClassNames(short?.ends(room)) }

    /// The names, to be shortened; nil where there are none.
    var short: ShortNames? { names.map(ShortNames.init) }

    /// Which classes of all are shown: by their numbers, or, where they have names, by their places from 1.
    func range(_ shown: Range<Int>, of classes: Int) -> String {
        isEmpty
            ? "\(shown.lowerBound)–\(shown.upperBound - 1) of \(classes)"
            : "\(shown.lowerBound + 1)–\(shown.upperBound) of \(classes)"
    }

    /// The name of a class for a line about it: `class 3`, `sneaker`.
    func title(_ label: Int) -> String { isEmpty ? "class \(label)" : self[label] }
}

extension Shared {
    /// What the run's classes are called. An opened run has its own names, also where its data set can't be loaded.
    var classNames: ClassNames { ClassNames(opened?.classNames ?? data.loaded?.dataset.classNames) }

    /// What the classes of the loaded images are called.
    var imageNames: ClassNames { ClassNames(data.loaded?.dataset.classNames) }
}
