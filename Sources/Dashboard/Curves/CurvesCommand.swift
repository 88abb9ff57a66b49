import TerminalUI

/// Commands of the keys of Curves.
package enum CurvesCommand: Equatable, Sendable {
    case toggleLogScale, smooth(Int), zoom(Int), resetZoom, togglePerBatch, toggleComparison
    /// Moves the window along the x axis.
    case pan(Int)
}

extension CurvesScreen {
    package static let context = KeyContext.curves

    package static let bindings: [Binding] = [
        Binding([.left, "h"], "← h", .curves, "", "value cursor to the left", .move(.left)),
        Binding([.right, "l"], "→ l", .curves, "cursor", "value cursor to the right", .move(.right)),
        Binding(["y"], "y", .curves, "log", "logarithmic or linear loss", .curves(.toggleLogScale)),
        Binding(["s"], "s", .curves, "smooth", "smoother lines, the raw ones behind them", .curves(.smooth(1))),
        Binding(["S"], "S", .curves, "", "less smooth lines", .curves(.smooth(-1))),
        Binding(["+", "="], "+", .curves, "zoom", "zoom in, around the value cursor", .curves(.zoom(1))),
        Binding(["-"], "-", .curves, "", "zoom out", .curves(.zoom(-1))),
        Binding(["0"], "0", .curves, "", "all of the run", .curves(.resetZoom)),
        Binding(["H"], "H", .curves, "", "zoomed: to the left", .curves(.pan(-1))),
        Binding(["L"], "L", .curves, "pan", "zoomed: to the right", .curves(.pan(1))),
        Binding(["b"], "b", .curves, "batches", "training by batches or by epochs", .curves(.togglePerBatch)),
        Binding(
            ["m"], "m", .curves, "compare", "with the marked runs, or the newest ones; or alone",
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
        case .smooth(let steps): smoothing.step(by: steps)
        case .zoom(let steps): zoom(steps, shared)
        case .resetZoom: window = nil
        case .pan(let steps): pan(Double(steps) * 0.25, shared)
        case .togglePerBatch: togglePerBatch(shared)
        case .toggleComparison: shared.toggleComparison()
        }
        return []
    }
}
