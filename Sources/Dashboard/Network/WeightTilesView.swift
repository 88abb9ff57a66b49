import DataFormats
import Specs
import TerminalUI
import Training

/// The weights of the first layer's units as pictures, with one scale for all that are shown.
enum WeightTilesView {
    static func draw(_ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let units = state.shownNetwork.firstLayer.output.count
        let detail = [
            Span("− ", theme.style(.validation).bold()), Span("+", theme.style(.train).bold()),
            Span(" weights", theme.style(.dim)),
        ]
        let footer = footer(units, state, room: area.width - 8)
        let title = state.shownNetwork.hidden.isEmpty ? "what each class looks for" : "what layer 1 looks for"
        let inner = Panel(title: title, detail: detail, focused: true, footer: footer).draw(
            in: area, on: &buffer, look: state.look)
        guard let inspection = state.inspection, !inspection.weights.isEmpty, let data = state.data.loaded else {
            return NetworkView.drawEmpty(state.shared, in: inner, on: &buffer)
        }
        let tiles = WeightTiles(area, units: units)
        let scale = scale(inspection.weights)
        let page = tiles.page(of: state.own.shownUnit(state.shared), units: units)
        for (number, unit) in page.enumerated() {
            guard inspection.watch.units.contains(unit) else { continue }
            let index = unit - inspection.watch.units.lowerBound
            guard inspection.weights.indices.contains(index) else { continue }
            let (image, caption) = tiles.cell(number).splitBottom(1)
            map(inspection.weights[index], data, scale).draw(in: image, on: &buffer, look: state.look)
            drawCaption(unit, state, in: caption, on: &buffer)
        }
    }

    /// The meaning of the figures beside the units' numbers, where there is room, and the number of units.
    private static func footer(_ units: Int, _ state: ScreenContext<NetworkScreen>, room: Int) -> [Span] {
        let theme = state.look.theme
        let place = [
            Span("unit \(state.own.shownUnit(state.shared) + 1) of \(Figures.grouped(units))", theme.style(.dim))
        ]
        guard output(state.own.shownUnit(state.shared), state) != nil else { return place }
        let key = [Span("figures: output for the digit", theme.style(.dim)), Span("  ·  ", theme.style(.dim))]
        return key.width + place.width <= room ? key + place : place
    }

    private static func drawCaption(
        _ unit: Int, _ state: ScreenContext<NetworkScreen>, in line: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let selected = unit == state.own.shownUnit(state.shared)
        let background = theme[selected ? .selectedBackground : .background]
        if selected { buffer.fill(line, Cell(style: theme.style(.text).on(background))) }
        let name = state.shownNetwork.hidden.isEmpty ? state.classNames.fitting(line.width - 2)[unit] : "\(unit + 1)"
        buffer.write(selected ? "▸" : " ", x: line.x, y: line.y, theme.style(.key).on(background))
        buffer.write(
            name, x: line.x + 1, y: line.y, theme.style(selected ? .title : .dim).on(background),
            maxWidth: line.width - 1)
        guard let output = output(unit, state), line.width >= 10 else { return }
        let sign = output < 0 ? Theme.Role.validation : .train
        let style = output == 0 ? theme.quiet(marked: selected) : theme.style(sign).on(background)
        buffer.write(FixedNumber.fixed(Double(output), decimals: 2), rightAlignedAt: line.maxX, y: line.y, style)
    }

    /// The unit's output for the selected digit.
    private static func output(_ unit: Int, _ state: ScreenContext<NetworkScreen>) -> Float? {
        guard let outputs = state.inspection?.outputs.first, outputs.indices.contains(unit) else { return nil }
        return outputs[unit]
    }

    /// The unit at hand at a column a weight.
    static func drawUnit(_ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let unit = state.own.shownUnit(state.shared)
        let inner = Panel(title: "unit \(unit + 1)").draw(in: area, on: &buffer, look: state.look)
        guard let inspection = state.inspection, let data = state.data.loaded,
            inspection.watch.units.contains(unit),
            inspection.weights.indices.contains(unit - inspection.watch.units.lowerBound)
        else { return NetworkView.drawEmpty(state.shared, in: inner, on: &buffer) }
        let weights = inspection.weights[unit - inspection.watch.units.lowerBound]
        let (top, below) = inner.splitTop(14)
        let image = Rect(
            x: top.x + (top.width - min(28, top.width)) / 2, y: top.y, width: min(28, top.width), height: 14)
        map(weights, data, scale([weights])).draw(in: image, on: &buffer, look: state.look)
        var facts: [(String, String)] = [
            ("norm", FixedNumber.fixed(norm(weights), decimals: 3)),
            ("least", FixedNumber.fixed(Double(weights.min() ?? 0), decimals: 3)),
            ("greatest", FixedNumber.fixed(Double(weights.max() ?? 0), decimals: 3)),
        ]
        if let output = output(unit, state) {
            facts.insert(("says of the digit", FixedNumber.fixed(Double(output), decimals: 3)), at: 0)
        }
        for (line, fact) in facts.prefix(max(0, below.height - 1)).enumerated() {
            let y = below.y + 1 + line
            buffer.write(fact.0, x: below.x + 1, y: y, theme.style(.dim))
            buffer.write(fact.1, rightAlignedAt: below.maxX - 1, y: y, theme.style(.text))
        }
    }

    private static func map(_ weights: [Float], _ data: LoadedData, _ scale: Float) -> SignedMap {
        let shape = data.dataset.train.shape
        return SignedMap(values: shape.sums(weights), rows: shape.rows, columns: shape.columns, scale: scale)
    }

    private static func norm(_ weights: [Float]) -> Double {
        weights.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    /// Three standard deviations: a few large weights must not leave the rest in the dark.
    private static func scale(_ weights: [[Float]]) -> Float {
        let count = weights.reduce(0) { $0 + $1.count }
        let squares = weights.reduce(0) { $0 + norm($1) * norm($1) }
        return count == 0 ? 0 : 3 * Float((squares / Double(count)).squareRoot())
    }
}
