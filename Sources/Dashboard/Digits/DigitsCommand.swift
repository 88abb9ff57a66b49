import TerminalUI

/// Commands of the keys of Digits.
package enum DigitsCommand: Equatable, Sendable {
    case cycleShown, cycleSort, filter
    /// The next true class or predicted class that digits are chosen by.
    case filterTruth, filterPrediction
    case cycleDetail, wholeGallery, alike, mark, unmarkAll, save
    /// Digits as they are fed, or as they are stored.
    case fed
}

extension DigitsScreen {
    package static let context = KeyContext.digits

    package static let bindings: [Binding] = [
        Binding(
            .filter, .digits, "filter", "filter: 4>9, 4>, >9, wrong, right, all, marked", .digits(.filter)),
        Binding(.what, .digits, "shown", "wrong ones only, right ones only, or all", .digits(.cycleShown)),
        Binding(
            .sort, .digits, "sort", "sort: loss, confidence, margin, likely mislabelled, index",
            .digits(.cycleSort)),
        Binding(
            .detail, .digits, "panel",
            "beside it: its past, confused pairs, saliency, the training digits most alike",
            .digits(.cycleDetail)),
        Binding(.mark, .digits, "mark", "mark the digit, or take its mark away", .digits(.mark)),
        Binding(.export, .digits, "save", "save the marked ones: a CSV table and a PGM sheet", .digits(.save)),
        Binding(.open, .digits, "large", "the digit in full size; from Lab the gallery", .open),
        Binding(
            .asFed, .digits, "fed", "digits as the network is fed with them, or as they are stored", .digits(.fed)),
        Binding(
            .trueClass, .digits, "true", "only digits of the next true class, or of any", .digits(.filterTruth)),
        Binding(
            .predictedClass, .digits, "predicted", "only digits predicted as the next class, or as any",
            .digits(.filterPrediction)),
        Binding(
            .samePair, .digits, "same", "only digits of its true and predicted class, or all again", .digits(.alike)),
        Binding(.unmarkAll, .digits, "", "take all marks away", .digits(.unmarkAll)),
        Binding(.alone, .digits, "", "the gallery alone, or with the digit", .digits(.wholeGallery)),
    ]

    package func disabled(_ command: Command, _ shared: Shared, _ place: Place) -> Message? {
        guard case .digits(let command) = command else { return nil }
        return reason(command, shared, place).map(Message.note)
    }

    private func reason(_ command: DigitsCommand, _ shared: Shared, _ place: Place) -> String? {
        switch command {
        case .cycleDetail, .wholeGallery:
            if place.panel != nil { return "\(shared.key(.digits)) shows the \(shared.classNames.noun)s first" }
            return command == .cycleDetail && shared.run == nil ? "a network has to be there first" : nil
        case .mark, .alike: return shared.digitToMark == nil ? "there is no \(shared.classNames.noun) at hand" : nil
        case .unmarkAll, .save:
            guard shared.selection.marked.isEmpty else { return nil }
            return "no \(shared.classNames.noun) is marked: \(shared.key(.mark)) marks one"
        case .cycleShown, .filterPrediction:
            // Lab's panel keeps what is chosen for the first predictions.
            guard place.panel == nil, isUntrained(shared) else { return nil }
            return "no predictions yet: \(shared.key(.train)) trains a network"
        case .fed: return shared.fedEpoch == nil ? shared.refusalToFeedDigits : nil
        case .cycleSort, .filter, .filterTruth: return nil
        }
    }
}
