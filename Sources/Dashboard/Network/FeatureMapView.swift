import TerminalUI
import Training

/// Map of the last hidden layer: 1,000 digits on the plane in which they differ most, marked by class.
enum FeatureMapView {
    static func draw(_ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let map = state.own.maps.map(at: state.own.epoch)
        let below = map.map { footer($0, state, room: area.width - 8) } ?? []
        let title = state.shownNetwork.hidden.isEmpty ? "map of the pixels" : "map of the last hidden layer"
        let above = detail(map, state, room: area.width - title.count - 10)
        let inner = Panel(title: title, detail: above, focused: state.own.focus == .map, footer: below).draw(
            in: area, on: &buffer, look: state.look)
        guard let map, let points = points(map, state.shared) else {
            let isNaN = state.inspection?.watch.map != nil && state.inspection?.map == nil
            guard isNaN else { return NetworkView.drawEmpty(state.shared, in: inner, on: &buffer) }
            return buffer.write(
                "NaN: the layer gives no numbers", centredIn: inner, y: inner.y + inner.height / 2, theme.style(.bad))
        }
        let cursor = state.own.digit(state.shared).flatMap { digit in
            digit.source == map.source ? map.rows.place(of: digit.row) : nil
        }
        let names = state.classNames.fitting(9)
        let labels = (0..<state.shownNetwork.classes).map { names[$0] }
        ScatterPlot(points: points, names: labels, cursor: cursor).draw(
            in: inner.inset(left: 1, right: 1), on: &buffer, look: state.look)
    }

    /// nil where the map is not of the loaded data.
    static func points(_ map: FeatureMap, _ shared: Shared) -> [ScatterPlot.Point]? {
        guard let data = shared.data.loaded else { return nil }
        let labels = data.images(map.source).labels
        guard map.rows.allSatisfy(labels.indices.contains), map.x.count == map.rows.count else { return nil }
        return map.rows.enumerated().map { index, row in
            ScatterPlot.Point(
                x: Double(map.x[index]), y: Double(map.y[index]), label: Int(labels[row]),
                isMarked: map.predictions[index] != labels[row])
        }
    }

    /// The digits and the share of variance that the plane has.
    static func words(_ map: FeatureMap, _ state: ScreenContext<NetworkScreen>) -> (digits: String, variance: String) {
        let set = map.source == .test ? "test" : map.areTraining ? "training" : "validation"
        let shares = map.shares.map { Figures.percent($0, digits: 0) }.joined(separator: " + ")
        return (
            "\(Figures.grouped(map.rows.count)) \(set) \(state.classNames.noun)s", "\(shares) % of variance"
        )
    }

    private static func detail(
        _ map: FeatureMap?, _ state: ScreenContext<NetworkScreen>, room: Int
    ) -> [Span] {
        guard let map else { return [] }
        let theme = state.look.theme
        let (digits, _) = words(map, state)
        let moment = NetworkView.moment(state)
        let text = ["PCA of \(digits) · \(moment)", "\(digits) · \(moment)", moment].first { $0.count <= room }
        return text.map { [Span($0, theme.style(.dim))] } ?? []
    }

    private static func footer(
        _ map: FeatureMap, _ state: ScreenContext<NetworkScreen>, room: Int
    ) -> [Span] {
        let theme = state.look.theme
        let variance = words(map, state).variance
        let wrong = [Span("✗", theme.style(.bad).bold()), Span(" wrong", theme.style(.dim))]
        let open = [Span(state.shared.key(.open), theme.style(.key)), Span(" opens", theme.style(.dim))]
        let share = [Span(variance, theme.style(.dim))]
        let dot = [Span(" · ", theme.style(.dim))]
        let epochs = epochs(state)
        let forms: [[[Span]]] = [
            [wrong, open, epochs, share], [wrong, open, share], [wrong, share], [share], [wrong],
        ]
        // Keys are named where they work: on the map that the arrows act on.
        let named = state.own.detail == .map ? forms : Array(forms.dropFirst(2))
        return named.lazy.map { Array($0.filter { !$0.isEmpty }.joined(separator: dot)) }
            .first { $0.width <= room } ?? []
    }

    /// The keys that lead through the epochs, or that there is only the end.
    private static func epochs(_ state: ScreenContext<NetworkScreen>) -> [Span] {
        let theme = state.look.theme
        if state.opened != nil { return [Span("only the end is kept", theme.style(.dim))] }
        guard state.own.keptEpochs.count > 1 else { return [] }
        return [
            Span("\(state.shared.key(.earlier)) \(state.shared.key(.later))", theme.style(.key)),
            Span(" epochs", theme.style(.dim)),
        ]
    }
}
