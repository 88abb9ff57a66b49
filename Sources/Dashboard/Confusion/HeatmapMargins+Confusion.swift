import TerminalUI
import Training

extension HeatmapMargins {
    /// Recall and precision of each class; of a difference, what they have gained.
    init(_ shown: ShownConfusion) {
        let now = ConfusionMetrics(shown.counts).perClass
        let before = shown.baseline.map { ConfusionMetrics($0).perClass }
        func figures(_ figure: KeyPath<ConfusionMetrics.PerClass, Double?>) -> [Figure] {
            now.enumerated().map { label, metrics in
                let value = metrics[keyPath: figure] ?? .nan
                guard let before, before.indices.contains(label) else { return .share(value) }
                return .change(value - (before[label][keyPath: figure] ?? .nan))
            }
        }
        self.init(
            rowTitles: ("recall %", "recall"), columnTitles: ("precision %", "prec."), rows: figures(\.definedRecall),
            columns: figures(\.definedPrecision))
    }
}

/// Figures of a class that are none where nothing is divided by. The means count these as 0, as scikit-learn does.
extension ConfusionMetrics.PerClass {
    /// Nil of a class that is never predicted.
    var definedPrecision: Double? { predicted == 0 ? nil : precision }
    /// Nil of a class without images.
    var definedRecall: Double? { support == 0 ? nil : recall }
    /// Nil of a class that neither occurs nor is predicted.
    var definedF1: Double? { support + predicted == 0 ? nil : f1 }
}
