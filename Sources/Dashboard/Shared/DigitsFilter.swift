import Foundation

/// A choice among the rows of an evaluation.
package struct DigitsFilter: Equatable, Sendable {
    /// Wrong predictions, right ones, or all.
    package enum Shown: String, CaseIterable, Sendable { case wrong, right, all }

    /// The true class; nil for every one.
    package var truth: Int?
    /// The predicted class; nil for every one.
    package var predicted: Int?
    /// Wrong predictions, right ones, or all.
    package var shown: Shown
    /// Whether only marked digits are chosen.
    package var marked: Bool

    package init(truth: Int? = nil, predicted: Int? = nil, shown: Shown = .wrong, marked: Bool = false) {
        self.marked = marked
        self.truth = truth
        self.predicted = predicted
        self.shown = shown
    }

    /// Whether the true or the predicted class is fixed.
    package var isNarrowed: Bool { truth != nil || predicted != nil }

    func withNextShown() -> DigitsFilter {
        DigitsFilter(truth: truth, predicted: predicted, shown: ComposerEditing.cycled(shown, by: 1), marked: marked)
    }

    /// Whether a row with these classes is chosen; marks are not considered.
    package func passes(truth: Int, predicted: Int) -> Bool {
        if let wanted = self.truth, wanted != truth { return false }
        if let wanted = self.predicted, wanted != predicted { return false }
        switch shown {
        case .wrong: return truth != predicted
        case .right: return truth == predicted
        case .all: return true
        }
    }

    /// Reads `4>9`, `4>`, `>9`, `4` (true class), `wrong`, `right`, `all`, `marked` and combinations with spaces. A class is
    /// its number or its name (`shirt>coat`), without the blanks in it; the beginning of a name is enough where no other one
    /// has it.
    ///
    /// - Parameter names: one a class; nil: their numbers.
    /// - Returns: nil if a word is none of these or a class does not exist.
    package init?(parsing text: String, classes: Int, names: [String]? = nil) {
        self.init(shown: .all)
        for word in text.replacingOccurrences(of: "→", with: ">").split(separator: " ") {
            if let shown = Shown(rawValue: word.lowercased()) {
                self.shown = shown
                continue
            }
            if word.lowercased() == "marked" {
                marked = true
                continue
            }
            let parts = word.split(separator: ">", omittingEmptySubsequences: false)
            guard parts.count <= 2, !(parts.allSatisfy(\.isEmpty) && parts.count < 2) else { return nil }
            for (index, part) in parts.enumerated() where !part.isEmpty {
                guard let number = ClassWord.label(String(part), classes: classes, names: names ?? []) else {
                    return nil
                }
                if index == 0 { truth = number } else { predicted = number }
            }
        }
    }

    /// The text from which this filter can be parsed.
    package var description: String { description(names: nil) }

    /// The same with the names of the classes; a number for one whose name would be read as another class.
    package func description(names: [String]?) -> String {
        var words: [String] = []
        func word(_ label: Int?) -> String {
            guard let label else { return "" }
            guard let names, names.indices.contains(label) else { return "\(label)" }
            let name = names[label].filter { $0 != " " }
            let isReadBack = DigitsFilter(parsing: name + ">", classes: names.count, names: names)?.truth == label
            return isReadBack ? name : "\(label)"
        }
        if isNarrowed { words.append(word(truth) + ">" + word(predicted)) }
        if marked { words.append("marked") }
        if shown != .all || words.isEmpty { words.append(shown.rawValue) }
        return words.joined(separator: " ")
    }
}
