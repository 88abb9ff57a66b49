import DataFormats
import Specs
import TerminalUI
import Training

/// All units of the chosen layer as tiles with one scale: weights in the first layer, in the others the mean of the digits
/// that excite a unit most.
enum UnitsView {
    static func draw(_ state: ScreenContext<NetworkScreen>, _ layout: NetworkLayout, on buffer: inout Buffer) {
        let order = state.own.orderedUnits(state.shared)
        let facts = state.own.facts(state.shared)
        let title = title(facts)
        let position = state.own.position(state.shared, in: order)
        let page = layout.tiles?.page(of: position, units: order.count) ?? 0..<0
        let pictures = Dictionary(
            (state.inspection?.units ?? []).map { ($0.unit, $0) }, uniquingKeysWith: { first, _ in first })
        let scale = UnitPaint.scale(state)
        let inner = Panel(
            title: title, detail: legend(facts, scale, state, room: layout.main.width - title.count - 8),
            focused: state.own.focus == .units,
            footer: footer(page, order.count, state, room: layout.main.width - 8)
        ).draw(in: layout.main, on: &buffer, look: state.look)
        guard let tiles = layout.tiles, !pictures.isEmpty, let data = state.data.loaded else {
            return NetworkView.drawEmpty(state.shared, in: inner, on: &buffer)
        }
        let paint = UnitPaint(state.shared, data, scale)
        for (number, place) in page.enumerated() {
            let unit = order[place]
            guard let picture = pictures[unit], picture.weights.isEmpty == (facts.index > 0) else { continue }
            let (image, caption) = tiles.cell(number).splitBottom(1)
            paint.draw(picture, in: image, on: &buffer)
            drawCaption(unit, picture, facts, state, in: caption, on: &buffer)
        }
    }

    static func title(_ facts: LayerFacts) -> String {
        facts.isOutput ? "what each class looks for" : "what layer \(facts.index + 1) looks for"
    }

    /// What the colours mean, with their scale.
    private static func legend(
        _ facts: LayerFacts, _ scale: Float, _ state: ScreenContext<NetworkScreen>, room: Int
    ) -> [Span] {
        let theme = state.look.theme
        guard facts.index == 0 else {
            let long = "mean of the \(Trainer.strongestRows) \(state.classNames.noun)s that excite it most"
            let text =
                [long, "its \(Trainer.strongestRows) strongest \(state.classNames.noun)s", ""].first {
                    $0.count + 4 <= room
                } ?? ""
            return text.isEmpty ? [] : [Span(text, theme.style(.dim))]
        }
        let amount = scale.isFinite && scale > 0 ? " to ±" + FixedNumber.fixed(Double(scale), decimals: 2) : ""
        let signs = [Span("− ", theme.style(.validation).bold()), Span("+", theme.style(.train).bold())]
        let long = signs + [Span(" weights" + amount, theme.style(.dim))]
        return long.width + 4 <= room ? long : signs
    }

    /// The order, which units these are of how many, and which weights.
    private static func footer(
        _ page: Range<Int>, _ units: Int, _ state: ScreenContext<NetworkScreen>, room: Int
    ) -> [Span] {
        let theme = state.look.theme
        let unit = "unit \(state.own.shownUnit(state.shared) + 1)"
        let seen =
            page.count == units
            ? "all \(Figures.grouped(units))"
            : "\(page.lowerBound + 1)–\(page.upperBound) of \(Figures.grouped(units))"
        let turned = state.own.isReversed ? ", least first" : ""
        let order = state.own.sort == .output ? "by output for the \(state.classNames.noun)\(turned)" : "by number"
        let moment = NetworkView.moment(state)
        let texts = [
            [order, moment, unit, seen], [order, unit, seen], [moment, unit, seen], [unit, seen], [seen],
        ].map { $0.filter { !$0.isEmpty }.joined(separator: " · ") }
        return [Span(texts.first { $0.columns <= room } ?? seen, theme.style(.dim))]
    }

