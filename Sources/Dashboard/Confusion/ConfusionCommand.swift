import TerminalUI

/// Commands of the keys of Confusion.
package enum ConfusionCommand: Equatable, Sendable {
    case cycleMode, toggleDiagonal
    /// To a later epoch, or an earlier one.
    case slide(Int)
    case pinEpoch, cycleBaseline
    /// The next panel beside the matrix, the next order of the classes, and the other way round.
    case cycleDetail, sortClasses, reverseClasses
    /// The matrix alone, then the first panel beside it alone, then all of them.
    case cycleAlone
}

extension ConfusionScreen {
    package static let context = KeyContext.confusion

    package static let bindings: [Binding] = [
        Binding(.open, .confusion, "digits", "the digits behind the cell", .open),
        Binding(
            .what, .confusion, "scale", "counts, per cent of the row or the column, or logarithmic colours",
            .confusion(.cycleMode)),
        Binding(.outliers, .confusion, "diagonal", "hide or show the diagonal", .confusion(.toggleDiagonal)),
        Binding(.earlier, .confusion, "", "an earlier epoch of the run", .confusion(.slide(-1))),
        Binding(.later, .confusion, "epoch", "a later epoch", .confusion(.slide(1))),
        Binding(
            .compareEpoch, .confusion, "difference", "the difference from this epoch; earlier and later then move",
            .confusion(.pinEpoch)),
        Binding(
            .compare, .confusion, "compare", "the difference from another run, or none", .confusion(.cycleBaseline)),
        Binding(
            .detail, .confusion, "figures", "the next figures or picture beside the matrix comes first",
            .confusion(.cycleDetail)),
        Binding(
            .sort, .confusion, "sort", "sort the classes: by number, recall, precision or F1",
            .confusion(.sortClasses)),
        Binding(.sortReverse, .confusion, "", "the classes the other way round", .confusion(.reverseClasses)),
        Binding(
            .alone, .confusion, "", "the matrix alone, then the first panel beside it alone, then all",
            .confusion(.cycleAlone)),
    ]

    /// Why the epochs or a baseline can't be chosen now; nil if they can.
    package func disabled(_ command: Command, _ shared: Shared, _ place: Place) -> Message? {
        switch command {
        case .confusion(.cycleDetail), .confusion(.sortClasses), .confusion(.reverseClasses):
            if place.panel != nil { return .note("\(shared.key(.confusion)) shows the figures beside the matrix") }
            guard alone == .matrix || alone == nil && place.area.width < ConfusionLayout.leastWidth else { return nil }
            return .note("\(shared.key(.alone)) shows the figures")
        case .confusion(.cycleAlone):
            return place.panel == nil ? nil : .note("\(shared.key(.confusion)) shows the matrix and its figures")
        case .confusion(.cycleBaseline):
            return shared.otherRuns.isEmpty && !shared.savedRuns.isLoading ? .note(SavedRuns.noOther) : nil
        case .confusion(.slide), .confusion(.pinEpoch):
            if shared.source == .test {
                return .note(
                    "the test set is not measured at every epoch: \(shared.key(.rows)) shows the validation rows")
            }
            return shared.run?.confusions.epochs.isEmpty == false ? nil : .note("no epoch was measured yet")
        default: return nil
        }
    }

    package mutating func perform(_ command: Command, _ shared: inout Shared, _ place: Place) -> Reply {
        guard case .confusion(let command) = command else { return [] }
        switch command {
        case .cycleMode: cycleMode()
        case .toggleDiagonal: hidesDiagonal.toggle()
        case .slide(let steps): slide(steps, &shared)
        case .pinEpoch: shared.lookBack.togglePin(shared.shownConfusion?.epoch)
        case .cycleBaseline: shared.cycleBaseline()
        case .cycleDetail:
            detail = detail.andFollowing[1]
            shared.message = .note("\(alone == .detail ? "alone" : "first"): \(detail.words)")
        case .cycleAlone:
            cycleAlone()
            if alone == .detail { shared.message = .note("alone: \(detail.words)") }
        case .sortClasses:
            (order, isReversed) = (ComposerEditing.cycled(order, by: 1), false)
            shared.message = .note("classes \(order.words)")
        case .reverseClasses:
            isReversed.toggle()
            shared.message = .note("classes \(order.words)" + (isReversed ? ", reversed" : ""))
        }
        return []
    }
}
