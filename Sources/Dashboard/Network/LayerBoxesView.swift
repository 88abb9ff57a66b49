import Specs
import TerminalUI

/// The layers as boxes of relative width, from the input at the top to the classes, with the weights between them.
enum LayerBoxesView {
    static func draw(_ state: Shared, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let network = state.shownNetwork
        let levels = network.levels
        let detail = [Span("\(Figures.grouped(network.parameterCount)) weights", theme.style(.dim))]
        let inner = Panel(title: "layers", detail: detail).draw(in: area, on: &buffer, look: state.look)
            .inset(left: 1, right: 1)
        guard inner.height > 0, inner.width > 8 else { return }
        let count = levels.count
        let widest = levels.map(\.size.count).max() ?? 1
        // Boxes of three lines with one between them, then of two with none, then bars, then the first bars only.
        let pitch = inner.height >= 4 * count - 1 ? 4 : inner.height >= 2 * count ? 2 : 1
        let used = pitch == 4 ? 4 * count - 1 : pitch * count
        let top = inner.y + max(0, (inner.height - used) / 2)
        let shown = pitch == 1 ? min(count, inner.height) : count
        for index in 0..<shown {
            let y = top + index * pitch
            if index == shown - 1, shown < count {
                buffer.write("\(count - shown + 1) more", centredIn: inner, y: y, theme.style(.dim))
                break
            }
            let box = box(levels[index], widest, in: inner, y: y, height: pitch == 4 ? 3 : 1)
            drawBox(levels[index], box, state, on: &buffer)
            if pitch == 4, index + 1 < count, let layer = levels[index + 1].layer {
                drawLink(layer, below: box, in: inner, state, on: &buffer)
            }
            if pitch == 2 {
                let line = Rect(x: inner.x, y: y + 1, width: inner.width, height: 1)
                buffer.write(facts(levels[index], width: line.width), centredIn: line, y: y + 1, theme.style(.dim))
            }
        }
    }

    private static func box(_ level: NetworkLevel, _ widest: Int, in inner: Rect, y: Int, height: Int) -> Rect {
        // Room for what stands in it.
        let least = height == 3 ? level.title.count + 4 : 6
        let width = min(inner.width, max(least, Int(level.share(of: widest) * Double(inner.width))))
        return Rect(x: inner.x + (inner.width - width) / 2, y: y, width: width, height: height)
    }

    private static func drawBox(_ level: NetworkLevel, _ box: Rect, _ state: Shared, on buffer: inout Buffer) {
        let theme = state.look.theme
        let role: Theme.Role = level.isEnd ? .dim : .train
        let tint = state.look.ground(role, 0.3)
        guard box.height == 3 else {
            let text = state.look.colors == .mono ? "[\(level.size)]" : "\(level.size)"
            buffer.fill(box, Cell(style: theme.style(.title).on(tint)))
            return buffer.write(text, centredIn: box, y: box.y, theme.style(.title).bold().on(tint))
        }
        let border = Style(foreground: theme[role], background: theme[.background])
        buffer.drawFrame(box, border, state.look)
        let line = Rect(x: box.x + 1, y: box.y + 1, width: box.width - 2, height: 1)
        if state.look.colors != .mono { buffer.fill(line, Cell(style: theme.style(.title).on(tint))) }
        let style = theme.style(.title).on(state.look.colors == .mono ? theme[.background] : tint)
        let units = "\(level.size)"
        let rest = " " + level.function(width: line.width - units.count - 1)
        let width = min(line.width, units.count + rest.count)
        let x = line.x + (line.width - width) / 2
        let end = buffer.write(units, x: x, y: line.y, style.bold(), maxWidth: line.width)
        buffer.write(rest, x: end, y: line.y, style, maxWidth: line.maxX - end)
    }

    /// The kernel and the biases of the layer that comes next.
    private static func drawLink(
        _ layer: LayerFacts, below box: Rect, in inner: Rect, _ state: Shared, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let text = "\(layer.kernel.inputs) × \(layer.kernel.units) + \(layer.vectorParameters)"
        let middle = inner.x + inner.width / 2
        buffer.write("▼", x: middle, y: box.maxY, theme.style(.border))
        let total = Figures.grouped(layer.parameters)
        buffer.write(text, rightAlignedAt: middle - 1, y: box.maxY, theme.style(.dim), maxWidth: middle - 1 - inner.x)
        buffer.write(total, x: middle + 2, y: box.maxY, theme.style(.text), maxWidth: inner.maxX - middle - 2)
    }

    /// The function, and the weights that lead to it.
    private static func facts(_ level: NetworkLevel, width: Int) -> String {
        guard let layer = level.layer else { return level.function }
        let weights = " · \(Figures.grouped(layer.parameters))"
        return level.function(width: width - weights.count) + weights
    }
}
