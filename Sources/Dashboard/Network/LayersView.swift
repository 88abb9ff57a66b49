import Specs
import TerminalUI
import Training

/// The layers as rows, from the input to the classes, with how their outputs are spread and the share of dead units.
enum LayersView {
    private static let spark = LayerFigures.spreadBins

    static func draw(_ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let levels = state.shownNetwork.levels
        let focused = state.own.focus == .layers
        let detail = [
            Span(state.shared.key(.up) + state.shared.key(.down), theme.style(.key)),
            Span(" choose", theme.style(.dim)),
        ]
        let rows = LayerRows(area, levels: levels.count, chosen: state.own.shownLayer(state.shared) + 1)
        // Without a line of their own, those that have no row are counted in the frame.
        let hidden = rows.inner.height < 3 ? rows.above + rows.below : 0
        let more = hidden > 0 ? "\(hidden) more · " : ""
        let weights = "\(Figures.grouped(state.shownNetwork.parameterCount)) weights"
        let footer = [Span(more + weights, theme.style(.dim))]
        Panel(title: "layers", detail: detail, focused: focused, footer: footer).draw(
            in: area, on: &buffer, look: state.look)
        guard rows.inner.width > 8 else { return }
        for level in rows.shown {
            let y = rows.y(level)
            guard y < rows.inner.maxY else { break }
            drawRow(levels[level], level, state, in: rows.inner, y: y, on: &buffer)
            if rows.pitch == 2, levels.indices.contains(level + 1), let layer = levels[level + 1].layer {
                drawLink(layer, state, in: rows.inner, y: y + 1, on: &buffer)
            }
        }
        guard rows.inner.height >= 3 else { return }
        if rows.above > 0 {
            buffer.write("↑ \(rows.above) more", x: rows.inner.x + 2, y: rows.inner.y, theme.style(.dim))
        }
        if rows.below > 0 {
            buffer.write("↓ \(rows.below) more", x: rows.inner.x + 2, y: rows.inner.maxY - 1, theme.style(.dim))
        }
    }

    private static func drawRow(
        _ level: NetworkLevel, _ number: Int, _ state: ScreenContext<NetworkScreen>, in inner: Rect, y: Int,
        on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let chosen = number == state.own.shownLayer(state.shared) + 1
        let background = theme[chosen ? .selectedBackground : .background]
        let line = Rect(x: inner.x, y: y, width: inner.width, height: 1)
        if chosen { buffer.fill(line, Cell(style: theme.selection)) }
        let text = chosen ? theme.selection : theme.style(.text)
        if chosen { buffer.write("▸", x: inner.x, y: y, theme.style(.key).on(background)) }
        var end = inner.maxX
        // The share of dead units stands in the panel of figures, too: what the layer does comes before it.
        let isNamed = level.layer == nil || level.title.count <= inner.width - figuresWidth(inner.width) - 6
        let hasFigures = state.own.layout(state.shared, state.place).figures != nil
        if let figures = figures(number - 1, state), inner.width >= 28,
            isNamed || !hasFigures || level.title.count > inner.width - 5 || !figures.weightNorm.isFinite
        {
            end = drawFigures(figures, chosen: chosen, state, in: line, on: &buffer) - 1
        }
        let title = level.layer.map { _ in "\(level.size) " } ?? ""
        let name = level.layer == nil ? "" : level.isEnd ? "out" : "\(number)"
        buffer.write(name, x: inner.x + 1, y: y, theme.quiet(marked: chosen))
        let room = end - inner.x - 5
        let rest = level.layer == nil ? "\(level.size) input" : level.function(width: max(1, room - title.count))
        buffer.write(title + rest, x: inner.x + 5, y: y, text, maxWidth: max(0, room))
    }

    /// Columns of the spread and the dead share.
    private static func figuresWidth(_ width: Int) -> Int { 11 + (width >= 34 ? spark : 0) }

    private static func figures(_ layer: Int, _ state: ScreenContext<NetworkScreen>) -> LayerFigures? {
        guard let layers = state.inspection?.layers, layers.indices.contains(layer) else { return nil }
        return layers[layer]
    }

    /// The spread of the outputs, and the dead share.
    ///
    /// - Returns: the column where it begins.
    private static func drawFigures(
        _ figures: LayerFigures, chosen: Bool, _ state: ScreenContext<NetworkScreen>, in line: Rect,
        on buffer: inout Buffer
    ) -> Int {
        let theme = state.look.theme
        guard let dead = figures.deadShare else { return line.maxX }
        let isNumber = figures.weightNorm.isFinite
        let text = isNumber ? "\(Figures.percent(dead, digits: 0)) % dead" : "NaN"
        let role: Theme.Role = !isNumber || dead > 0.5 ? .bad : dead > 0.1 ? .warning : .dim
        let style = chosen && role == .dim ? theme.selection : theme.style(role)
        buffer.write(
            text, rightAlignedAt: line.maxX, y: line.y, style.on(theme[chosen ? .selectedBackground : .background]))
        let right = line.maxX - 11
        guard line.width >= 34 else { return right }
        let place = Rect(x: right - spark, y: line.y, width: spark, height: 1)
        Sparkline(figures.spread.map(Double.init), role: .train).draw(in: place, on: &buffer, look: state.look)
        if chosen { buffer.restyle(place) { $0.background = theme[.selectedBackground] } }
        return place.x
    }

    /// The weights that lead to the layer that comes next.
    private static func drawLink(
        _ layer: LayerFacts, _ state: ScreenContext<NetworkScreen>, in inner: Rect, y: Int, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let total = "\(Figures.grouped(layer.parameters)) weights"
        let product = "  \(layer.kernel.inputs) × \(layer.kernel.units) + \(layer.vectorParameters)"
        let end = buffer.write("│ ", x: inner.x + 5, y: y, theme.style(.border))
        let text = total.count + product.count <= inner.maxX - end ? total + product : total
        buffer.write(text, x: end, y: y, theme.style(.dim), maxWidth: inner.maxX - end)
    }
}
