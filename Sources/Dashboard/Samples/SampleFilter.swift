import TerminalUI

/// A choice among the images of a part of a data set, without any predictions.
package struct SampleFilter: Equatable, Sendable {
    /// The class; nil for every one.
    package var label: Int?
    /// The least number within the file.
    package var first: Int

    package init(label: Int? = nil, first: Int = 0) { (self.label, self.first) = (label, first) }

    /// Whether it leaves images out.
    package var isNarrowed: Bool { self != SampleFilter() }

    /// Reads a class by its number or name (`4`, `4>`, `ankle boot`), `from 500`, `all`, and combinations.
    ///
    /// - Parameters:
    ///   - classes: how many there are.
    ///   - names: one a class, or none.
    /// - Returns: nil if a word is none of these, or a class does not exist.
    package init?(parsing text: String, classes: Int, names: [String] = []) {
        self.init()
        var words = text.lowercased().split(separator: " ").map(String.init)
        if let place = words.firstIndex(of: "from") {
            guard words.indices.contains(place + 1), let first = Int(words[place + 1]), first >= 0 else { return nil }
            self.first = first
            words.removeSubrange(place...(place + 1))
        }
        let name = words.joined(separator: " ")
        if name.isEmpty || name == "all" { return }
        // A class that is called by a number of its own goes by its name.
        if let label = names.firstIndex(where: { $0.lowercased() == name }), label < classes {
            self.label = label
            return
        }
        guard let label = Int(name.hasSuffix(">") ? String(name.dropLast()) : name), (0..<classes).contains(label)
        else { return nil }
        self.label = label
    }

    /// The text from which this filter can be parsed, where classes go by their numbers.
    package var description: String {
        let words = (label.map { ["\($0)"] } ?? []) + (first > 0 ? ["from \(first)"] : [])
        return words.isEmpty ? "all" : words.joined(separator: " ")
    }
}
