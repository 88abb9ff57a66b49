import DataFormats
import TerminalUI
import Training

/// What a prediction depends on: the gradients of the logits of the predicted and of the true class by the pixels.
enum SaliencyView {
    /// - Parameters:
    ///   - saliency: nil while it is being computed.
    ///   - moment: which weights it is of.
    static func draw(
        _ state: Shared, _ saliency: Saliency?, moment: String, in area: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let detail = [Span(moment, theme.style(.dim))]
        let footer = [
            Span("ink ", theme.style(.dim)), Span("+", theme.style(.train).bold()),
            Span(" raises ", theme.style(.dim)), Span("−", theme.style(.validation).bold()),
            Span(" lowers it", theme.style(.dim)),
        ]
        let inner = Panel(title: "saliency", detail: detail, footer: footer).draw(
            in: area, on: &buffer, look: state.look)
        guard let saliency, let data = state.data.loaded else {
            return NetworkView.drawEmpty(state, in: inner, on: &buffer)
        }
        let parts = parts(saliency, state.classNames)
        guard parts.allSatisfy({ $0.values.allSatisfy(\.isFinite) }) else {
            return buffer.write("NaN: no gradient", centredIn: inner, y: inner.y + inner.height / 2, theme.style(.bad))
        }
        let scale = UnitPaint.scale(parts.map(\.values))
        let shape = data.dataset.train.shape
        let stacked = isStacked(inner.width, inner.height, maps: parts.count)
        for (number, part) in parts.enumerated() {
            let place = place(number, of: parts.count, stacked: stacked, in: inner)
            let (caption, image) = place.splitTop(1)
            buffer.write(part.title, x: caption.x, y: caption.y, theme.style(.text), maxWidth: caption.width)
            let width = min(28, image.width, 2 * image.height)
            let map = Rect(x: image.x, y: image.y, width: width, height: width / 2)
            SignedMap(values: shape.sums(part.values), rows: shape.rows, columns: shape.columns, scale: scale).draw(
                in: map.holding(rows: shape.rows, columns: shape.columns), on: &buffer, look: state.look)
            if !stacked {
                let below = Rect(
                    x: image.x, y: image.y + width / 2, width: image.width, height: image.height - width / 2)
                drawPlaces(part.values, shape, in: below, on: &buffer, look: state.look)
            }
        }
    }

    /// Whether maps stand one below the other, since they are larger so. One map counts as stacked.
    static func isStacked(_ width: Int, _ height: Int, maps: Int) -> Bool {
        maps < 2 || width < 2 * 15 || height / maps - 1 > besideLines(width, maps: maps)
    }

    /// Lines of maps side by side in so many columns.
    static func besideLines(_ width: Int, maps: Int) -> Int { min(28, min(31, width / maps) - 1) / 2 }

    /// Where ink raises and lowers it most, below a map that leaves room for it.
    private static func drawPlaces(
        _ values: [Float], _ shape: ImageShape, in area: Rect, on buffer: inout Buffer, look: Look
    ) {
        let sums = shape.sums(values)
        guard area.height >= 2, area.width >= 14, let most = sums.indices.max(by: { sums[$0] < sums[$1] }),
            let least = sums.indices.min(by: { sums[$0] < sums[$1] }), shape.columns > 0
        else { return }
        let theme = look.theme
        let places = [("+", "raised most at", most, Theme.Role.train), ("−", "lowered most at", least, .validation)]
        let lines = places.flatMap { sign, words, index, role in
            let place = "row \(index / shape.columns + 1), col \(index % shape.columns + 1)"
            guard area.height >= 4 else {
                return [[Span(sign, theme.style(role).bold()), Span(" \(place)", theme.style(.dim))]]
            }
            return [[Span(words, theme.style(role))], [Span(place, theme.style(.dim))]]
        }
        for (line, text) in lines.enumerated() {
            buffer.write(text, x: area.x, y: area.y + line, maxWidth: area.width)
        }
    }

    /// The maps to show with their titles: one where the prediction is right.
    static func parts(_ saliency: Saliency, _ names: ClassNames) -> [(title: String, values: [Float])] {
        let truth = "for true \(names[saliency.truth])"
        guard saliency.truth != saliency.predicted else {
            return [("for \(names[saliency.truth]), true and predicted", saliency.ofTruth)]
        }
        return [("for predicted \(names[saliency.predicted])", saliency.ofPredicted), (truth, saliency.ofTruth)]
    }

    /// Where ink would raise and lower each logit most: rows and columns from the top left.
    static func words(_ saliency: Saliency, _ state: Shared) -> [String] {
        guard let shape = state.data.loaded?.dataset.train.shape else { return [] }
        return parts(saliency, state.classNames).map { words($0.title, $0.values, shape) }
    }

    static func words(_ title: String, _ values: [Float], _ shape: ImageShape) -> String {
        let sums = shape.sums(values)
        guard sums.allSatisfy(\.isFinite), let most = sums.indices.max(by: { sums[$0] < sums[$1] }),
            let least = sums.indices.min(by: { sums[$0] < sums[$1] }), shape.columns > 0
        else { return "\(title): no numbers" }
        func place(_ index: Int) -> String {
            "row \(index / shape.columns + 1), column \(index % shape.columns + 1)"
        }
        return "\(title): ink raises it most at \(place(most)), lowers it most at \(place(least))"
    }

    private static func place(_ number: Int, of count: Int, stacked: Bool, in inner: Rect) -> Rect {
        if stacked {
            let height = min(16, inner.height / count)
            return Rect(x: inner.x + 1, y: inner.y + number * height, width: inner.width - 1, height: height)
        }
        let width = min(31, inner.width / count)
        return Rect(x: inner.x + 1 + number * width, y: inner.y, width: width - 1, height: inner.height)
    }
}
