import Specs
import TerminalUI
import Training

/// The selected digit, the output of every unit of each hidden layer for it, and the probabilities.
enum ActivationsView {
    static func draw(_ state: Shared, in area: Rect, on buffer: inout Buffer) {
        let look = state.look
        let theme = look.theme
        let digit = state.digitAtHand
        let title = digit.map { "\(state.classNames.noun) \(Figures.grouped($0.row))" } ?? state.classNames.noun
        let detail = [Span("n", theme.style(.key)), Span(" next", theme.style(.dim))]
        let inner = Panel(title: title, detail: detail, footer: verdict(state)).draw(in: area, on: &buffer, look: look)
        guard !inner.isEmpty, let data = state.data.loaded, let digit else { return }
        let wide = inner.height >= 14 && inner.width >= 70
        let (left, rest) = inner.splitLeft(wide ? 29 : min(15, inner.width / 3))
        DigitsView.image(digit.row, digit.source, data).draw(
            in: left.inset(right: 1), form: wide ? .auto : .braille, on: &buffer, look: look)
        guard let inspection = state.inspection, !inspection.probabilities.isEmpty else {
            return NetworkView.drawEmpty(state, in: rest, on: &buffer)
        }
        drawStrips(inspection, state, truth: truth(digit, data), in: rest.inset(left: 1, right: 1), on: &buffer)
    }

    private static func best(_ values: [Float]) -> Int? {
        values.indices.max { (values[$0].isNaN ? -1 : values[$0]) < (values[$1].isNaN ? -1 : values[$1]) }
    }

    /// The digit's true and predicted class.
    private static func verdict(_ state: Shared) -> [Span] {
        guard let data = state.data.loaded, let digit = state.digitAtHand,
            let values = state.inspection?.probabilities, let best = best(values)
        else { return [] }
        let theme = state.look.theme
        let truth = truth(digit, data)
        let names = state.classNames.fitting(10)
        return [
            Span("true ", theme.style(.dim)), Span(names[truth], theme.style(.good).bold()),
            Span("  says ", theme.style(.dim)), Span(names[best], theme.style(best == truth ? .good : .bad).bold()),
            Span(" \(Figures.percent(Double(values[best]), digits: 0)) %", theme.style(.dim)),
        ]
    }

    private static func truth(_ digit: (row: Int, source: Evaluation.Source), _ data: LoadedData) -> Int {
        Int(data.images(digit.source).labels[digit.row])
    }

    /// A name and a strip for each hidden layer, then the classes, from the top as far as there is room.
    private static func drawStrips(
        _ inspection: Inspection, _ state: Shared, truth: Int, in area: Rect, on buffer: inout Buffer
    ) {
        let count = inspection.outputs.count
        // A name, the strip and a free line for each; what they leave makes the classes' bars higher.
        let needed = inspection.outputs.reduce(0) { $0 + 2 + SignedMap.strip($1, width: area.width, scale: 1).lines }
        let high = max(6, min(10, area.height - needed))
        let (strips, classes) = area.splitBottom(area.height >= 12 ? high : min(3, area.height))
        var y = strips.y
        let layers = state.shownNetwork.layers.dropLast()
        for (index, outputs) in inspection.outputs.enumerated() {
            guard y < strips.maxY, layers.indices.contains(index) else { break }
            let left = strips.maxY - y
            let room = max(2, left / max(1, count - index))
            let scale = outputs.reduce(Float(0)) { $1.isFinite ? max($0, abs($1)) : $0 }
            drawName(layers[index], outputs, scale, state, in: strips, y: y, on: &buffer)
            let map = SignedMap.strip(outputs, width: strips.width, scale: scale)
            let lines = min(map.lines, min(room, left) - 1)
            if lines < map.lines {
                map.draw(
                    in: Rect(x: strips.x, y: y + 1, width: map.columns, height: lines), on: &buffer, look: state.look)
            } else {
                map.draw(atX: strips.x, y: y + 1, maxLines: lines, on: &buffer, look: state.look)
            }
            y += 1 + max(0, lines) + (strips.height >= 4 * count ? 1 : 0)
        }
        drawClasses(inspection, state, truth: truth, in: classes, on: &buffer)
    }

    private static func drawName(
        _ layer: LayerFacts, _ outputs: [Float], _ scale: Float, _ state: Shared, in area: Rect, y: Int,
        on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let active = "\(outputs.count { abs($0) > 1e-6 }) active"
        let most = "to ±\(FixedNumber.fixed(Double(scale), decimals: 2))"
        // What else the layer does stands there where the figures have room beside it.
        let fits = layer.name.count + 1 + layer.title.count + 2 + active.count + 2 + most.count <= area.width
        let title = fits ? layer.title : "\(layer.output) \(layer.operationName)"
        buffer.write(
            groups: [
                [Span("\(layer.name) ", theme.style(.dim)), Span(title, theme.style(.text))],
                [Span(active, theme.style(.dim))], [Span(most, theme.style(.dim))],
            ], gap: 2, x: area.x, y: y, maxWidth: area.width)
    }

    private static func drawClasses(
        _ inspection: Inspection, _ state: Shared, truth: Int, in area: Rect, on buffer: inout Buffer
    ) {
        let values = inspection.probabilities
        let best = best(values)
        let bars = ProbabilityBars(
            values: values, truth: truth, predicted: best, labels: values.indices.map(String.init))
        let width = min(area.width, 7 * values.count)
        bars.drawColumns(
            in: Rect(x: area.x, y: area.y, width: width, height: area.height), on: &buffer, look: state.look)
    }
}