    private static func drawCaption(
        _ unit: Int, _ picture: UnitPicture, _ facts: LayerFacts, _ state: ScreenContext<NetworkScreen>, in line: Rect,
        on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let selected = unit == state.own.shownUnit(state.shared)
        let background = theme[selected ? .selectedBackground : .background]
        if selected { buffer.fill(line, Cell(style: theme.selection)) }
        // A dead unit has a hollow mark: its place is empty.
        let mark = selected ? "▸" : picture.isDead ? "○" : " "
        buffer.write(mark, x: line.x, y: line.y, theme.style(selected ? .key : .warning).on(background))
        let name = facts.isOutput ? state.classNames.cut(line.width - 2)[unit] : "\(unit + 1)"
        let role: Theme.Role = picture.isDead ? .warning : .dim
        buffer.write(
            name, x: line.x + 1, y: line.y, selected ? theme.selection.bold() : theme.style(role),
            maxWidth: line.width - 1)
        guard line.width >= 10, let output = UnitPaint.output(unit, state) else { return }
        guard output.isFinite else {
            buffer.write("NaN", rightAlignedAt: line.maxX, y: line.y, theme.style(.bad).on(background))
            return
        }
        let sign = output < 0 ? Theme.Role.validation : .train
        let style = output == 0 ? theme.quiet(marked: selected) : theme.style(sign).on(background)
        buffer.write(FixedNumber.fixed(Double(output), decimals: 2), rightAlignedAt: line.maxX, y: line.y, style)
    }
}

/// Paints units, all with one scale.
struct UnitPaint {
    private let shared: Shared
    private let data: LoadedData
    /// The absolute weight that has the full colour.
    let scale: Float

    init(_ shared: Shared, _ data: LoadedData, _ scale: Float) {
        (self.shared, self.data, self.scale) = (shared, data, scale)
    }

    /// The weights, or the mean of its digits; words where they are no numbers, or there are no digits.
    func draw(_ picture: UnitPicture, in area: Rect, on buffer: inout Buffer) {
        let theme = shared.look.theme
        let shape = data.dataset.train.shape
        guard picture.weights.allSatisfy(\.isFinite) else {
            return buffer.write("NaN", centredIn: area, y: area.y + area.height / 2, theme.style(.bad))
        }
        if !picture.weights.isEmpty {
            let map = SignedMap(
                values: shape.sums(picture.weights), rows: shape.rows, columns: shape.columns, scale: scale)
            let place = area.holding(rows: shape.rows, columns: shape.columns)
            return map.draw(in: place, on: &buffer, look: shared.look)
        }
        guard !picture.meanImage.isEmpty else {
            let style = theme.style(picture.isDead ? .warning : .bad)
            let text = picture.isDead ? (area.width >= 6 ? "silent" : "–") : "NaN"
            return buffer.write(text, centredIn: area, y: area.y + area.height / 2, style)
        }
        let sums = shape.sums(picture.meanImage.map(Float.init))
        let channels = Float(max(1, picture.meanImage.count / max(1, sums.count)))
        let mean = GrayImage(
            rows: shape.rows, columns: shape.columns, pixels: sums.map { UInt8(min(255, $0 / channels)) })
        DigitImage(pixels: data.dataset.levels.shown(mean).pixels, rows: shape.rows, columns: shape.columns)
            .fill(area, on: &buffer, look: shared.look)
    }

    /// Three standard deviations of all weights that are looked at: a few large ones must not leave the rest in the
    /// dark, and the chosen unit is painted as it is among the others.
    static func scale(_ state: ScreenContext<NetworkScreen>) -> Float {
        scale((state.inspection?.units ?? []).map(\.weights))
    }

    static func scale(_ weights: [[Float]]) -> Float {
        let count = weights.reduce(0) { $0 + $1.count }
        let squares = weights.reduce(0.0) { $0 + $1.reduce(0.0) { $0 + Double($1) * Double($1) } }
        return count == 0 ? 0 : 3 * Float((squares / Double(count)).squareRoot())
    }

    /// The unit's output for the digit.
    static func output(_ unit: Int, _ state: ScreenContext<NetworkScreen>) -> Float? {
        guard let inspection = state.inspection else { return nil }
        let outputs = NetworkScreen.outputs(inspection, layer: state.own.shownLayer(state.shared))
        return outputs.indices.contains(unit) ? outputs[unit] : nil
    }
}
