import TerminalUI
import Training

/// The training digits whose features are nearest to those of the selected digit: where a mistake was learned.
enum NearestView {
    /// - Parameter isSearched: whether the run is asked for them now.
    static func draw(_ state: Shared, isSearched: Bool = true, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let hidden = state.shownNetwork.hidden.count
        let epoch = state.inspection.map { " · epoch \($0.epoch)" } ?? ""
        let by = (hidden == 0 ? "by its pixels" : "by layer \(hidden)") + (hidden == 0 ? "" : epoch)
        let inner = Panel(title: "nearest in training", detail: [Span(by, theme.style(.dim))]).draw(
            in: area, on: &buffer, look: state.look)
        guard !inner.isEmpty else { return }
        guard let data = state.data.loaded, let evaluation = state.evaluation, let row = state.selection.row,
            let inspection = state.inspectionOfSelected, !inspection.neighbours.isEmpty
        else {
            let text =
                isSearched
                ? state.emptyNetworkText("\(state.key(.train)) makes a network")
                : "pause, or \(state.key(.detail)), to see the training \(state.classNames.noun)s that are most alike"
            return buffer.write(paragraph: text, centredIn: inner, theme.style(.dim))
        }
        let truth = Int(evaluation.labels[row])
        for (neighbour, place) in zip(inspection.neighbours, NearestLayout.places(inner))
        where data.dataset.train.labels.indices.contains(neighbour.row) {
            let (image, caption) = place.splitBottom(1)
            DigitsView.image(neighbour.row, .validation, data).draw(
                in: image, form: data.smallForm, on: &buffer, look: state.look)
            let label = Int(data.dataset.train.labels[neighbour.row])
            let distance = FixedNumber.fixed(Double(neighbour.distance), decimals: neighbour.distance < 10 ? 2 : 0)
            buffer.write(
                [
                    Span(state.classNames.fitting(7)[label], theme.style(label == truth ? .good : .bad).bold()),
                    Span("  \(distance)", theme.style(.dim)),
                ], x: caption.x + 1, y: caption.y, maxWidth: caption.width - 1)
        }
    }
}
