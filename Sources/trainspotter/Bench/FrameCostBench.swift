import CursesTerminal
import Dashboard
import Foundation
import Reports
import Synchronization
import TerminalUI
import Training

/// Measures how much time frames of the dashboard take from training. A network trains on a thread of its own while
/// this one draws at the dashboard's pace. The steps around each frame are compared with those just before it.
///
/// Where other programs use the machine's caches, whole runs with and without the dashboard differ by more than the
/// cost of frames. Steps a hundredth of a second apart don't.
struct FrameCostBench {
    /// Seconds on the machine's steady clock.
    typealias Span = (start: Double, end: Double)

    struct Report {
        /// Time of training, in seconds.
        let seconds: Double
        /// Number of frames.
        let count: Int
        /// Time of each measured frame, in seconds: one with enough steps before it.
        let frames: [Double]
        /// Additional time of the steps around each frame compared with those before it, in seconds.
        let lost: [Double]
        /// The same a little before each frame: that loss is caused by other programs.
        let lostElsewhere: [Double]
    }

    /// A state with a run of some epochs, in the terminal's size.
    private var state: DashboardState
    private let terminal: CursesTerminal?

    /// A frame's steps begin this long before it and end this long after it, in seconds.
    private static let margin = (before: 0.0005, after: 0.002)
    /// The greatest and the least number of steps that the usual time is computed from.
    private static let usual = (most: 300, least: 5)
    /// The time between the steps before a frame and the frame, in seconds.
    private static let gap = 0.005

    /// - Parameter terminal: nil times only the rendering.
    init(_ state: DashboardState, terminal: CursesTerminal?) {
        self.state = state
        self.state.screen = .lab
        self.terminal = terminal
        (self.state.width, self.state.height) = terminal?.size ?? FrameBench.size
    }

    /// Draws for so many seconds.
    ///
    /// - Parameter trainer: makes the trainer; called on its thread.
    mutating func run(seconds: Double, trainer: @escaping @Sendable (OtherWork) throws -> Trainer) throws -> Report {
        let (otherWork, trainee) = (OtherWork(), Trainee())
        trainee.start { try trainer(otherWork) }
        var (pace, frames): (FramePace, [Span]) = (FramePace(), [])
        let end = Self.now + seconds
        while Self.now < end {
            if isInterrupted(within: max(1, pace.untilNext())) {
                _ = try trainee.stop()
                throw CommandFailure.interrupted
            }
            let start = Self.now
            otherWork.makeRoom()
            let drawing = ContinuousClock.now
            state.advance(frames.count)
            let buffer = render(state)
            terminal?.present(buffer)
            pace.frameDrawn(since: drawing)
            otherWork.end()
            frames.append((start, Self.now))
        }
        return Self.report(frames, steps: try trainee.stop())
    }

    /// Waits. In a terminal with a screen, Ctrl-C is a key.
    private func isInterrupted(within milliseconds: Int32) -> Bool {
        guard let terminal else {
            usleep(UInt32(1000 * milliseconds))
            return Interrupt.isRequested
        }
        let wake = terminal.wait(timeoutMilliseconds: milliseconds)
        if wake.signals.contains(.quit) {
            terminal.close()
            CursesTerminal.end(by: SIGQUIT)
        }
        return wake.hungUp || !wake.signals.isEmpty || wake.events.contains(.key(.control("c")))
    }

    static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }

    /// - Parameter steps: in the order of time.
    static func report(_ frames: [Span], steps: [Span]) -> Report {
        var (drawn, lost, elsewhere): ([Double], [Double], [Double]) = ([], [], [])
        for (last, frame) in zip(frames, frames.dropFirst()) {
            let span = (start: frame.start - margin.before, end: frame.end + margin.after)
            let shift = span.end - span.start + gap
            let earlier = (start: span.start - shift, end: span.end - shift)
            let calm = (start: last.end + margin.after, end: earlier.start)
            guard span.end < steps.last?.start ?? 0, let usual = usual(in: calm, steps) else { continue }
            drawn.append(frame.end - frame.start)
            lost.append(Self.lost(in: span, usual, steps))
            elsewhere.append(Self.lost(in: earlier, usual, steps))
        }
        let seconds = (steps.last?.end ?? 0) - (steps.first?.start ?? 0)
        return Report(
            seconds: seconds, count: frames.count, frames: drawn, lost: lost, lostElsewhere: elsewhere)
    }

    /// The median of a span's last steps; nil where there are too few.
    private static func usual(in span: Span, _ steps: [Span]) -> Double? {
        let end = first(from: span.end, steps)
        let start = max(first(from: span.start, steps), end - usual.most)
        guard end - start >= usual.least else { return nil }
        return steps[start..<end].map { $0.end - $0.start }.sorted()[(end - start) / 2]
    }

    /// Additional time of the steps that overlap with a span, in seconds.
    private static func lost(in span: Span, _ usual: Double, _ steps: [Span]) -> Double {
        let range = max(0, first(from: span.start, steps) - 1)..<first(from: span.end, steps)
        return steps[range].reduce(0) { $0 + $1.end - $1.start - usual }
    }

    /// The first step that starts at a moment or later.
    private static func first(from moment: Double, _ steps: [Span]) -> Int {
        var (low, high) = (0, steps.count)
        while low < high {
            let middle = (low + high) / 2
            if steps[middle].start < moment { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Trains on a thread of its own, and records the time of each step.
private final class Trainee: Sendable {
    private let stopping = Atomic(false)
    private let steps = Mutex<Result<[FrameCostBench.Span], any Error>>(.success([]))
    private let ended = DispatchSemaphore(value: 0)

    func start(_ trainer: @escaping @Sendable () throws -> Trainer) {
        let thread = Thread { [self] in
            let result = Result { train(try trainer()) }
            steps.withLock { $0 = result }
            ended.signal()
        }
        thread.name = "trainer"
        thread.stackSize = 8 << 20
        thread.start()
    }

    private func train(_ trainer: Trainer) -> [FrameCostBench.Span] {
        var steps: [FrameCostBench.Span] = []
        while !stopping.load(ordering: .relaxed) {
            let start = FrameCostBench.now
            _ = trainer.step()
            steps.append((start, FrameCostBench.now))
            if trainer.epochIsComplete { _ = trainer.finishEpoch() }
        }
        return steps
    }

    func stop() throws -> [FrameCostBench.Span] {
        stopping.store(true, ordering: .relaxed)
        ended.wait()
        return try steps.withLock { try $0.get() }
    }
}

extension FrameCostBench.Report {
    /// A row of the table; the last column is the frames' cost without the loss between frames.
    static func table(
        _ reports: [(net: String, report: FrameCostBench.Report)], size: (width: Int, height: Int)
    ) -> String {
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
        let heading = [
            "\(size.width) x \(size.height)", "frames/s", "ms a frame", "lost ms", "lost elsewhere", "of training",
        ]
        let rows = reports.map { net, report in
            let (lost, elsewhere) = (mean(report.lost), mean(report.lostElsewhere))
            let rate = Double(report.count) / report.seconds
            let times = [mean(report.frames), lost, elsewhere].map { FigureText.fixed(1000 * $0, 2) }
            let figures = times + [FigureText.perCent(rate * (lost - elsewhere))]
            return [net, FigureText.fixed(rate, 1)] + (report.frames.isEmpty ? figures.map { _ in "none" } : figures)
        }
        return TextTable.text([heading] + rows, rightAligned: Set(1...5))
    }
}
