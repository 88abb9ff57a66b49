import TerminalUI
import Training

/// Digits before the first run: the images are there to be walked, sorted and filtered by what needs no predictions.
extension DigitsScreen {
    /// Images that should have room at once: smaller ones than in Data, as they stand for many.
    private static let wanted = 12

    /// Whether there is no network that could have predicted anything.
    func isUntrained(_ shared: Shared) -> Bool { shared.run == nil }

    /// Shows the rows that will be predicted: those that validate, all where none are held out, or the test set.
    mutating func settleUntrained(_ shared: Shared) {
        guard isUntrained(shared) else { return untrained.forget() }
        let hasHeldOut = shared.composer.spec.training.validation > 0
        let part = shared.source == .test ? DataPart.test : hasHeldOut ? .heldOut : .training
        if untrained.part != part { untrained.setPart(part, shared) } else { untrained.settle(shared) }
    }

    func untrainedGrid(_ shared: Shared, _ place: Place) -> PictureGrid {
        let area = form == .large ? place.area : layout(shared, place).gallery
        return SampleGallery.grid(shared, in: area, wanted: Self.wanted)
    }

    /// A command without predictions; those that need them are disabled.
    mutating func performUntrained(_ command: DigitsCommand, _ shared: inout Shared) {
        switch command {
        case .cycleSort: untrained.cycleOrder(&shared)
        case .filter: untrainedTyping = SampleTyping(untrained.filter)
        case .filterTruth: untrained.nextClass(shared)
        case .wholeGallery: form = form == .gallery ? .both : .gallery
        case .fed: shared.fedEpoch = shared.fedEpoch == nil ? 0 : nil
        case .cycleShown, .filterPrediction, .cycleDetail, .alike, .mark, .unmarkAll, .save: break
        }
    }

    mutating func backUntrained(_ shared: Shared) -> Bool {
        if form != .both {
            form = .both
        } else if untrained.filter.isNarrowed {
            untrained.setFilter(SampleFilter(), shared)
        } else {
            return false
        }
        return true
    }

    mutating func openUntrained() {
        guard untrained.selected != nil else { return }
        form = form == .large ? .both : .large
    }

    mutating func pointedUntrained(_ event: MouseEvent, _ shared: Shared, _ place: Place) -> Reply? {
        let layout = layout(shared, place)
        if form == .large || layout.areas[.probabilities]?.contains(x: event.x, y: event.y) == true {
            openUntrained()
            return []
        }
        let grid = untrainedGrid(shared, place)
        guard let index = grid.index(x: event.x, y: event.y, cursor: untrained.cursor),
            untrained.rows.indices.contains(index)
        else { return [] }
        // A second click on an image opens it.
        if untrained.cursor == index { openUntrained() } else { untrained.cursor = index }
        return []
    }

    /// A key while the filter is typed: Esc brings back the one before.
    mutating func typedUntrained(_ key: Key, _ shared: Shared) -> Reply? {
        switch key {
        case .escape:
            if let before = untrainedTyping?.before { untrained.setFilter(before, shared) }
            untrainedTyping = nil
        case .enter: if untrainedTyping?.refusal == nil { untrainedTyping = nil }
        default: return nil
        }
        return []
    }

    /// The gallery and the image at hand; panels of predictions say when there will be some.
    func drawUntrained(_ shared: Shared, _ layout: DigitsLayout, in body: Rect, on buffer: inout Buffer) {
        guard form != .large else { return SampleView.drawLarge(untrained, shared, in: body, on: &buffer) }
        SampleGallery.draw(
            untrained, shared, wanted: Self.wanted, note: "no predictions yet: \(shared.key(.train)) trains",
            in: layout.gallery, on: &buffer)
        if let side = layout.areas[.probabilities] { SampleView.draw(untrained, shared, in: side, on: &buffer) }
    }

    func plainUntrained(_ shared: Shared) -> [PlainLine] {
        if let untrainedTyping { return PlainData.filter(untrainedTyping, untrained, shared) }
        return [PlainLine("predictions", "none yet: \(shared.key(.train)) trains a network")]
            + PlainData.sample(untrained, shared)
    }
}
