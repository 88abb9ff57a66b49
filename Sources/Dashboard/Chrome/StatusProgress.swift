import Foundation
import TerminalUI
import Training

/// The progress of a run on one line. Each field has a fixed width, so that nothing moves while it trains.
struct StatusProgress {
    /// The run and its epoch, at the left.
    let title: String
    /// Batch, share, speed and time left, at the right; each as wide as its widest form.
    let fields: [String]
    /// The part of the planned epochs that is done, 0 ... 1.
    let fraction: Double
    /// Columns of the bar between the two.
    let bar: Int

    private static let leastBar = 6

    init(_ run: ShownRun, _ snapshot: TrainingSnapshot, namesRun: Bool, width: Int) {
        let planned = run.plannedEpochs
        let epoch = snapshot.epoch + (snapshot.batch > 0 ? 1 : 0)
        // Past the planned epochs, bar and time are those of the epoch that was added.
        let isExtra = epoch > planned
        let place =
            isExtra
            ? "epoch \(epoch), \(epoch - planned) more than planned"
            : "epoch \(Self.right("\(epoch)", "\(planned)".count))/\(planned)"
        title = (namesRun ? "run \(run.number) · " : "") + place
        let start = isExtra ? Double(epoch - 1) : 0
        let epochs = isExtra ? Double(epoch) : Double(planned)
        fraction = min(1, (snapshot.position - start) / max(1, epochs - start))
        let rows = Double(run.facts?.trainingRows ?? 0) * max(0, epochs - snapshot.position)
        // Between two epochs the one that is named is the one that is done.
        let done = snapshot.batch == 0 && snapshot.epoch > 0 ? snapshot.batchesPerEpoch : snapshot.batch
        let batches = "\(snapshot.batchesPerEpoch)"
        let batch = "batch \(Self.right("\(done)", batches.count))/\(batches)"
        let share = String(format: "%3.0f %%", (fraction * 100).rounded(.down))
        let speed = snapshot.samplesPerSecond
        // Before the first batch the fields are blank, and keep their places.
        let rate = Self.right(speed > 0 ? "\(Figures.rate(speed)) img/s" : "", 10)
        let left = Self.right(speed > 0 ? "\(Self.remaining(rows / speed)) left" : "", 12)
        let forms = [[batch, share, rate, left], [share, rate, left], [share, left], [share], []]
        let titleWidth = title.count
        func room(_ fields: [String]) -> Int { width - titleWidth - 2 - fields.reduce(0) { $0 + $1.count + 2 } }
        fields = forms.first { room($0) >= Self.leastBar } ?? []
        bar = max(0, room(fields))
    }

    /// At most seven columns: `0.8 s`, `12 s`, `3.1 min`, `59 min`, `2.2 h`.
    static func remaining(_ seconds: Double) -> String {
        guard seconds.isFinite else { return "–" }
        let units: [(Double, String)] = [(1, "s"), (60, "min"), (3600, "h"), (86_400, "d")]
        let (size, name) = units.last { seconds >= $0.0 * 0.9995 } ?? units[0]
        let value = seconds / size
        return String(format: value < 9.95 ? "%.1f" : "%.0f", value) + " \(name)"
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    func draw(in line: Rect, on buffer: inout Buffer, look: Look) {
        let theme = look.theme
        let end = buffer.write(title, x: line.x, y: line.y, theme.style(.title).bold(), maxWidth: line.width)
        buffer.write(fields.joined(separator: "  "), rightAlignedAt: line.maxX, y: line.y, theme.style(.dim))
        guard bar >= 4 else { return }
        ProgressBar(fraction: fraction).draw(
            in: Rect(x: end + 2, y: line.y, width: bar, height: 1), on: &buffer, look: look)
    }
}
