import Foundation
import Reports
import Specs
import TerminalUI
import Training

/// Each layer's norms, the change by a step, and the share of its dead units.
enum LayerFiguresView {
    private struct Column: Sendable {
        let title: String
        let width: Int
        let value: @Sendable (LayerFigures) -> (text: String, role: Theme.Role)
    }

    /// In the order in which they stand.
    private static let columns: [Column] = [
        Column(title: "weight", width: 8) { (figure($0.weightNorm), $0.weightNorm.isFinite ? .text : .bad) },
        Column(title: "gradient", width: 10) { (figure($0.gradientNorm), $0.gradientNorm.isFinite ? .text : .bad) },
        Column(title: "Δ/w", width: 8) { ($0.updateRatio.map(figure) ?? "–", ratioRole($0.updateRatio)) },
        Column(title: "dead", width: 6) { layer in
            guard let share = layer.deadShare else { return ("–", .dim) }
            // Units without numbers are neither dead nor alive.
            guard layer.weightNorm.isFinite else { return ("NaN", .bad) }
            return (Figures.percent(share, digits: 0) + "%", share > 0.5 ? .bad : share > 0.1 ? .warning : .text)
        },
    ]

    /// The order in which columns are left out.
    private static let order = [2, 3, 1, 0]

    static func draw(_ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let detail = [Span(NetworkView.moment(state), theme.style(.dim))]
        let inner = Panel(title: "each layer", detail: detail).draw(in: area, on: &buffer, look: state.look)
            .inset(left: 1, right: 1)
        guard let layers = state.inspection?.layers, !layers.isEmpty else {
            return NetworkView.drawEmpty(state.shared, in: inner, on: &buffer)
        }
        let names = 8
        var room = inner.width - names
        var shown: [Int] = []
        // Without a step there is no change by one: what is known takes its place.
        let hasSteps = layers.contains { $0.updateRatio != nil }
        for index in order where columns[index].width <= room && (hasSteps || columns[index].title != "Δ/w") {
            shown.append(index)
            room -= columns[index].width
        }
        shown.sort()
        let heading = theme.style(.dim)
        buffer.write("layer", x: inner.x, y: inner.y, heading)
        // What is left over goes between the columns, so that they end where the bars below them do.
        let air = min(4, room / max(1, shown.count))
        let start = names + min(4, max(0, room - air * shown.count))
        var x = inner.x + start
        for index in shown {
            x += columns[index].width + air
            buffer.write(columns[index].title, rightAlignedAt: x, y: inner.y, heading)
        }
        let lines = max(0, inner.height - 1)
        let seen = layers.count <= lines ? layers.count : max(0, lines - 1)
        for (line, layer) in layers.prefix(seen).enumerated() {
            drawRow(line, layer, shown, state, x: inner.x, y: inner.y + 1 + line, start, air, on: &buffer)
        }
        if seen < layers.count {
            buffer.write("\(layers.count - seen) more", x: inner.x, y: inner.y + 1 + seen, theme.style(.dim))
        }
        let column = state.own.layout(state.shared, state.place).column
        let spread = column?.spread ?? 0
        let (past, outputs) = inner.inset(top: layers.count + 1).splitBottom(spread)
        drawPast(layers, most: column?.strips ?? 0, state, in: past.inset(top: 1), on: &buffer)
        if spread > 0 { LayerSpreadView.draw(layers, state, in: outputs, on: &buffer) }
    }

    /// What is drawn over the run, in the order in which there is room for it.
    private static let pasts: [(name: String, value: @Sendable (LayerFigures) -> Double?)] = [
        ("gradient", { $0.gradientNorm }), ("Δ/w", { $0.updateRatio }),
        ("weights", { $0.weightNorm }),
    ]

