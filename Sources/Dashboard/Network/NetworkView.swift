import TerminalUI
import Training

/// The network's inside: its layers, their figures, the first layer's weights, and all outputs for a digit.
enum NetworkView {
    static func draw(_ state: ScreenContext<NetworkScreen>, in body: Rect, on buffer: inout Buffer) {
        let layout = state.own.layout(state.shared, state.place)
        if let layers = layout.layers { LayerBoxesView.draw(state.shared, in: layers, on: &buffer) }
        if let health = layout.health { LayerFiguresView.draw(state, in: health, on: &buffer) }
        if let weights = layout.weights { WeightTilesView.draw(state, in: weights, on: &buffer) }
        if let unit = layout.unit { WeightTilesView.drawUnit(state, in: unit, on: &buffer) }
        ActivationsView.draw(state.shared, in: layout.activations, on: &buffer)
    }

    /// The text of an empty panel.
    static func drawEmpty(_ state: Shared, in inner: Rect, on buffer: inout Buffer) {
        guard !inner.isEmpty else { return }
        let hint = inner.width >= 22 ? "space makes a network" : "no network yet"
        let text = state.run?.canBeMeasured == true ? "..." : hint
        buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, state.look.theme.style(.dim))
    }
}
