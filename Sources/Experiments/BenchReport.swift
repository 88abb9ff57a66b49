/// How fast networks train: the JSON of `bench`.
public struct BenchReport: Equatable, Sendable {
    /// One network's times.
    public struct Entry: Equatable, Sendable {
        /// As it was asked for.
        public var net: String
        public var batch: Int
        public var threads: Int
        /// Seconds of each training pass, in order.
        public var epochSeconds: [Double]
        /// Training rows of a pass.
        public var rows: Int

        public init(net: String, batch: Int, threads: Int, epochSeconds: [Double], rows: Int) {
            self.net = net
            self.batch = batch
            self.threads = threads
            self.epochSeconds = epochSeconds
            self.rows = rows
        }

        /// The middle one of the sorted times, or the mean of the two middle ones; nil without an epoch.
        public var medianSeconds: Double? {
            guard !epochSeconds.isEmpty else { return nil }
            let sorted = epochSeconds.sorted()
            return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        }

        /// Rows of a pass divided by its median time.
        public var samplesPerSecond: Double? { medianSeconds.flatMap { $0 > 0 ? Double(rows) / $0 : nil } }

        var json: JSON {
            .object([
                "net": .text(net), "batch": .integer(batch), "threads": .integer(threads),
                "epoch_s": .array(epochSeconds.map { .number($0) }), "median_s": .number(medianSeconds),
                "samples_per_second": .number(samplesPerSecond),
            ])
        }
    }

    public var entries: [Entry]

    public init(entries: [Entry]) { self.entries = entries }

    /// JSON of several lines, without a line break at its end.
    public var text: String { JSON.array(entries.map(\.json)).text() }
}
