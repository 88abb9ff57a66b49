/// Decides when frames with a run's events are drawn; the user's input is answered at once.
///
/// Events are drawn at most ten times a second. If the user has pressed no key for a while, frames take at most a 300th
/// of the time. Each one takes a worker's processor away from the training.
struct FramePace {
    private static let shortest = Duration.milliseconds(100)
    private static let longest = Duration.milliseconds(500)
    private static let share = 300
    /// The time between frames while more input waits.
    private static let burst = Duration.milliseconds(50)
    private static let attention = Duration.milliseconds(250)
    /// A screen reader needs time to speak.
    private static let plain = Duration.seconds(1)

    private let clock = ContinuousClock()
    private var lastFrame: ContinuousClock.Instant
    /// Time of drawing the last frame.
    private var cost = Duration.zero
    private var lastInput: ContinuousClock.Instant
    private var part: ContinuousClock.Instant

    init() {
        lastFrame = clock.now
        lastInput = lastFrame
        part = lastFrame
    }

    mutating func inputCame() { lastInput = clock.now }

    /// A part of what waited is answered from here on.
    mutating func partCame() { part = clock.now }

    /// Whether the user has waited long enough for a frame while there is more input.
    var isOverdue: Bool { lastFrame.duration(to: clock.now) >= Self.burst }

    /// The same within a part.
    var isPartOverdue: Bool { max(lastFrame, part).duration(to: clock.now) >= Self.burst }

    /// A frame was drawn, from `start` until now.
    mutating func frameDrawn(since start: ContinuousClock.Instant) {
        lastFrame = clock.now
        cost = start.duration(to: lastFrame)
    }

    /// Milliseconds until events may be drawn; 0 where they may be now.
    func untilNext(isPlain: Bool = false) -> Int32 {
        let isWatched = lastInput.duration(to: clock.now) < Self.attention
        let sparing = max(Self.shortest, min(cost * Self.share, Self.longest))
        let interval = isPlain ? Self.plain : isWatched ? Self.shortest : sparing
        let left = interval - lastFrame.duration(to: clock.now)
        return left <= .zero ? 0 : Int32(left.components.attoseconds / 1_000_000_000_000_000) + 1
    }
}
