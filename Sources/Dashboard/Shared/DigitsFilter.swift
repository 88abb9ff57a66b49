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

    /// Reads `4>9`, `4>`, `>9`, `4` (true class), `wrong`, `right`, `all`, `marked` and combinations with spaces.
    ///
    /// - Returns: nil if a word is none of these or a class does not exist.
    package init?(parsing text: String, classes: Int) {
        self.init(shown: .all)
        for word in text.lowercased().replacingOccurrences(of: "→", with: ">").split(separator: " ") {
            if let shown = Shown(rawValue: String(word)) {
                self.shown = shown
                continue
            }
            if word == "marked" {
                marked = true
                continue
            }
            let parts = word.split(separator: ">", omittingEmptySubsequences: false)
            guard parts.count <= 2, !(parts.allSatisfy(\.isEmpty) && parts.count < 2) else { return nil }
            for (index, part) in parts.enumerated() where !part.isEmpty {
                guard let number = Int(part), (0..<classes).contains(number) else { return nil }
                if index == 0 { truth = number } else { predicted = number }
            }
        }
    }

    /// The text from which this filter can be parsed.
    package var description: String {
        var words: [String] = []
        if isNarrowed { words.append((truth.map(String.init) ?? "") + ">" + (predicted.map(String.init) ?? "")) }
        if marked { words.append("marked") }
        if shown != .all || words.isEmpty { words.append(shown.rawValue) }
        return words.joined(separator: " ")
    }
}
