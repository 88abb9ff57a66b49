import Foundation
import Reports
import Specs
import Training

/// Tells on standard error how training goes: a bar on a terminal, a line for each epoch everywhere.
struct Progress {
    enum Style {
        case quiet, lines, bar

        /// What suits standard error.
        static func standard(quiet: Bool) -> Style {
            let type = ProcessInfo.processInfo.environment["TERM"]
            return suited(quiet: quiet, isTerminal: isatty(STDERR_FILENO) == 1, type: type)
        }

        /// A bar needs a terminal that can clear a line: one that says what it is, and not that it is dumb.
        static func suited(quiet: Bool, isTerminal: Bool, type: String?) -> Style {
            if quiet { return .quiet }
            return isTerminal && !["", "dumb"].contains(type ?? "") ? .bar : .lines
        }
    }

    private let style: Style
    /// Epochs that the run is meant to have.
    var epochs: Int
    private let start = ContinuousClock.now
    private var shown = ContinuousClock.now
    /// Where the run stood at the first look: one that goes on does not begin at 0.
    private var first: Double?

    init(style: Style, epochs: Int) {
        self.style = style
        self.epochs = epochs
    }

    func say(_ line: String) {
        if style != .quiet { printError(line) }
    }

    /// Where the run stands; draws ten times a second.
    mutating func show(_ snapshot: TrainingSnapshot) {
        guard style == .bar, snapshot.batch > 0 else { return }
        let now = ContinuousClock.now
        guard shown.duration(to: now) > .milliseconds(100) else { return }
        shown = now
        let share = Double(snapshot.batch) / Double(max(1, snapshot.batchesPerEpoch))
        let begun = first ?? snapshot.position
        first = begun
        let spent = start.duration(to: now) / .seconds(1)
        let done = (snapshot.position - begun) / max(1e-9, Double(epochs) - begun)
        let line = BarLine(
            name: "epoch \(snapshot.epoch + 1)/\(epochs)", share: share, loss: snapshot.loss,
            pace: Int(snapshot.samplesPerSecond),
            secondsLeft: done > 0 ? Int((spent / done - spent).rounded(.up)) : 0)
        // The terminal's last column stays free: the cursor stands there.
        write(Self.lineStart + line.text(width: width - 1))
    }

    /// To the first column, and clears the line.
    private static let lineStart = "\r\u{1B}[K"

    private var width: Int { LineWidth.terminal(STDERR_FILENO) ?? LineWidth.usual }

    /// After an epoch; its line stays.
    func epochFinished(_ figures: EpochFigures) {
        guard style != .quiet else { return }
        let line = EpochLine(figures: figures, epochs: epochs).text(width: width)
        write((style == .bar ? Self.lineStart : "") + line + "\n")
    }

    /// After an epoch's line, where a callback changed the run.
    func tell(_ event: CallbackEvent) {
        switch event {
        case .best: break
        case .rateReduced(let old, let new):
            say("learning rate reduced from \(NumberText.short(old)) to \(NumberText.short(new))")
        case .stopsEarly(let best): say("stopped early: epoch \(best) was the best")
        }
    }

    /// Removes the bar.
    func end() {
        if style == .bar { write(Self.lineStart) }
    }

    private func write(_ text: String) { printProgress(text) }
}
