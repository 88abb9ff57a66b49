import TerminalUI
import Training

extension HeatmapMargins {
    /// Recall and precision of each class; of a difference, what they have gained.
    init(_ shown: ShownConfusion) {
        let now = ConfusionMetrics(shown.counts).perClass
        let before = shown.baseline.map { ConfusionMetrics($0).perClass }
        func figures(_ figure: KeyPath<ConfusionMetrics.PerClass, Double>) -> [Figure] {
            now.enumerated().map { label, metrics in
                let value = metrics[keyPath: figure]
                guard let before, before.indices.contains(label) else { return .share(value) }
                return .change(value - before[label][keyPath: figure])
            }
        }
        self.init(
            rowTitles: ("recall %", "recall"), columnTitles: ("precision %", "prec."), rows: figures(\.recall),
            columns: figures(\.precision))
    }
}
