import Specs
import TerminalUI
import Training

/// The digit at hand, the output of every unit of each hidden layer for it, and the probabilities.
enum ActivationsView {
    static func draw(_ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer) {
        let look = state.look
        let theme = look.theme
        let digit = state.own.digit(state.shared)
        let title = digit.map { "\(state.classNames.noun) \(Figures.grouped($0.row))" } ?? state.classNames.noun
        let set = digit.map { rows($0, state.shared) } ?? ""
        let detail = [
            Span(set.isEmpty ? "" : set + "  ", theme.style(.dim)),
            Span(state.shared.key(.nextDigit), theme.style(.key)),
            Span(" next", theme.style(.dim)),
        ]
        let inner = Panel(title: title, detail: detail, footer: verdict(state)).draw(in: area, on: &buffer, look: look)
        guard !inner.isEmpty, let data = state.data.loaded, let digit else { return }
        let large = inner.height >= 14 && inner.width >= 70
        let (left, right) = inner.inset(left: 1).splitLeft(large ? 29 : min(15, inner.width / 3))
        DigitsView.image(digit.row, digit.source, data).draw(
            in: left.inset(right: 1), form: large ? .auto : data.smallForm, on: &buffer, look: look)
        guard let inspection = state.shared.inspection(of: digit.row, digit.source), !inspection.probabilities.isEmpty
        else {
            return NetworkView.drawEmpty(state.shared, in: right, on: &buffer)
        }
        let truth = truth(digit, data)
        let outputs = right.inset(left: 1, right: 1)
        let high = stripRows(inspection, in: outputs)
        let (strips, rest) = outputs.splitTop(high)
        // A single row has no room for bars with their labels.
        let classes = rest.height >= 2 ? rest : rest.splitTop(0).top
        drawStrips(inspection, state, in: strips, on: &buffer)
        drawClasses(inspection, state, truth: truth, in: classes, on: &buffer)
    }

    /// Rows of the strips of all layers; the bars of the classes have the others. On a higher panel no layer goes that was
    /// there.
    private static func stripRows(_ inspection: Inspection, in area: Rect) -> Int {
        let count = inspection.outputs.count
        let lines = inspection.outputs.map { Self.lines($0, area.width) }
        // Blocks of one height, each with its name, or better with a line of air.
        let blocks = count * (1 + (lines.max() ?? 0))
        if area.height >= blocks + 4 {
            return min(max(blocks, lines.reduce(0) { $0 + 2 + $1 }), area.height - 4)
        }
        if area.height >= 5 { return min(count, area.height - 2) }
        // The bars come in once three rows are left to the layers.
        return min(count, 3, area.height)
    }

    private static func rows(_ digit: (row: Int, source: Evaluation.Source), _ shared: Shared) -> String {
        if digit.source == .test { return "test set" }
        if shared.run == nil { return "training file" }
        return digit.row < shared.run?.facts?.trainingRows ?? 0 ? "training" : "validation"
    }

    private static func best(_ values: [Float]) -> Int? {
        guard values.contains(where: \.isFinite) else { return nil }
        return values.indices.max { (values[$0].orLeast, $1) < (values[$1].orLeast, $0) }
    }

    /// The digit's true and predicted class.
    private static func verdict(_ state: ScreenContext<NetworkScreen>) -> [Span] {
        guard let data = state.data.loaded, let digit = state.own.digit(state.shared), state.inspection != nil
        else { return [] }
        let theme = state.look.theme
        let truth = truth(digit, data)
        let names = state.classNames.fitting(10)
        let end = [Span(" · true ", theme.style(.dim)), Span(names[truth], theme.style(.good).bold())]
        guard let values = state.shared.inspection(of: digit.row, digit.source)?.probabilities, !values.isEmpty else {
            return [Span("true ", theme.style(.dim)), end[1]]
        }
        guard let best = best(values) else { return [Span("NaN: nothing predicted", theme.style(.bad))] + end }
        return [
            Span("predicted ", theme.style(.dim)), Span(names[best], theme.style(best == truth ? .good : .bad).bold()),
            Span(" \(Figures.percent(Double(values[best]), digits: 2)) %", theme.style(.dim)),
        ] + end
    }

    private static func truth(_ digit: (row: Int, source: Evaluation.Source), _ data: LoadedData) -> Int {
        Int(data.images(digit.source).labels[digit.row])
    }

    /// A line for each hidden layer, or with room a name above its outputs; the last line says how many are left out.
    private static func drawStrips(
        _ inspection: Inspection, _ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer
    ) {
        let layers = state.shownNetwork.layers
        let count = min(inspection.outputs.count, layers.count)
        guard count > 0, area.height > 0 else { return }
        let deep = (0..<count).allSatisfy { Self.lines(inspection.outputs[$0], area.width) + 1 <= area.height / count }
        let shown = deep || count <= area.height ? count : max(0, area.height - 1)
        // Where not all are seen, the chosen one is among them.
        let first = min(max(0, state.own.shownLayer(state.shared) - shown + 1), count - shown)
        for (line, index) in (first..<(first + shown)).enumerated() {
            let outputs = inspection.outputs[index]
            if deep {
                let height = area.height / count
                drawNamed(
                    layers[index], outputs, readout(index, state), state, in: area.inset(top: line * height),
                    on: &buffer)
            } else {
                drawLine(index, outputs, state, in: area.inset(top: line), on: &buffer)
            }
        }
        if shown < count {
            let text = "\(count - shown) more"
            buffer.write(text, x: area.x, y: area.y + shown, state.look.theme.style(.dim), maxWidth: area.width)
        }
    }

