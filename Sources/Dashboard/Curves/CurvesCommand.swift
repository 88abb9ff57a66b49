import TerminalUI

/// Commands of the keys of Curves.
package enum CurvesCommand: Equatable, Sendable {
    case toggleLogScale, smooth, zoom(Int), resetZoom, togglePerBatch, toggleComparison
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
        Binding(.batches, .curves, "batches", "training by batches or by epochs", .curves(.togglePerBatch)),
        Binding(
            .compare, .curves, "compare", "with the marked runs, or the newest ones; or alone",
            .curves(.toggleComparison)),
    ]

    package func disabled(_ command: Command, _ shared: Shared, _ place: Place) -> Message? {
        guard case .curves(.pan) = command, window == nil else { return nil }
        return .note("all of the run is on the screen: + zooms in")
    }

    package mutating func perform(_ command: Command, _ shared: inout Shared, _ place: Place) -> Reply {
        guard case .curves(let command) = command else { return [] }
        switch command {
        case .toggleLogScale: logarithmic.toggle()
        case .smooth: smoothing.stepInTurn()
        case .zoom(let steps): zoom(steps, shared)
        case .resetZoom: window = nil
        case .pan(let steps): pan(Double(steps) * 0.25, shared)
        case .togglePerBatch: togglePerBatch(shared)
        case .toggleComparison: shared.toggleComparison()
        }
        return []
    }
}
