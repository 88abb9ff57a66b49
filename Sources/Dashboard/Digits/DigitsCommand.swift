import TerminalUI

/// Commands of the keys of Digits.
package enum DigitsCommand: Equatable, Sendable {
    case cycleShown, cycleSort, filter
    /// The next or previous true class or predicted class that digits are chosen by.
    case filterTruth(Int), filterPrediction(Int)
    case nearest, wholeGallery, alike, mark, unmarkAll, save
}

extension DigitsScreen {
    package static let context = KeyContext.digits

    package static let bindings: [Binding] = [
        Binding(
            ["/"], "/", .digits, "filter", "filter: 4>9, 4>, >9, wrong, right, all, marked", .digits(.filter)),
        Binding(["w"], "w", .digits, "shown", "wrong ones only, right ones only, or all", .digits(.cycleShown)),
        Binding(
            ["s"], "s", .digits, "sort", "sort: loss, confidence, margin, likely mislabelled, index",
            .digits(.cycleSort)),
        Binding(["n"], "n", .digits, "nearest", "the training digits that it takes for alike", .digits(.nearest)),
        Binding(["m"], "m", .digits, "mark", "mark the digit, or take its mark away", .digits(.mark)),
        Binding(["x"], "x", .digits, "save", "save the marked ones: a CSV table and a PGM sheet", .digits(.save)),
        Binding([.enter], "enter", .digits, "large", "the digit in full size; from Lab the gallery", .open),
        Binding(
            ["y"], "y", .digits, "true", "only digits of the next true class, or of any", .digits(.filterTruth(1))),
        Binding(["Y"], "Y", .digits, "", "only digits of the true class before", .digits(.filterTruth(-1))),
        Binding(
            ["u"], "u", .digits, "guess", "only digits taken for the next class, or for any",
            .digits(.filterPrediction(1))),
        Binding(
            ["U"], "U", .digits, "", "only digits taken for the class before", .digits(.filterPrediction(-1))),
        Binding(
            ["f"], "f", .digits, "alike", "only digits of its true and predicted class, or all again", .digits(.alike)),
        Binding(["M"], "M", .digits, "", "take all marks away", .digits(.unmarkAll)),
        Binding(["z"], "z", .digits, "", "the gallery alone, or with the digit", .digits(.wholeGallery)),
    ]

    package func disabled(_ command: Command, _ shared: Shared, _ place: Place) -> Message? {
        guard case .digits(let command) = command else { return nil }
        return reason(command, shared, place).map(Message.note)
    }

    private func reason(_ command: DigitsCommand, _ shared: Shared, _ place: Place) -> String? {
        switch command {
        case .nearest, .wholeGallery:
            if place.panel != nil { return "4 shows the digits first" }
            return command == .nearest && shared.run == nil ? "a network has to be there first" : nil
        case .mark, .alike: return shared.digitToMark == nil ? "there is no digit at hand" : nil
        case .unmarkAll, .save: return shared.selection.marked.isEmpty ? "no digit is marked: m marks one" : nil
        case .cycleShown, .cycleSort, .filter, .filterTruth, .filterPrediction: return nil
        }
    }
}
