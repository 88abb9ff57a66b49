import DataFormats
import Foundation
import Specs
import TerminalUI
import Training

/// The chosen unit at full size: what it looks for, the classes that it fires for, and its figures.
enum UnitView {
    static func draw(_ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let unit = state.own.shownUnit(state.shared)
        let picture = state.inspection?.units.first { $0.unit == unit }
        let sample = NetworkView.words(state.inspection?.sample, state.classNames)
        let inner = Panel(
            title: title(unit, state), detail: [Span(NetworkView.moment(state), theme.style(.dim))],
            footer: [Span("of " + sample, theme.style(.dim))]
        ).draw(in: area, on: &buffer, look: state.look)
        guard let picture, let data = state.data.loaded, !inner.isEmpty,
            picture.weights.isEmpty == (state.own.shownLayer(state.shared) > 0)
        else { return NetworkView.drawEmpty(state.shared, in: inner, on: &buffer) }
        // Beside each other where the panel is wide, else above each other.
        if inner.width >= 58 {
            let (left, right) = inner.splitLeft(31)
            drawPicture(picture, data, state, in: left.inset(left: 1), on: &buffer)
            drawFacts(picture, data, state, in: right.inset(left: 1, right: 1), on: &buffer)
        } else {
            let height = picture.weights.isEmpty ? min(16, inner.height - 4) : min(14, inner.height - 4)
            let (top, below) = inner.splitTop(max(4, height))
            drawPicture(picture, data, state, in: top.inset(left: 1), on: &buffer)
            drawFacts(picture, data, state, in: below.inset(left: 1, top: 1, right: 1), on: &buffer)
        }
    }

    static func title(_ unit: Int, _ state: ScreenContext<NetworkScreen>) -> String {
        let facts = state.own.facts(state.shared)
        if facts.isOutput { return "class \(state.classNames[unit])" }
        return "unit \(unit + 1) of layer \(facts.index + 1)"
    }

    /// The weights at a column a weight, or the digits that excite it most.
    private static func drawPicture(
        _ picture: UnitPicture, _ data: LoadedData, _ state: ScreenContext<NetworkScreen>, in area: Rect,
        on buffer: inout Buffer
    ) {
        guard picture.weights.isEmpty else {
            let width = min(28, area.width, 2 * area.height)
            let place = Rect(
                x: area.x + max(0, (min(area.width, 34) - width) / 2), y: area.y, width: width,
                height: min(area.height, width / 2))
            return UnitPaint(state.shared, data, UnitPaint.scale(state)).draw(picture, in: place, on: &buffer)
        }
        drawStrongest(picture, data, state, in: area, on: &buffer)
    }

    /// The nine digits with the greatest outputs, three in a row, each with its class.
    static func drawStrongest(
        _ picture: UnitPicture, _ data: LoadedData, _ state: ScreenContext<NetworkScreen>, in area: Rect,
        on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        guard !picture.strongest.isEmpty else {
            let text = picture.isDead ? "silent for every \(state.classNames.noun)" : "NaN: it has no numbers"
            let style = theme.style(picture.isDead ? .warning : .bad)
            return buffer.write(text, centredIn: area, y: area.y + area.height / 2, style)
        }
        buffer.write(
            "\(state.classNames.noun)s that excite it most", x: area.x, y: area.y, theme.style(.dim),
            maxWidth: area.width)
        let inner = area.inset(top: 1)
        let rows = max(1, min(3, inner.height / 4))
        let height = min(7, inner.height / rows)
        let columns = max(1, min(9 / rows + (rows == 2 ? 1 : 0), inner.width / (2 * height + 1)))
        for (number, row) in picture.strongest.prefix(rows * columns).enumerated() {
            let place = Rect(
                x: inner.x + number % columns * (2 * height + 1), y: inner.y + number / columns * height,
                width: 2 * height, height: height)
            DigitsView.image(row, .validation, data).draw(
                in: place, form: data.smallForm, on: &buffer, look: state.look)
            let label = Int(data.dataset.train.labels[row])
            let name = state.classNames.fitting(place.width)[label]
            buffer.write(name, x: place.x, y: place.y, theme.style(.good).bold())
        }
    }

