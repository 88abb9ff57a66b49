import Reports
import Training

extension RunReport {
    /// The results in several lines for the user.
    ///
    /// - Parameter run: its number in the store; nil where it is not saved.
    func summary(run: Int?) -> String {
        var rows = run.map { [["run", "\($0)"]] } ?? []
        rows.append(["spec", spec])
        if let test { rows += test.summaryRows }
        if let samplesPerSecond {
            let seconds = epochs.reduce(0) { $0 + $1.seconds }
            rows.append([
                "pace",
                "\(FigureText.fixed(seconds / Double(epochs.count), 3)) s an epoch, "
                    + "\(FigureText.grouped(Int(samplesPerSecond))) images a second",
            ])
        }
        return TextTable.text(rows)
    }
}

extension TestReport {
    /// A row for each name with its figures; a missing figure is "none".
    var summaryRows: [[String]] {
        func text(_ value: Double?) -> String { value.map { FigureText.fixed($0, 4) } ?? "none" }
        let topK = (topK ?? [:]).sorted { $0.key < $1.key }
        return [
            [
                "test",
                "accuracy \(FigureText.perCent(accuracy)), \(FigureText.grouped(errors)) errors, loss \(text(loss))",
            ],
            [
                "macro",
                "precision \(text(precisionMacro)), recall \(text(recallMacro)), F1 \(text(f1Macro)), "
                    + "ROC AUC \(text(rocAUCMacro))",
            ],
            ["top k", topK.map { "\($0.key): \($0.value.map(FigureText.perCent) ?? "none")" }.joined(separator: ", ")],
            [
                "trust",
                "log loss \(text(logLoss)), Brier score \(text(brierScore)), "
                    + "expected calibration error \(text(expectedCalibrationError))",
            ],
        ]
    }
}
