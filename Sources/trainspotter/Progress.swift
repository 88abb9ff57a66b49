import Foundation
import Neural
import Training

/// Tells on standard error how training goes: a bar on a terminal, a line for each epoch everywhere.
struct Progress {
    enum Style {
        case quiet, lines, bar

        /// What suits standard error.
        static func standard(quiet: Bool) -> Style { quiet ? .quiet : isatty(STDERR_FILENO) == 1 ? .bar : .lines }
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
        let left = done > 0 ? Int((spent / done - spent).rounded(.up)) : 0
        let figures =
            "loss \(Figures.fixed(snapshot.loss, 4))  \(Figures.grouped(Int(snapshot.samplesPerSecond))) images/s  "
            + "\(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
        draw("epoch \(snapshot.epoch + 1)/\(epochs) ", share: share, figures)
    }

    /// One line that leaves the terminal's last column free, where the cursor stands; the bar takes what room there is.
    private func draw(_ name: String, share: Double, _ figures: String) {
        let room = width - 1 - name.count - figures.count - 3
        let length = min(24, room)
        let filled = Int(share * Double(max(0, length)))
        let bar = "[\(String(repeating: "#", count: filled))\(String(repeating: "-", count: max(0, length) - filled))] "
        write("\r\u{1B}[K" + ((name + (length >= 4 ? bar : "") + figures).prefix(width - 1)))
    }

    private var width: Int { LineWidth.terminal(STDERR_FILENO) ?? LineWidth.usual }

    /// After an epoch; its line stays.
    func epochFinished(_ figures: EpochFigures) {
        guard style != .quiet else { return }
        let line = EpochLine(figures: figures, epochs: epochs).text(width: width)
        write(style == .bar ? "\r\u{1B}[K\(line)\n" : "\(line)\n")
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
        if style == .bar { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) { printProgress(text) }
}
