import Reports

/// Predictions in words.
enum PredictionText {
    /// The widest bar, in characters.
    private static let barWidth = 40

    /// One image: what it is predicted as, and a bar for each class.
    static func whole(_ report: PredictionReport, _ names: [String]) -> String {
        let best = report.probabilities[report.predicted]
        var facts = [
            ["image", report.index.map { "test image \($0)" } ?? report.image ?? ""],
            ["predicted", "\(names[report.predicted]) (\(FigureText.perCent(Double(best))))"],
        ]
        if let label = report.label {
            facts.append(["true", "\(names[label]), so \(label == report.predicted ? "right" : "wrong")"])
        }
        let width = names.map(\.count).max() ?? 0
        let bars = zip(names, report.probabilities).map { name, share in
            let bar = String(repeating: "#", count: Int((share * Float(barWidth)).rounded()))
            let number = FigureText.perCent(Double(share))
            return padded(name, width) + "  " + padded(bar, barWidth) + String(repeating: " ", count: 10 - number.count)
                + number
        }
        return TextTable.text(facts) + "\n\n" + bars.joined(separator: "\n")
    }

    /// One of several images in a row of a table: the file, the class with its probability, the second one.
    static func row(_ report: PredictionReport, _ names: [String]) -> [String] {
        let shares = report.probabilities
        let second = shares.indices.filter { $0 != report.predicted }.max { shares[$0] < shares[$1] }
        func share(_ label: Int) -> String { FigureText.perCent(Double(shares[label])) }
        return [report.image ?? "", names[report.predicted], share(report.predicted)]
            + (second.map { ["then \(names[$0]) (\(share($0)))"] } ?? [])
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
