/// What a soak has shown: two windows beside each other, and whether they are alike.
package struct SoakReport {
    /// A row of the table.
    struct Row {
        let name: String
        let first: String
        let last: String
        /// nil where it is only told.
        let isSteady: Bool?
    }

    private let samples: [SoakSample]
    private let minutes: Double
    let rows: [Row]
    private let first: SoakWindow
    private let last: SoakWindow

    /// Compares minutes 10 to 20 with the last ten; of a shorter time the second sixth with the last.
    package init(_ samples: [SoakSample]) {
        self.samples = samples
        minutes = (samples.last?.seconds ?? 0) / 60
        let span = min(10, minutes / 6)
        first = SoakWindow(samples, minutes: span..<(2 * span))
        last = SoakWindow(samples, minutes: (minutes - span)..<(minutes + 1))
        rows = Self.rows(first, last) + [Self.trend(samples, from: span)]
    }

    /// Whether all is as it was.
    package var isSteady: Bool { !rows.contains { $0.isSteady == false } }

    private static func rows(_ first: SoakWindow, _ last: SoakWindow) -> [Row] {
        let memory = [("resident memory, MiB", \ProcessFigures.resident), ("anonymous memory, MiB", \.anonymous)].map {
            let (before, after) = (first.median($0.1), last.median($0.1))
            return Row(
                name: $0.0, first: SoakLog.megabytes(before), last: SoakLog.megabytes(after),
                isSteady: after <= 1.05 * before)
        }
        // Threads of a run, of its recorder and of the queues come and go: what counts is how many there are at most.
        let counts = [
            ("descriptors, at most", \ProcessFigures.descriptors), ("threads, at most", \.threads),
            ("children, at most", \.children),
        ].map {
            let (before, after) = (first.greatest($0.1), last.greatest($0.1))
            return Row(name: $0.0, first: "\(before)", last: "\(after)", isSteady: after <= before + 2)
        }
        let frames = [
            ("frame of Lab, ms of processor, median", \SoakSample.reference, 0.5, true),
            ("frame of any view, ms of processor, median", \.processor, 0.5, true),
            ("the same, 95 % are below", \.processor, 0.95, true),
            ("from key to frame, ms, median", \.wall, 0.5, false),
            ("the same, 95 % are below", \.wall, 0.95, false),
        ].map {
            let (before, after) = (first.quantile($0.2, $0.1), last.quantile($0.2, $0.1))
            return Row(
                name: $0.0, first: SoakLog.time(before), last: SoakLog.time(after),
                isSteady: $0.3 ? after <= 1.25 * before + 0.5 : nil)
        }
        return memory + counts + frames
    }

    private static func trend(_ samples: [SoakSample], from start: Double) -> Row {
        let growth = SoakWindow(samples, minutes: start..<100_000).growth
        return Row(
            name: "trend of resident memory, MiB an hour", first: "", last: SoakLog.megabytes(1024 * growth),
            isSteady: nil)
    }

    /// The table, one row a line.
    package var text: String {
        let span = min(10, minutes / 6)
        func number(_ value: Double) -> String {
            value == value.rounded() ? "\(Int(value))" : SoakLog.megabytes(1024 * value)
        }
        let heading = "what\tminutes \(number(span)) to \(number(2 * span))\tthe last \(number(span))\tsteady"
        return
            ([heading]
            + rows.map { row in
                [row.name, row.first, row.last, row.isSteady.map { $0 ? "yes" : "NO" } ?? ""].joined(separator: "\t")
            }).joined(separator: "\n")
    }
}