    private static func drawFacts(
        _ picture: UnitPicture, _ data: LoadedData, _ state: ScreenContext<NetworkScreen>, in area: Rect,
        on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        guard area.height > 0 else { return }
        let facts = facts(picture, state)
        let classes = picture.classMeans.count
        buffer.write("mean output by class", x: area.x, y: area.y, theme.style(.dim), maxWidth: area.width)
        // The figures stay below the bars as far as there is room.
        let bars = min(classes, max(area.height - 1 - facts.count - 1, min(classes, area.height - 1)))
        drawMeans(
            picture.classMeans, state,
            in: Rect(x: area.x, y: area.y + 1, width: area.width, height: bars), on: &buffer)
        let y = area.y + bars + 2
        for (line, fact) in facts.enumerated() where y + line < area.maxY {
            buffer.write(fact.name, x: area.x, y: y + line, theme.style(.dim))
            buffer.write(fact.value, rightAlignedAt: area.maxX, y: y + line, theme.style(fact.role))
        }
        let rest = area.inset(top: bars + 2 + facts.count + 1)
        // A heading, and a row of small digits.
        if !picture.weights.isEmpty, rest.height >= 5 {
            drawStrongest(picture, data, state, in: rest, on: &buffer)
        }
    }

    /// A bar for each class, from the greatest magnitude; negative ones in the colour of negative weights.
    private static func drawMeans(
        _ means: [Float], _ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let greatest = means.filter(\.isFinite).map(abs).max() ?? 0
        let names = state.classNames.fitting(area.width / 3)
        let labels = max(1, (0..<means.count).map { names[$0].columns }.max() ?? 1)
        for (label, mean) in means.prefix(area.height).enumerated() {
            let y = area.y + label
            buffer.write(names[label], rightAlignedAt: area.x + labels, y: y, theme.style(.text))
            let isNumber = mean.isFinite
            // A class without images has no mean; where no class has one, the outputs are no numbers.
            let hasNone = !isNumber && means.contains(where: \.isFinite)
            let text = isNumber ? String(format: "%.2f", mean) : hasNone ? "–" : "NaN"
            buffer.write(text, rightAlignedAt: area.maxX, y: y, theme.style(isNumber || hasNone ? .dim : .bad))
            let width = area.width - labels - 8
            guard isNumber, greatest > 0, width > 0 else { continue }
            let share = Double(abs(mean) / greatest)
            SignedBar(share: share, role: mean < 0 ? .validation : .train).draw(
                in: Rect(x: area.x + labels + 1, y: y, width: width, height: 1), on: &buffer, look: state.look)
        }
    }

    static func facts(
        _ picture: UnitPicture, _ state: ScreenContext<NetworkScreen>
    ) -> [(name: String, value: String, role: Theme.Role)] {
        var facts: [(String, String, Theme.Role)] = []
        if let output = UnitPaint.output(picture.unit, state) {
            let value = output.isFinite ? String(format: "%.3f", output) : "NaN"
            facts.append(("output for the \(state.classNames.noun)", value, output.isFinite ? .text : .bad))
        }
        if picture.isDead { facts.append(("state", "dead: the same for all", .warning)) }
        guard !picture.weights.isEmpty else { return facts }
        let norm = picture.weights.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard norm.isFinite else { return facts + [("weights", "NaN", .bad)] }
        return facts + [
            ("norm of its weights", String(format: "%.3f", norm), .text),
            (
                "weights",
                String(format: "%.2f to %.2f", picture.weights.min() ?? 0, picture.weights.max() ?? 0), .text
            ),
        ]
    }
}
