import Specs
import TerminalUI

/// The layers as bars of relative width, with activation and parameters: the network at a glance.
enum ShapeView {
    static func draw(_ state: Shared, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let inner = Panel(title: "shape", detail: [Span("weights", theme.style(.dim))]).draw(
            in: area, on: &buffer, look: state.look)
        let network = state.composer.spec.network
        let widths = network.widths
        let pitch = inner.height >= widths.count * 3 - 1 ? 3 : (inner.height >= widths.count * 2 ? 2 : 1)
        let widest = Double(widths.max() ?? 1)
        for (index, units) in widths.enumerated() {
            let y = inner.y + index * pitch
            guard y < inner.maxY else { break }
            let room = inner.width - 12
            let share = (Double(units) / widest).squareRoot()
            let width = max(6, Int(share * Double(room)))
            let bar = Rect(x: inner.x + 1 + (room - width) / 2, y: y, width: width, height: 1)
            let color = theme[.background].mixed(
                with: theme[.train], 0.35 + 0.15 * Double(index) / Double(widths.count))
            buffer.fill(bar, Cell(style: theme.style(.title).on(color)))
            let text = state.look.colors == .mono ? "[\(units)]" : "\(units)"
            buffer.write(text, centredIn: bar, y: y, theme.style(.title).bold().on(color))
            if index > 0 {
                let parameters = network.layers[index - 1].parameters
                buffer.write(
                    Figures.grouped(parameters), rightAlignedAt: inner.maxX - 1, y: y, theme.style(.dim))
            }
            if pitch > 1, y + 1 < inner.maxY {
                let room = Rect(x: inner.x + 1, y: y + 1, width: room, height: 1)
                buffer.write(name(index, network), centredIn: room, y: y + 1, theme.style(.dim))
            }
        }
    }

    private static func name(_ index: Int, _ network: NetworkSpec) -> String {
        if index == 0 { return "input" }
        guard network.hidden.indices.contains(index - 1) else { return "softmax" }
        let layer = network.hidden[index - 1]
        let drop = layer.dropout > 0 ? " · drop \(Figures.plain(layer.dropout))" : ""
        return layer.activation.name + drop
    }
}
