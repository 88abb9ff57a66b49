import TerminalUI
import Training

/// The selected digit: its prediction now, and in earlier epochs.
enum PlainDigits {
    static func lines(_ state: ScreenContext<DigitsScreen>) -> [PlainLine] {
        guard let evaluation = state.evaluation else {
            return [PlainLine(state.classNames.noun + "s", ConfusionView.emptyText(state.shared), isSelected: true)]
        }
        let selection = state.selection
        var lines = [
            PlainLine("measured", evaluation.measuredOn.plain),
            PlainLine("filter", selection.filter.description(names: state.classNames.all)),
            PlainLine("sorted by", selection.sort.rawValue),
            PlainLine("chosen", "\(Figures.grouped(selection.rows.count)) of \(Figures.grouped(evaluation.count))"),
        ]
        guard let row = selection.row else {
            return lines + [PlainLine(state.classNames.noun, "none like that", isSelected: true)]
        }
        let names = state.classNames
        let (truth, predicted) = (Int(evaluation.labels[row]), Int(evaluation.predictions[row]))
        lines += [
            PlainLine(
                "\(state.classNames.noun) \(Figures.grouped(selection.cursor + 1))",
                "true \(names[truth]), predicted \(names[predicted]), "
                    + (truth == predicted ? "right" : "wrong"), isSelected: true),
            PlainLine("index", Figures.grouped(evaluation.rows[row])),
            PlainLine("loss", PlainText.loss(Double(evaluation.losses[row]))),
            PlainLine("margin", PlainText.figure(Double(evaluation.margin(ofRow: row)))),
        ]
        if !selection.marked.isEmpty {
            let isMarked = state.digitToMark.map(selection.marked.contains) ?? false
            lines.append(PlainLine("marked", "\(isMarked ? "yes" : "no"), \(selection.marked.count) in all"))
        }
        lines += probabilities(Array(evaluation.probabilities(ofRow: row)), names, truth: truth)
        return lines + past(state, row, evaluation) + nearest(state) + saliency(state)
    }

    /// A line a class; the true one says so.
    static func probabilities(_ values: [Float], _ names: ClassNames, truth: Int? = nil) -> [PlainLine] {
        values.enumerated().map { label, value in
            PlainLine(
                "probability of \(names[label])",
                (value < 0.001 && value > 0 ? ProbabilityBars.text(value) : PlainText.percent(Double(value), digits: 1))
                    + (label == truth ? ", the label" : ""))
        }
    }

    private static func past(_ state: ScreenContext<DigitsScreen>, _ row: Int, _ evaluation: Evaluation) -> [PlainLine]
    {
        let history = evaluation.source == .test ? state.pastOfTest : state.past
        if state.opened != nil, history.entries.count <= 1 {
            return [PlainLine("earlier epochs", "a saved run keeps no predictions of them")]
        }
        return history.predictions(ofRow: row).suffix(10).map { entry in
            PlainLine(
                "after epoch \(entry.epoch)",
                "predicted \(state.classNames[entry.predicted]), true class "
                    + PlainText.percent(entry.truthShare, digits: 0))
        }
    }

    private static func nearest(_ state: ScreenContext<DigitsScreen>) -> [PlainLine] {
        guard let data = state.data.loaded, let inspection = state.shared.inspectionOfSelected else {
            return []
        }
        let labels = data.dataset.train.labels
        return inspection.neighbours.enumerated().compactMap { place, neighbour in
            guard labels.indices.contains(neighbour.row) else { return nil }
            return PlainLine(
                "nearest in training, \(place + 1)",
                "\(state.classNames[Int(labels[neighbour.row])]), index \(Figures.grouped(neighbour.row)), distance "
                    + PlainText.figure(Double(neighbour.distance)))
        }
    }

    private static func saliency(_ state: ScreenContext<DigitsScreen>) -> [PlainLine] {
        guard let saliency = state.shared.inspectionOfSelected?.saliency else { return [] }
        return SaliencyView.words(saliency, state.shared).map { PlainLine("saliency", $0) }
    }

    /// The filter while it is typed, and the number of its digits.
    static func filter(_ field: TextField, _ state: ScreenContext<DigitsScreen>) -> [PlainLine] {
        [
            PlainLine(typing: "the filter", field),
            state.own.refusal.map { PlainLine("refused", $0) }
                ?? PlainLine("found", PlainText.count(state.selection.rows.count, state.classNames.noun)),
            PlainLine("examples", "4>9 or 4> or >9 or wrong or right or all or marked"),
        ]
    }
}
