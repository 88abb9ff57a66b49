/// Decides whether the workers share a step or one thread computes it alone, by the time that each way takes now.
///
/// On an idle machine sharing is faster for all but the smallest networks. Where other programs need the processors, a
/// shared step waits dozens of times for a worker without a processor, and one thread is several times faster. Both
/// ways give the same bits, so the choice is free. From time to time a few steps are computed the other way, and the
/// faster way stays.
package struct SharingGovernor {
    /// Whether the next step is to be shared.
    package private(set) var isShared = true

    package init() {}

    private var phase = Phase.steady
    private var window = Window()
    /// Time of a row in the window just before a trial, in seconds.
    private var before = Double.infinity
    /// Seconds of training until the next trial.
    private var patience = Self.shortestPatience
    private var waited = 0.0

    private enum Phase { case steady, comparing, trying }

    private struct Window {
        var seconds = 0.0
        var rows = 0
        var steps = 0
        var secondsPerRow: Double { seconds / Double(max(rows, 1)) }
        /// Long enough that the scheduler has taken a processor away, if it does: its time slices are 3 to 4 ms.
        var isFull: Bool { seconds >= 0.006 && steps >= 2 }
    }

    static let shortestPatience = 0.2
    static let longestPatience = 6.4
    /// The share of time that the other way must save to be taken.
    private static let margin = 0.05

    /// Adds the time of a step that was computed as `isShared` said, in seconds.
    package mutating func stepped(rows: Int, seconds: Double) {
        switch phase {
        case .steady:
            waited += seconds
            if waited >= patience { enter(.comparing) }
        case .comparing:
            add(rows, seconds)
            guard window.isFull else { return }
            before = window.secondsPerRow
            isShared.toggle()
            enter(.trying)
        case .trying:
            add(rows, seconds)
            if window.isFull { decide() }
        }
    }

    private mutating func add(_ rows: Int, _ seconds: Double) {
        window.seconds += seconds
        window.rows += rows
        window.steps += 1
    }

    private mutating func decide() {
        if window.secondsPerRow < before * (1 - Self.margin) {
            patience = Self.shortestPatience
        } else {
            isShared.toggle()
            patience = min(2 * patience, Self.longestPatience)
        }
        waited = 0
        enter(.steady)
    }

    private mutating func enter(_ next: Phase) {
        phase = next
        window = Window()
    }
}
