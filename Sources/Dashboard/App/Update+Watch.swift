import Training

/// What the run was asked to look into.
struct Watched: Equatable, Sendable {
    var run: Int
    var screen: Screen
    var watch: Watch
}

extension DashboardState {
    /// What the view that is open needs to know of the network; nil where it needs nothing, and training goes on
    /// undisturbed.
    var wantedWatch: Watch? {
        guard let run, run.canBeMeasured else { return nil }
        switch screen {
        case .network: return networkWatch
        case .draw: return drawWatch
        case .digits: return digitsWatch
        case .lab, .curves, .confusion, .runs: return nil
        }
    }

    /// Tells the run what is looked at now, where that has changed.
    mutating func watchEffects() -> [Effect] {
        if screen != .draw { draw.lift() }
        let wanted = wantedWatch.flatMap { watch in run.map { Watched(run: $0.id, screen: screen, watch: watch) } }
        guard wanted != watched else { return [] }
        let before = watched
        watched = wanted
        // What another view asked for would be taken for an answer.
        if before?.screen != wanted?.screen { inspection = nil }
        // A new run looks at nothing by itself.
        if wanted == nil, before?.run != run?.id { return [] }
        return [.command(.watch(wanted?.watch))]
    }

    /// Whether the newest question has not been answered yet.
    package var awaitsInspection: Bool { watched.map { $0.watch != inspection?.watch } ?? false }

    mutating func received(_ inspection: Inspection, run id: Int) {
        guard let watched, watched.run == id else { return }
        // A hand that draws is faster than a long batch: what was said of the drawing a moment ago is better than nothing.
        let isOfDrawing = watched.screen == .draw && !inspection.watch.layers
        guard inspection.watch == watched.watch || isOfDrawing else { return }
        self.inspection = inspection
        network.note(inspection, run: id)
    }
}
