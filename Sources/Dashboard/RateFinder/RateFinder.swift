import Specs
import TerminalUI
import Training

/// The learning-rate finder, while it is open.
package struct RateFinder: Equatable, Sendable {
    /// What the search has come to.
    package enum Stage: Equatable, Sendable {
        case searching
        case found(RateSearch)
        case refused(String)
    }

    /// The spec whose network is trained.
    package let spec: ExperimentSpec
    /// Tells the answer to this search from those to earlier ones.
    package let ticket: Int
    /// What the search has come to.
    package internal(set) var stage = Stage.searching

    /// The rate that Enter puts into the composer.
    var proposed: Double? {
        guard case .found(let search) = stage else { return nil }
        return search.proposed
    }
}

extension DashboardState {
    /// Opens the finder, and starts a search with the composed spec.
    mutating func findRate() -> [Effect] {
        guard shared.data.loaded != nil else {
            shared.message = .note("the data set is not loaded yet")
            return []
        }
        let spec = shared.composer.spec
        if let refusal = shared.refusal(toStart: spec) {
            shared.refuse(refusal)
            return []
        }
        rateSearches += 1
        overlay = .rateFinder(RateFinder(spec: spec, ticket: rateSearches))
        return [.findRate(spec, ticket: rateSearches)]
    }

    mutating func pressed(_ key: Key, in finder: RateFinder) -> [Effect] {
        let verb = shared.keys.verb(of: key)
        switch key {
        case .control("c"): return quitAsked()
        case _ where key == .escape || verb == .quit || verb == .findRate:
            return closeRateFinder()
        case .enter:
            guard let rate = finder.proposed else { return [] }
            overlay = nil
            var spec = shared.composer.spec
            spec.training.learningRate = rate
            shared.message = .note(
                "learning rate \(SpecNumber.short(rate)): \(shared.key(.undo)) brings back the one before")
            return shared.edited(to: spec)
        default: return []
        }
    }

    private mutating func closeRateFinder() -> [Effect] {
        overlay = nil
        return [.stopFindingRate]
    }

    /// Whether a search is under way that the screen waits for.
    package var awaitsRate: Bool {
        if case .rateFinder(let finder) = overlay { finder.stage == .searching } else { false }
    }

    /// Takes what a search has found, if the finder still waits for it.
    mutating func received(_ stage: RateFinder.Stage, ticket: Int) {
        guard case .rateFinder(var finder) = overlay, finder.ticket == ticket else { return }
        finder.stage = stage
        overlay = .rateFinder(finder)
    }
}
