import Training

/// The order of the classes in their table and in the picture of their recall.
package enum ClassOrder: String, CaseIterable, Sendable {
    case number, recall, precision, f1

    /// In words for a message: what comes first.
    var words: String {
        switch self {
        case .number: "by number"
        case .recall: "by recall, the worst first"
        case .precision: "by precision, the worst first"
        case .f1: "by F1, the worst first"
        }
    }

    /// The classes in this order; equal ones by number.
    func sorted(_ classes: [ConfusionMetrics.PerClass]) -> [ConfusionMetrics.PerClass] {
        func key(_ figures: ConfusionMetrics.PerClass) -> Double {
            switch self {
            case .number: Double(figures.label)
            case .recall: figures.recall
            case .precision: figures.precision
            case .f1: figures.f1
            }
        }
        return classes.sorted { (key($0), $0.label) < (key($1), $1.label) }
    }
}
