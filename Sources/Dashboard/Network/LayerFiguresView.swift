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
        Column(title: "weight", width: 8) { (figure($0.weightNorm), .text) },
        Column(title: "gradient", width: 10) { (figure($0.gradientNorm), .text) },
        Column(title: "Δ/w", width: 8) { ($0.updateRatio.map(figure) ?? "–", ratioRole($0.updateRatio)) },
        Column(title: "dead", width: 6) { layer in
            guard let share = layer.deadShare else { return ("–", .dim) }
            return (Figures.percent(share, digits: 0) + "%", share > 0.5 ? .bad : share > 0.1 ? .warning : .text)
        },
    ]

    /// The order in which columns are left out.
    private static let order = [2, 3, 1, 0]

    static func draw(_ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let isLive = state.run?.state == .running
        let detail = [Span(isLive ? "live" : "norms", theme.style(isLive ? .good : .dim))]
        let inner = Panel(title: "each layer", detail: detail).draw(in: area, on: &buffer, look: state.look)
            .inset(left: 1, right: 1)
        guard let layers = state.inspection?.layers, !layers.isEmpty else {
            return NetworkView.drawEmpty(state.shared, in: inner, on: &buffer)
        }
        let names = 8
        var room = inner.width - names
        var shown: [Int] = []
        for index in order where columns[index].width <= room {
            shown.append(index)
            room -= columns[index].width
        }
        shown.sort()
        let heading = theme.style(.dim)
        buffer.write("layer", x: inner.x, y: inner.y, heading)
        // What is left over goes between the columns, so that they end where the bars below them do.
        let air = min(4, room / max(1, shown.count))
        let start = names + min(4, room - air * shown.count)
        var x = inner.x + start
        for index in shown {
            x += columns[index].width + air
            buffer.write(columns[index].title, rightAlignedAt: x, y: inner.y, heading)
        }
        for (line, layer) in layers.prefix(max(0, inner.height - 1)).enumerated() {
            drawRow(line, layer, shown, state, x: inner.x, y: inner.y + 1 + line, start, air, on: &buffer)
        }
        drawPast(layers, state, in: inner.inset(top: layers.count + 2), on: &buffer)
    }

    /// The history of each layer that is drawn.
    private static let pasts: [(name: String, value: @Sendable (LayerFigures) -> Double)] = [
        ("gradient", { $0.gradientNorm }), ("Δ/w", { $0.updateRatio ?? .nan }),
    ]

    /// Norms of gradients, and with more room the relative change by a step: some lines for each layer.
    private static func drawPast(
        _ layers: [LayerFigures], _ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer
    ) {
        let both = area.height / max(1, 2 * layers.count) >= 5
        let shown = both ? pasts : Array(pasts.prefix(1))
        let height = min(8, area.height / max(1, layers.count * shown.count))
        guard height >= 3 else { return }
        let theme = state.look.theme
        for line in layers.indices {
            for (index, past) in shown.enumerated() {
                let block = Rect(
                    x: area.x, y: area.y + (line * shown.count + index) * height, width: area.width, height: height - 1)
                let values = state.own.history.map { $0.indices.contains(line) ? past.value($0[line]) : .nan }
                let greatest = values.suffix(block.width).filter(\.isFinite).max() ?? 0
                let title = name(line, state) + "  " + past.name
                buffer.write(title, x: block.x, y: block.y, theme.style(.dim), maxWidth: block.width)
                buffer.write(
                    "to \(figure(greatest))", rightAlignedAt: block.maxX, y: block.y, theme.style(.dim), maxWidth: 14)
                Sparkline(values, role: .train).draw(in: block.inset(top: 1), on: &buffer, look: state.look)
            }
        }
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
        guard let ratio, ratio.isFinite else { return .dim }
        return (1e-4...1e-2).contains(ratio) ? .good : .warning
    }

    private static func figure(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : "inf" }
        if value == 0 { return "0" }
        return abs(value) >= 0.01 && abs(value) < 1000
            ? String(format: "%.3g", value) : FigureText.scientific(value, 1)
    }
}
