import TerminalUI

/// Commands of the keys of Curves.
package enum CurvesCommand: Equatable, Sendable {
    case toggleLogScale, smooth, zoom(Int), resetZoom, toggleComparison
    /// The next kind of x axis, the next band of batches, and runs far outside in or out.
    case nextAxis, nextBand, toggleOutliers
    /// Moves the window along the x axis.
    case pan(Int)
}

extension CurvesScreen {
    package static let context = KeyContext.curves

    package static let bindings: [Binding] = [
        Binding(.left, .curves, "", "value cursor to the left", .move(.left)),
        Binding(.right, .curves, "cursor", "value cursor to the right", .move(.right)),
        Binding(.logarithmic, .curves, "log", "logarithmic or linear loss", .curves(.toggleLogScale)),
        Binding(
            .average, .curves, "average", "smoother lines, the raw ones behind them; at last raw again",
            .curves(.smooth)),
        Binding(.more, .curves, "zoom", "zoom in, around the value cursor", .curves(.zoom(1))),
        Binding(.less, .curves, "", "zoom out", .curves(.zoom(-1))),
        Binding(.whole, .curves, "", "all of the run", .curves(.resetZoom)),
        Binding(.earlier, .curves, "", "zoomed: to the left", .curves(.pan(-1))),
        Binding(.later, .curves, "pan", "zoomed: to the right", .curves(.pan(1))),
        Binding(.what, .curves, "x axis", "x by epoch, batch or time without pauses", .curves(.nextAxis)),
        Binding(
            .batches, .curves, "batches", "behind the lines: half of the batches, all of them, none",
            .curves(.nextBand)),
        Binding(.outliers, .curves, "", "compared runs that lie far outside, in or out", .curves(.toggleOutliers)),
        Binding(
            .compare, .curves, "compare", "with the marked runs, or the newest ones; or alone",
            .curves(.toggleComparison)),
    ]

    package func disabled(_ command: Command, _ shared: Shared, _ place: Place) -> Message? {
        switch command {
        case .curves(.pan) where window == nil:
            .note("all of the run is on the screen: \(shared.key(.more)) zooms in")
        case .curves(.toggleOutliers) where shared.shownRuns.count < 2:
            .note("no other run is drawn that could lie outside")
        default: nil
        }
    }

    package mutating func perform(_ command: Command, _ shared: inout Shared, _ place: Place) -> Reply {
        guard case .curves(let command) = command else { return [] }
        switch command {
        case .toggleLogScale: toggleLogScale(shared)
        case .smooth: smoothing.stepInTurn()
        case .zoom(let steps): zoom(steps, shared)
        case .resetZoom: window = nil
        case .pan(let steps): pan(Double(steps) * 0.25, shared)
        case .nextAxis: setAxis(axis.next, shared)
        case .nextBand: band = band.next
        case .toggleOutliers: showsOutliers.toggle()
        case .toggleComparison: shared.toggleComparison()
        }
        return []
    }
}
