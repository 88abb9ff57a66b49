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

    /// Reads a class by its number or name as `ClassWord` does (`4`, `4>`, `ankle boot`), `from 500`, `all`, and combinations.
    ///
    /// - Parameters:
    ///   - classes: how many there are.
    ///   - names: one a class, or none.
    /// - Returns: nil if a word is none of these, or a class does not exist.
    package init?(parsing text: String, classes: Int, names: [String] = []) {
        self.init()
        var words = text.split(separator: " ").map(String.init)
        if let place = words.firstIndex(where: { $0.lowercased() == "from" }) {
            guard words.indices.contains(place + 1), let first = Int(words[place + 1]), first >= 0 else { return nil }
            self.first = first
            words.removeSubrange(place...(place + 1))
        }
        let name = words.joined(separator: " ")
        if name.isEmpty || name.lowercased() == "all" { return }
        let word = name.hasSuffix(">") && !names.contains(name) ? String(name.dropLast()) : name
        guard let label = ClassWord.label(word, classes: classes, names: names), label < classes else { return nil }
        self.label = label
    }

    /// The text from which this filter can be parsed, where classes go by their numbers.
    package var description: String {
        let words = (label.map { ["\($0)"] } ?? []) + (first > 0 ? ["from \(first)"] : [])
        return words.isEmpty ? "all" : words.joined(separator: " ")
    }
}
