import TerminalUI
import Training

/// How the outputs of the chosen hidden layer are spread, as a histogram.
enum LayerSpreadView {
    static func draw(
        _ layers: [LayerFigures], _ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer
    ) {
        guard area.height >= 2 else { return }
        let theme = state.look.theme
        let layer = layer(state)
        guard layers.indices.contains(layer) else { return }
        // A blank line before it where there is room.
        let area = area.height >= 5 ? area.inset(top: 1) : area
        let title = "outputs of layer \(layer + 1) but 0, least to greatest"
        let short = "outputs of layer \(layer + 1), not 0"
        buffer.write(
            title.count <= area.width ? title : short, x: area.x, y: area.y, theme.style(.dim), maxWidth: area.width)
        let bars = area.inset(top: 1)
        let shares = layers[layer].spread
        guard !shares.isEmpty else {
            let text = layers[layer].weightNorm.isFinite ? "no outputs that differ" : "NaN: no numbers"
            let role: Theme.Role = layers[layer].weightNorm.isFinite ? .warning : .bad
            return buffer.write(text, centredIn: bars, y: bars.y + bars.height / 2, theme.style(role))
        }
        let greatest = Double(shares.max() ?? 0)
        BarColumns(
            shares.map { greatest > 0 ? Double($0) / greatest : 0 },
            roles: Array(repeating: .probability, count: shares.count), pitch: max(1, bars.width / shares.count)
        ).draw(in: bars, on: &buffer, look: state.look)
    }

    /// The chosen layer; where it is the output layer, the last hidden one.
    static func layer(_ state: ScreenContext<NetworkScreen>) -> Int {
        min(state.own.shownLayer(state.shared), state.shownNetwork.hidden.count - 1)
    }
}
