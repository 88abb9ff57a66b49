import TerminalUI

/// The names of the classes, for places with room for more than their numbers.
struct ClassNames {
    private let names: [String]?
    /// Characters of the longest name; 0 where the names are only the numbers.
    let longest: Int

    /// - Parameter names: one a class; nil: their numbers.
    init(_ names: [String]?) {
        let hasNames = names.map { $0 != $0.indices.map(String.init) } ?? false
        self.names = hasNames ? names : nil
        longest = hasNames ? names?.map(\.count).max() ?? 0 : 0
    }

    var isEmpty: Bool { names == nil }

    /// The word for an image of the data set: classes without names are digits.
    var noun: String { isEmpty ? "digit" : "image" }

    /// The name, or the number where there is none.
    subscript(_ label: Int) -> String {
        guard let names, names.indices.contains(label) else { return "\(label)" }
        return names[label]
    }

    /// These names where their longest one has room, else numbers.
    func fitting(_ room: Int) -> ClassNames { longest <= room ? self : ClassNames(nil) }
}

extension Shared {
    var classNames: ClassNames { ClassNames(data.loaded?.dataset.classNames) }
}
