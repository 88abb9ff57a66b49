import Reports

/// The curves.
extension HTMLReport {
    /// The greatest number of epochs in the table: the last ones.
    private static let mostRows = 200

    var training: String {
        guard let epochs = report?.epochs, !epochs.isEmpty else {
            return "<p>Only weights and spec of this model were saved, not the history of its training.</p>"
        }
        let charts = [lossChart(epochs), accuracyChart(epochs)].compactMap { $0 }
        guard !charts.isEmpty else { return "<p>No epoch ended with a loss that is a number.</p>" }
        return "<div class=\"charts\">\n\(charts.joined(separator: "\n"))\n</div>\n\(table(epochs))"
    }

    private func lossChart(_ epochs: [RunReport.Epoch]) -> String? {
        let validation = epochs.map(\.validationLoss)
        let best = Self.best(validation.contains { $0 != nil } ? validation : epochs.map(\.loss), isBetter: <)
        return figure(
            HTMLChart(
                title: "Loss", series: series(epochs.map(\.loss), validation),
                text: { FigureText.significant($0) }, best: best),
            best.map { "least \(kind(validation)) loss: \(FigureText.fixed($0.value, 4)) after epoch \($0.epoch)" })
    }

    private func accuracyChart(_ epochs: [RunReport.Epoch]) -> String? {
        let validation = epochs.map(\.validationAccuracy)
        let best = Self.best(validation.contains { $0 != nil } ? validation : epochs.map(\.accuracy), isBetter: >)
        return figure(
            HTMLChart(
                title: "Accuracy", series: series(epochs.map(\.accuracy), validation),
                text: { FigureText.significant(100 * $0) + " %" }, best: best, ceiling: 1),
            best.map { "best \(kind(validation)) accuracy: \(FigureText.perCent($0.value)) after epoch \($0.epoch)" })
    }

    private func kind(_ validation: [Double?]) -> String {
        validation.contains { $0 != nil } ? "validation" : "training"
    }

    private func series(_ training: [Double?], _ validation: [Double?]) -> [HTMLChart.Series] {
        let all = [
            HTMLChart.Series(name: "training", cssClass: "train", values: training),
            HTMLChart.Series(name: "validation", cssClass: "val", values: validation),
        ]
        return all.filter { series in series.values.contains { $0 != nil } }
    }

    /// The best epoch, from 1, the first where several are equal.
    private static func best(
        _ values: [Double?], isBetter: (Double, Double) -> Bool
    ) -> (epoch: Int, value: Double)? {
        var best: (epoch: Int, value: Double)?
        for (index, value) in values.enumerated() {
            guard let value, value.isFinite else { continue }
            if best.map({ isBetter(value, $0.value) }) ?? true { best = (index + 1, value) }
        }
        return best
    }

    private func figure(_ chart: HTMLChart, _ caption: String?) -> String? {
        guard let svg = chart.svg else { return nil }
        return """
            <figure>
            <figcaption><b>\(chart.title)</b>\(caption.map { " <span class=\"muted\">\($0)</span>" } ?? "")</figcaption>
            \(svg)
            </figure>
            """
    }

    private func table(_ epochs: [RunReport.Epoch]) -> String {
        typealias Column = (title: String, text: (RunReport.Epoch) -> String)
        func text(_ value: Double?, _ digits: Int = 4) -> String { value.map { FigureText.fixed($0, digits) } ?? "" }
        var columns: [Column] = [
            ("epoch", { "\($0.epoch)" }), ("loss", { text($0.loss) }), ("accuracy", { text($0.accuracy) }),
            ("val. loss", { text($0.validationLoss) }), ("val. accuracy", { text($0.validationAccuracy) }),
            ("learning rate", { FigureText.significant($0.learningRate) }),
        ]
        // Earlier versions recorded neither norm nor wall time.
        if epochs.contains(where: { $0.gradientNorm != nil }) {
            columns.append(("gradient norm", { $0.gradientNorm.map(FigureText.significant) ?? "" }))
        }
        columns.append(("seconds", { text($0.seconds, 2) }))
        if epochs.contains(where: { $0.wallSeconds != nil }) {
            columns.append(("wall seconds", { text($0.wallSeconds, 2) }))
        }
        let rows = epochs.suffix(Self.mostRows).map { epoch in columns.map { $0.text(epoch) } }
        let title =
            rows.count < epochs.count ? "The last \(rows.count) of \(epochs.count) epochs" : "All epochs as a table"
        let table = HTMLText.table(
            class: "figures", caption: "Figures of each epoch.",
            columns: columns.map(\.title), rows: rows)
        return "<details><summary>\(title)</summary>\n\(table)\n</details>"
    }
}
