import CursesTerminal
import Dashboard
import Foundation
import Reports
import TerminalUI
import Training

/// Times frames of the dashboard: their rendering, and in a terminal their presentation, while a run trains.
struct FrameBench {
    /// Times of frames, in milliseconds.
    struct Times {
        private var sorted: [Double]

        init(_ times: [Double]) { sorted = times.sorted() }

        var median: Double? { sorted.isEmpty ? nil : sorted[sorted.count / 2] }
        /// A hundredth of the frames took longer.
        var slowest: Double? { sorted.isEmpty ? nil : sorted[sorted.count * 99 / 100] }
    }

    struct Row {
        let name: String
        let render: Times
        let present: Times
        let whole: Times
    }

    /// Frames of a view.
    static let frames = 300
    /// The size where there is no terminal.
    static let size = (width: 200, height: 60)

    private var state: DashboardState
    private let terminal: CursesTerminal?
    private let clock = ContinuousClock()

    /// - Parameters:
    ///   - state: has a run with some epochs.
    ///   - terminal: nil times only the rendering.
    init(_ state: DashboardState, terminal: CursesTerminal?) {
        self.state = state
        self.terminal = terminal
        let size = terminal?.size ?? FrameBench.size
        (self.state.width, self.state.height) = size
    }

    /// Every view in turn.
    func views() -> [Row] { Screen.allCases.map { view($0, name: $0.title) } }

    /// Times frames of a view, each after one more batch.
    private func view(_ screen: Screen, name: String, whole: Bool = false) -> Row {
        // On a copy, as an inspection is dropped when another view is opened.
        var bench = self
        bench.state.screen = screen
        return bench.measured(name, whole: whole)
    }

    /// Every view in turn, with all cells sent each time, as for the first frame of a view.
    func wholeFrames() -> [Row] {
        terminal == nil ? [] : Screen.allCases.map { view($0, name: "\($0.title), every cell", whole: true) }
    }

    /// Every view of a short run and of a long one.
    mutating func lengths() -> [Row] {
        let rows = [100, 100_000].map { epochs in
            grow(to: epochs)
            return Screen.allCases.map { view($0, name: "\($0.title), \(FigureText.grouped(epochs)) epochs") }
        }
        return zip(rows[0], rows[1]).flatMap { [$0, $1] }
    }

    /// Times a held key in Digits: in each frame the key's own work and the screen after it.
    mutating func browsing() -> [Row] {
        state.screen = .digits
        state.selection.filter.shown = .all
        // Shows the test set, and all of it.
        for key in ["v", "w", "w", "w"] as [Key] { press(key) }
        let rows = FigureText.grouped(state.selection.rows.count)
        return [
            measured("Digits, the next of \(rows)", key: .right),
            measured("Digits, a page of \(rows) further", key: .pageDown),
            measured("Digits, \(rows) in another order", key: "s"),
            measured("Digits, others of \(rows) by class", key: "y"),
            measured("Digits, others of \(rows), wrong or right", key: "w"),
        ]
    }

    private mutating func press(_ key: Key) { _ = update(&state, .input(.key(key))) }

    /// - Parameters:
    ///   - key: is pressed before each frame; nil adds a batch instead.
    ///   - whole: whether the terminal gets every cell, and not only changed ones.
    private mutating func measured(_ name: String, key: Key? = nil, whole isWhole: Bool = false) -> Row {
        var (render, present, whole): ([Double], [Double], [Double]) = ([], [], [])
        for frame in 0..<FrameBench.frames {
            if key == nil { state.advance(frame) }
            let start = clock.now
            if let key { press(key) }
            let buffer = Dashboard.render(state)
            let rendered = clock.now
            if isWhole { terminal?.forget() }
            terminal?.present(buffer)
            let end = clock.now
            render.append(milliseconds(start.duration(to: rendered)))
            guard terminal != nil else { continue }
            present.append(milliseconds(rendered.duration(to: end)))
            whole.append(milliseconds(start.duration(to: end)))
        }
        return Row(name: name, render: Times(render), present: Times(present), whole: Times(whole))
    }

    /// Epochs that were not trained: only their number counts.
    private mutating func grow(to epochs: Int) {
        guard let run = state.run else { return }
        for epoch in (run.history.count + 1)..<max(run.history.count + 2, epochs + 1) {
            let loss = 0.05 + 1 / Double(epoch).squareRoot() + Double(epoch % 7) / 100
            let figures = EpochFigures(
                epoch: epoch, loss: loss, accuracy: 0.97, validationLoss: loss + 0.02, validationAccuracy: 0.96,
                learningRate: 1e-3, seconds: 0.1)
            _ = update(&state, .event(.epochFinished(EpochReport(figures: figures, validation: nil)), run: run.id))
        }
    }

    private func milliseconds(_ duration: Duration) -> Double {
        duration.seconds * 1e3
    }
}

extension DashboardState {
    /// One more batch of a finished run: it changes figures in the status line, the panels' titles and at the end of
    /// the curves.
    mutating func advance(_ frame: Int) {
        guard let run = shared.run, var snapshot = run.snapshot else { return }
        snapshot.state = .running
        snapshot.batch = (snapshot.batch + 7) % max(1, snapshot.batchesPerEpoch)
        snapshot.loss = 0.1 + Double(frame % 17) / 500
        snapshot.samplesPerSecond = 400_000 + Double(frame * 379 % 9_000)
        for _ in 0..<7 { snapshot.history.append(loss: Float(snapshot.loss), accuracy: 0.97) }
        _ = update(&self, .snapshot(snapshot, run: run.id))
    }
}

extension FrameBench.Row {
    /// - Parameter rows: times of the same size.
    static func table(_ rows: [FrameBench.Row], size: (width: Int, height: Int)) -> String {
        func time(_ value: Double?) -> String { value.map { FigureText.fixed($0, 2) } ?? "-" }
        let heading = [
            "\(size.width) x \(size.height)", "render ms", "99 %", "present ms", "99 %", "together ms", "99 %",
        ]
        let lines = rows.map { row in
            [row.name]
                + [row.render, row.present, row.whole].flatMap { [time($0.median), time($0.slowest)] }
        }
        return TextTable.text([heading] + lines, rightAligned: Set(1...6))
    }
}
