import Foundation

/// The log of a soak: a line for each minute, and what was done last, for where it goes wrong.
package final class SoakLog {
    private let say: (String) -> Void
    private var deeds: [String] = []
    private var minutes = 0

    /// - Parameter say: takes each line.
    package init(_ say: @escaping (String) -> Void) { self.say = say }

    package func write(_ line: String) { say(line) }

    func note(_ deed: RandomHands.Deed) {
        deeds.append("\(deed)")
        if deeds.count > 60 { deeds.removeFirst(30) }
    }

    /// What was done last.
    var lastDeeds: String { deeds.suffix(30).joined(separator: "\n  ") }

    /// Writes a line once a minute is over.
    func sampled(_ samples: [SoakSample], inputs: Int, store: String) {
        guard let last = samples.last, Int(last.seconds / 60) > minutes else { return }
        if minutes == 0 { say(Self.heading) }
        let window = SoakWindow(samples, minutes: Double(minutes)..<(last.seconds / 60 + 0.001))
        minutes = Int(last.seconds / 60)
        let size = (try? FileManager.default.attributesOfItem(atPath: store)[.size] as? Int) ?? 0
        let figures = last.figures
        let columns = [
            "\(minutes)", Self.megabytes(window.median(\.resident)), Self.megabytes(window.median(\.anonymous)),
            "\(window.greatest(\.descriptors))", "\(window.greatest(\.threads))", "\(window.greatest(\.children))",
            String(format: "%.0f", figures.processor), "\(inputs)", Self.time(window.quantile(0.5, \.reference)),
            Self.time(window.quantile(0.5, \.processor)), Self.time(window.quantile(0.95, \.processor)),
            Self.time(window.quantile(0.5, \.wall)), Self.time(window.quantile(0.95, \.wall)),
            String(format: "%.1f", Double(size) / 1_048_576),
        ]
        say(columns.joined(separator: "\t"))
    }

    private static let heading = [
        "minute", "resident MiB", "anonymous MiB", "descriptors", "threads", "children", "processor s", "inputs",
        "Lab frame ms", "frame ms", "frame 95 % ms", "answer ms", "answer 95 % ms", "store MiB",
    ].joined(separator: "\t")

    static func megabytes(_ kilobytes: Double) -> String { String(format: "%.1f", kilobytes / 1024) }

    static func time(_ milliseconds: Double) -> String { String(format: "%.2f", milliseconds) }
}
