import Synchronization
import Training

/// The figures of an evaluation, computed when they are first read. Ranking the rows by every class takes a
/// millisecond, an epoch can be as short as 30 ms, and most epochs are never looked at.
final class LazyMetrics: Sendable, Equatable {
    private enum Content {
        case rows(Evaluation)
        case metrics(ClassificationMetrics)
    }

    private let content: Mutex<Content>

    init(_ evaluation: Evaluation) { content = Mutex(.rows(evaluation)) }

    var metrics: ClassificationMetrics {
        content.withLock { content in
            switch content {
            case .metrics(let metrics): return metrics
            case .rows(let evaluation):
                let metrics = ClassificationMetrics(evaluation)
                content = .metrics(metrics)
                return metrics
            }
        }
    }

    /// Computes the figures now, and frees the rows.
    func settle() { _ = metrics }

    static func == (a: LazyMetrics, b: LazyMetrics) -> Bool { a === b || a.metrics == b.metrics }
}
