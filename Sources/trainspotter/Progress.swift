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
    private let epochs: Int
    private let start = ContinuousClock.now
    private var shown = ContinuousClock.now

    init(style: Style, epochs: Int) {
        self.style = style
        self.epochs = epochs
    }

    func say(_ line: String) {
        if style != .quiet { printError(line) }
    }

    /// After a batch; draws ten times a second.
    mutating func batchFinished(_ trainer: Trainer) {
        guard style == .bar, !trainer.epochIsComplete else { return }
        let now = ContinuousClock.now
        guard shown.duration(to: now) > .milliseconds(100) else { return }
        shown = now
        let means = trainer.runningMeans
        let share = Double(trainer.batch) / Double(max(1, trainer.batchesPerEpoch))
        let pace = means.seconds > 0 ? Int(Double(means.rows) / means.seconds) : 0
        let spent = start.duration(to: now) / .seconds(1)
        let done = (Double(trainer.epoch) + share) / Double(epochs)
        let left = done > 0 ? Int((spent / done - spent).rounded(.up)) : 0
        let filled = Int(share * 24)
        write(
            "\r\u{1B}[Kepoch \(trainer.epoch + 1)/\(epochs) [\(String(repeating: "#", count: filled))"
                + "\(String(repeating: "-", count: 24 - filled))] loss \(Figures.fixed(means.loss, 4))  "
                + "\(Figures.grouped(pace))/s  \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left")
    }

    /// After an epoch; its line stays.
    func epochFinished(_ figures: EpochFigures) {
        guard style != .quiet else { return }
        write(style == .bar ? "\r\u{1B}[K\(Self.line(figures, of: epochs))\n" : "\(Self.line(figures, of: epochs))\n")
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

    static func line(_ figures: EpochFigures, of epochs: Int) -> String {
        var line = "epoch \(figures.epoch)/\(epochs)  loss \(Figures.fixed(figures.loss, 4))"
        line += "  accuracy \(Figures.fixed(figures.accuracy, 4))"
        if let loss = figures.validationLoss { line += "  val_loss \(Figures.fixed(loss, 4))" }
        if let accuracy = figures.validationAccuracy { line += "  val_accuracy \(Figures.fixed(accuracy, 4))" }
        return line + "  \(Figures.fixed(figures.seconds, 2)) s"
    }

    private func write(_ text: String) { printProgress(text) }
}
