import Training

/// An epoch's figures in one line, each with its name.
package struct EpochLine {
    /// The figures of the epoch.
    package let figures: EpochFigures
    /// Epochs of the whole run.
    package let epochs: Int

    /// The line of one epoch of a run of `epochs`.
    package init(figures: EpochFigures, epochs: Int) {
        self.figures = figures
        self.epochs = epochs
    }

    /// The longest form that fits: first the names are shortened, then the time is left out, then the training figures.
    ///
    /// - Parameter width: in characters; the shortest form can be longer.
    package func text(width: Int) -> String {
        let training = [("loss", figures.loss), ("accuracy", figures.accuracy)]
        let validation = [("val_loss", figures.validationLoss), ("val_accuracy", figures.validationAccuracy)]
            .compactMap { name, value in value.map { (name, $0) } }
        let seconds = "\(FigureText.fixed(figures.seconds, 2)) s"
        let full = training + validation
        let short = full.map(Self.shortened)
        let least = (validation.isEmpty ? training : validation).map(Self.shortened)
        let forms = [
            line(full, seconds, "  "), line(short, seconds, "  "), line(short, seconds, " "), line(short, nil, " "),
        ]
        return forms.first { $0.count <= width } ?? line(least, nil, " ")
    }

    private func line(_ values: [(String, Double)], _ seconds: String?, _ gap: String) -> String {
        let words = ["epoch \(figures.epoch)/\(epochs)"] + values.map { "\($0) \(FigureText.fixed($1, 4))" }
        return (words + (seconds.map { [$0] } ?? [])).joined(separator: gap)
    }

    private static func shortened(_ value: (name: String, Double)) -> (String, Double) {
        (value.name.replacing("accuracy", with: "acc"), value.1)
    }
}
