import Specs
import TerminalUI

/// The layers as bars of relative width, with activation and parameters: the network at a glance.
enum ShapeView {
    static func draw(_ state: Shared, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let inner = Panel(title: "shape", detail: [Span("weights", theme.style(.dim))]).draw(
            in: area, on: &buffer, look: state.look)
        let levels = state.composer.spec.network.levels
        let pitch = inner.height >= levels.count * 3 - 1 ? 3 : (inner.height >= levels.count * 2 ? 2 : 1)
        let widest = levels.map(\.size.count).max() ?? 1
        for (index, level) in levels.enumerated() {
            let y = inner.y + index * pitch
            guard y < inner.maxY else { break }
            let room = inner.width - 12
            let width = max(6, Int(level.share(of: widest) * Double(room)))
            let bar = Rect(x: inner.x + 1 + (room - width) / 2, y: y, width: width, height: 1)
            let color = state.look.ground(.train, 0.35 + 0.15 * Double(index) / Double(levels.count))
            buffer.fill(bar, Cell(style: theme.style(.title).on(color)))
            let text = state.look.colors == .mono ? "[\(level.size)]" : "\(level.size)"
            buffer.write(text, centredIn: bar, y: y, theme.style(.title).bold().on(color))
            if let layer = level.layer {
                buffer.write(
                    Figures.grouped(layer.parameters), rightAlignedAt: inner.maxX - 1, y: y, theme.style(.dim))
            }
            if pitch > 1, y + 1 < inner.maxY {
                // Below the bar there is room to the right, too, as the weights stand beside it.
                let name = level.function(width: inner.width - 2)
                let line = Rect(x: inner.x + 1, y: y + 1, width: max(room, name.count), height: 1)
                buffer.write(name, centredIn: line, y: y + 1, theme.style(.dim))
            }
        }
    }
}
