import Foundation
import Reports
import Specs
import Training

/// Prints the progress of training on standard error: a bar on a terminal, and a line for each epoch.
struct Progress {
    enum Style {
        case quiet, lines, bar

        /// The form for standard error.
        static func standard(quiet: Bool) -> Style {
            let type = ProcessInfo.processInfo.environment["TERM"]
            return suited(quiet: quiet, isTerminal: isatty(STDERR_FILENO) == 1, type: type)
        }

        /// A bar needs a terminal that can clear a line: one with a type that is not `dumb`.
        static func suited(quiet: Bool, isTerminal: Bool, type: String?) -> Style {
            if quiet { return .quiet }
            return isTerminal && !["", "dumb"].contains(type ?? "") ? .bar : .lines
        }
    }

    private let style: Style
    /// The planned epochs.
    var epochs: Int
    private let start = ContinuousClock.now
    private var shown = ContinuousClock.now
    /// The place of the run at the first call: a resumed one does not begin at 0.
    private var first: Double?

    init(style: Style, epochs: Int) {
        self.style = style
        self.epochs = epochs
    }

    func say(_ line: String) {
        if style != .quiet { printError(line) }
    }

    /// Takes the place of the run; draws ten times a second.
    mutating func show(_ snapshot: TrainingSnapshot) {
        guard style == .bar, snapshot.batch > 0 else { return }
        let now = ContinuousClock.now
        guard shown.duration(to: now) > .milliseconds(100) else { return }
        shown = now
        let share = Double(snapshot.batch) / Double(max(1, snapshot.batchesPerEpoch))
        let begun = first ?? snapshot.position
        first = begun
        let spent = start.duration(to: now).seconds
        let done = (snapshot.position - begun) / max(1e-9, Double(epochs) - begun)
        let line = BarLine(
            name: "epoch \(snapshot.epoch + 1)/\(epochs)", share: share, loss: snapshot.loss,
            pace: Int(snapshot.samplesPerSecond),
            secondsLeft: done > 0 ? Int((spent / done - spent).rounded(.up)) : 0)
        // The terminal's last column stays free for the cursor.
        write(Self.lineStart + line.text(width: width - 1))
    }

    /// Moves the cursor to the first column, and clears the line.
    private static let lineStart = "\r\u{1B}[K"

    private var width: Int { LineWidth.terminal(STDERR_FILENO) ?? LineWidth.usual }

    /// Prints the line of an epoch.
    func epochFinished(_ figures: EpochFigures) {
        guard style != .quiet else { return }
        let line = EpochLine(figures: figures, epochs: epochs).text(width: width)
        write((style == .bar ? Self.lineStart : "") + line + "\n")
    }

    /// Prints changes of the run by a callback, after the epoch's line.
    func tell(_ event: CallbackEvent) {
        switch event {
        case .best: break
        case .rateReduced(let old, let new):
            say("learning rate reduced from \(SpecNumber.short(old)) to \(SpecNumber.short(new))")
        case .stopsEarly(let best): say("stopped early: epoch \(best) was the best")
        }
    }

    /// Removes the bar.
    func end() {
        if style == .bar { write(Self.lineStart) }
    }

    private func write(_ text: String) { printProgress(text) }
}
