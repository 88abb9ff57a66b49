import Synchronization
import TerminalUI

/// The bands of batches as they were drawn last, for the next frames: the quartiles of 4,096 batches take sorting.
package final class CurvesCache: Sendable, Equatable {
    /// What a band follows from.
    struct Key: Hashable {
        var run: RunKey
        var isLoss: Bool
        var axis: CurveAxis
        /// Places at the ends of the x axis, and the seconds that an axis of time counts by.
        var start, end, timeUnit: Double
        /// Whether an axis of time counts all that passed.
        var isWall: Bool
        /// Batches up to the newest one that counts.
        var batches: Int
        /// Epochs, whose times are the axis of time.
        var epochs: Int
    }

    private let kept = Mutex<[(key: Key, points: [LineChart.EnvelopePoint])]>([])
    /// Two charts, before and after a key.
    private static let most = 4

    init() {}

    func band(_ key: Key, _ make: () -> [LineChart.EnvelopePoint]) -> [LineChart.EnvelopePoint] {
        if let points = kept.withLock({ kept in kept.first { $0.key == key }?.points }) { return points }
        let points = make()
        kept.withLock { kept in
            if kept.count == CurvesCache.most { kept.removeFirst() }
            kept.append((key, points))
        }
        return points
    }

    /// A number of batches with its first six binary digits: while a run goes on, its bands are made anew after each
    /// 32nd part of it at most.
    static func rounded(_ batches: Int) -> Int {
        let shift = max(0, Int.bitWidth - batches.leadingZeroBitCount - 6)
        return (batches >> shift) << shift
    }

    /// What is kept is no part of a state.
    package static func == (one: CurvesCache, other: CurvesCache) -> Bool { true }
}
