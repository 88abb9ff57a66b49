/// When frames of news follow each other; what the user does is answered at once.
///
/// News are drawn ten times a second at most. Where nobody has touched a key for a while, frames take no more than a
/// 300th of the time: each takes a worker's processor away from the training for a moment.
struct FramePace {
    private static let shortest = Duration.milliseconds(100)
    private static let longest = Duration.milliseconds(500)
    private static let share = 300
    /// While more input waits than was taken.
    private static let burst = Duration.milliseconds(50)
    private static let attention = Duration.milliseconds(250)
    /// A screen reader needs time to speak.
    private static let plain = Duration.seconds(1)

    private let clock = ContinuousClock()
    private var lastFrame: ContinuousClock.Instant
    /// What the last frame took to draw.
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

    /// Whether the user has waited for a frame long enough, where there is still more to be answered.
    var isOverdue: Bool { lastFrame.duration(to: clock.now) >= Self.burst }

    /// The same within a part.
    var isPartOverdue: Bool { max(lastFrame, part).duration(to: clock.now) >= Self.burst }

    /// A frame was drawn, from `start` until now.
    mutating func frameDrawn(since start: ContinuousClock.Instant) {
        lastFrame = clock.now
        cost = start.duration(to: lastFrame)
    }

    /// Milliseconds until news may be drawn; 0 where they may be now.
    func untilNext(isPlain: Bool = false) -> Int32 {
        let isWatched = lastInput.duration(to: clock.now) < Self.attention
        let sparing = max(Self.shortest, min(cost * Self.share, Self.longest))
        let interval = isPlain ? Self.plain : isWatched ? Self.shortest : sparing
        let left = interval - lastFrame.duration(to: clock.now)
        return left <= .zero ? 0 : Int32(left.components.attoseconds / 1_000_000_000_000_000) + 1
    }
}
