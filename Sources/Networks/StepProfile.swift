/// Where the time of training steps goes, seen from the caller's thread: a phase ends when the last worker is done.
package final class StepProfile {
    /// The phases of a step, in order.
    package enum Phase: String, CaseIterable, Sendable {
        /// Packs and transposes the batch's bytes.
        case gather
        /// The hidden layers before the tail.
        case forward
        /// The layers that are passed row by row: forward, the loss, and back.
        case tail
        /// The gradients by the layers' inputs, before the tail.
        case backward
        /// The gradients by the kernels, and the optimizer's step.
        case update
    }

    private var seconds: [Phase: Double] = [:]
    private var last: ContinuousClock.Instant
    private let clock = ContinuousClock()

    /// Starts to measure.
    package init() { last = clock.now }

    /// Each phase's share of the time of all steps so far; empty before the first step.
    package var shares: [(phase: Phase, share: Double)] {
        let all = seconds.values.reduce(0, +)
        guard all > 0 else { return [] }
        return Phase.allCases.map { ($0, (seconds[$0] ?? 0) / all) }
    }

    func begins() { last = clock.now }

    func ended(_ phase: Phase) {
        let now = clock.now
        let (whole, atto) = last.duration(to: now).components
        seconds[phase, default: 0] += Double(whole) + Double(atto) * 1e-18
        last = now
    }
}
