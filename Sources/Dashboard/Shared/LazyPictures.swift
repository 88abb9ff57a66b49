import Synchronization
import Training

/// What the pictures of an evaluation's probabilities show, computed when it is first drawn and kept for the next frames.
/// Ranking 10,000 rows by one class takes about a millisecond.
final class LazyPictures: Sendable, Equatable {
    private struct Content {
        var margins: MarginHistogram?
        var curves: [Int: RankCurves?] = [:]
    }

    /// Bins of the histogram of margins.
    static let bins = 40

    private let evaluation: Evaluation
    private let content = Mutex(Content())

    init(_ evaluation: Evaluation) { self.evaluation = evaluation }

    var margins: MarginHistogram {
        content.withLock { content in
            let margins = content.margins ?? MarginHistogram(evaluation, bins: LazyPictures.bins)
            content.margins = margins
            return margins
        }
    }

    /// The curves of a class; nil where it has none.
    func curves(of label: Int) -> RankCurves? {
        content.withLock { content in
            if let known = content.curves[label] { return known }
            let curves = evaluation.scoredRows.rankCurves(of: label)
            content.curves[label] = .some(curves)
            return curves
        }
    }

    static func == (a: LazyPictures, b: LazyPictures) -> Bool { a === b || a.evaluation == b.evaluation }
}