    /// The layers' figures over the run: blocks of heat strips, as many as there is room for.
    private static func drawPast(
        _ layers: [LayerFigures], most: Int, _ state: ScreenContext<NetworkScreen>, in area: Rect,
        on buffer: inout Buffer
    ) {
        var area = area
        let known = pasts.filter { past in layers.contains { past.value($0) != nil } }
        for past in known.prefix(most) {
            guard area.height >= 2 else { return }
            drawStrips(layers, past.name, past.value, state, in: area, on: &buffer)
            area = area.inset(top: layers.count + 2)
            // A block that is cut is the last one.
            guard area.height >= layers.count + 1 else { return }
        }
    }

    /// A heat strip for each layer, all with one scale.
    private static func drawStrips(
        _ layers: [LayerFigures], _ title: String, _ value: (LayerFigures) -> Double?,
        _ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer
    ) {
        let entries = state.own.history.entries
        guard let first = entries.first, let last = entries.last else { return }
        let theme = state.look.theme
        let span = first.epoch == last.epoch ? "epoch \(last.epoch)" : "epochs \(first.epoch)–\(last.epoch)"
        buffer.write("\(title) by layer, \(span)", x: area.x, y: area.y, theme.style(.dim), maxWidth: area.width)
        let all = layers.indices.map { line in
            entries.map { $0.layers.indices.contains(line) ? value($0.layers[line]) ?? 0 : .nan }
        }
        let range = HeatStrip.range(all.flatMap(\.self)) ?? 1...1
        // With too few lines the last says how many layers are left out.
        let room = area.height - 1
        let shown = layers.count <= room ? layers.count : max(0, room - 1)
        for line in 0..<shown {
            let y = area.y + 1 + line
            buffer.write(shortName(line, state), x: area.x, y: y, theme.style(.text), maxWidth: 4)
            let now = value(layers[line]) ?? 0
            buffer.write(figure(now), rightAlignedAt: area.maxX, y: y, role(now, theme))
            let place = Rect(x: area.x + 4, y: y, width: area.width - 12, height: 1)
            if entries.count > 1 {
                HeatStrip(all[line], range: range).draw(in: place, on: &buffer, look: state.look)
            } else {
                // A single moment has no past: bars compare the layers.
                SignedBar(share: now / range.upperBound, role: .probability).draw(
                    in: place, on: &buffer, look: state.look)
            }
        }
        if shown < layers.count {
            buffer.write("\(layers.count - shown) more", x: area.x, y: area.y + 1 + shown, theme.style(.dim))
        }
    }

    private static func role(_ value: Double, _ theme: Theme) -> Style {
        theme.style(value.isFinite ? .dim : .bad)
    }

    private static func shortName(_ line: Int, _ state: ScreenContext<NetworkScreen>) -> String {
        line == state.shownNetwork.layers.count - 1 ? "out" : "\(line + 1)"
    }

    private static func name(_ line: Int, _ state: ScreenContext<NetworkScreen>) -> String {
        let layers = state.shownNetwork.layers
        guard layers.indices.contains(line), !layers[line].isOutput else { return "output" }
        return "\(line + 1) \(layers[line].operationName)"
    }

    private static func drawRow(
        _ line: Int, _ layer: LayerFigures, _ shown: [Int], _ state: ScreenContext<NetworkScreen>, x: Int, y: Int,
        _ start: Int,
        _ air: Int, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        buffer.write(name(line, state), x: x, y: y, theme.style(.text), maxWidth: start - 1)
        var end = x + start
        for index in shown {
            end += columns[index].width + air
            let (text, role) = columns[index].value(layer)
            buffer.write(text, rightAlignedAt: end, y: y, theme.style(role))
        }
    }

    /// About a thousandth a step is a common rule of thumb.
    private static func ratioRole(_ ratio: Double?) -> Theme.Role {
        guard let ratio else { return .dim }
        guard ratio.isFinite else { return .bad }
        return (1e-4...1e-2).contains(ratio) ? .good : .warning
    }

    private static func figure(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : "∞" }
        if value == 0 { return "0" }
        return abs(value) >= 0.01 && abs(value) < 1000
            ? String(format: "%.3g", value) : FigureText.scientific(value, 1)
    }
}