    private static func lines(_ outputs: [Float], _ width: Int) -> Int {
        SignedMap.strip(outputs, width: width, scale: 1).lines
    }

    private static func scale(_ outputs: [Float]) -> Float {
        outputs.reduce(Float(0)) { $1.isFinite ? max($0, abs($1)) : $0 }
    }

    /// `22 of 64 active`, or that there are no numbers.
    private static func active(_ outputs: [Float], _ theme: Theme) -> Span {
        guard outputs.allSatisfy(\.isFinite) else { return Span("NaN", theme.style(.bad)) }
        return Span("\(outputs.count { abs($0) > 1e-6 }) of \(outputs.count) active", theme.style(.dim))
    }

    /// What a linear read-out of the layer predicts: `read-out 7 61 %`; empty where it is not known.
    private static func readout(_ index: Int, _ state: ScreenContext<NetworkScreen>) -> [Span] {
        guard let probes = state.inspection?.probes else { return [] }
        let lines = ProbesView.lines(probes, state)
        // Before the layers come the pixels.
        guard lines.indices.contains(index + 1), let predicted = lines[index + 1].predicted else { return [] }
        let theme = state.look.theme
        return [
            Span("read-out ", theme.style(.dim)),
            Span(predicted.name, theme.style(predicted.isRight ? .good : .bad).bold()),
            Span(" " + ProbabilityBars.text(predicted.share), theme.style(.dim)),
        ]
    }

    private static func drawNamed(
        _ layer: LayerFacts, _ outputs: [Float], _ readout: [Span], _ state: ScreenContext<NetworkScreen>,
        in area: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let scale = scale(outputs)
        let active = active(outputs, theme)
        let most = scale > 0 ? "to ±\(FixedNumber.fixed(Double(scale), decimals: 2))" : "all 0"
        let isNumber = outputs.allSatisfy(\.isFinite)
        // What else the layer does comes before the figures: those that have room beside it stay.
        let scaleSpan = Span(most, theme.style(.dim))
        let whole = layer.name.count + 1 + layer.title.count
        let numbers: [[[Span]]] = [[[active], [scaleSpan]], [[active]], [[scaleSpan]], []]
        let forms = isNumber ? (readout.isEmpty ? [] : numbers.map { [readout] + $0 }) + numbers : [[[active]]]
        func width(_ figures: [[Span]]) -> Int { figures.reduce(0) { $0 + 2 + $1.width } }
        let figures = forms.first { whole + width($0) <= area.width }
        let title = figures == nil ? "\(layer.output) \(layer.operationName)" : layer.title
        buffer.write(
            groups: [[Span("\(layer.name) ", theme.style(.dim)), Span(title, theme.style(.text))]]
                + (figures ?? forms[0]), gap: 2, x: area.x, y: area.y, maxWidth: area.width)
        guard isNumber else { return }
        let map = SignedMap.strip(outputs, width: area.width, scale: scale)
        map.draw(atX: area.x, y: area.y + 1, maxLines: map.lines, on: &buffer, look: state.look)
    }

    private static func drawLine(
        _ index: Int, _ outputs: [Float], _ state: ScreenContext<NetworkScreen>, in area: Rect,
        on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let chosen = index == state.own.shownLayer(state.shared)
        buffer.write("\(index + 1)", x: area.x, y: area.y, theme.style(chosen ? .title : .dim))
        let active = active(outputs, theme)
        let figures = area.width >= 40 ? [active] : []
        buffer.write(figures, x: area.maxX - figures.width, y: area.y)
        let readout = area.width >= 70 ? readout(index, state) : []
        buffer.write(readout, x: area.maxX - 20 - readout.width, y: area.y)
        guard outputs.allSatisfy(\.isFinite) else {
            if figures.isEmpty { buffer.write([active], x: area.x + 3, y: area.y) }
            return
        }
        // The read-outs of all layers have the same room.
        let width = area.width - 3 - (figures.isEmpty ? 0 : 20) - (readout.isEmpty ? 0 : 26)
        SignedMap(values: outputs + outputs, rows: 2, columns: outputs.count, scale: scale(outputs)).draw(
            in: Rect(x: area.x + 3, y: area.y, width: min(width, 4 * outputs.count), height: 1), on: &buffer,
            look: state.look)
    }

    private static func drawClasses(
        _ inspection: Inspection, _ state: ScreenContext<NetworkScreen>, truth: Int, in area: Rect,
        on buffer: inout Buffer
    ) {
        guard !area.isEmpty else { return }
        let values = inspection.probabilities
        guard let best = best(values) else {
            let style = state.look.theme.style(.bad)
            buffer.write("NaN: no probabilities", x: area.x, y: area.y, style, maxWidth: area.width)
            return
        }
        let width = min(area.width, 9 * values.count)
        let names = state.classNames.cut(width / max(1, values.count) - 1)
        let bars = ProbabilityBars(
            values: values, truth: truth, predicted: best, labels: values.indices.map { names[$0] })
        bars.drawColumns(
            in: Rect(x: area.x, y: area.y, width: width, height: area.height), on: &buffer, look: state.look)
    }
}
