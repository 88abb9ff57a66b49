/// How fast networks train: the JSON of `bench`.
package struct BenchReport: Sendable {
    /// One network's times.
    package struct Entry: Sendable {
        /// As it was asked for.
        package var net: String
        /// Rows of a step.
        package var batch: Int
        /// Workers of a step.
        package var threads: Int
        /// Seconds of each training pass, in order.
        package var epochSeconds: [Double]
        /// Training rows of a pass.
        package var rows: Int
        /// Floating-point operations that a row takes in a step where no zero is skipped.
        package var operations: Int
        /// Each phase's share of a step's time, in order.
        package var shares: [(phase: String, share: Double)]
        /// The least seconds that evaluating the whole test set took.
        package var testSeconds: Double

        package init(
            net: String, batch: Int, threads: Int, epochSeconds: [Double], rows: Int, operations: Int,
            shares: [(phase: String, share: Double)], testSeconds: Double
        ) {
            self.net = net
            self.batch = batch
            self.threads = threads
            self.epochSeconds = epochSeconds
            self.rows = rows
            self.operations = operations
            self.shares = shares
            self.testSeconds = testSeconds
        }

        /// The middle one of the sorted times, or the mean of the two middle ones; nil without an epoch.
        package var medianSeconds: Double? {
            guard !epochSeconds.isEmpty else { return nil }
            let sorted = epochSeconds.sorted()
            return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        }

        /// Rows of a pass divided by its median time.
        package var samplesPerSecond: Double? { medianSeconds.flatMap { $0 > 0 ? Double(rows) / $0 : nil } }

        /// Billions of operations in a second of the median time, those with skipped zeros counted as made.
        package var gigaflops: Double? { samplesPerSecond.map { $0 * Double(operations) / 1e9 } }

        var json: JSON {
            .object([
                "net": .text(net), "batch": .integer(batch), "threads": .integer(threads),
                "epoch_s": .array(epochSeconds.map { .number($0) }), "median_s": .number(medianSeconds),
                "least_s": .number(epochSeconds.min()), "most_s": .number(epochSeconds.max()),
                "samples_per_second": .number(samplesPerSecond), "dense_gflops": .number(gigaflops),
                "test_s": .number(testSeconds),
                "share": .array(shares.map { .object(["phase": .text($0.phase), "share": .number($0.share)]) }),
            ])
        }
    }

    /// One entry for each network, in order.
    package var entries: [Entry]

    package init(entries: [Entry]) { self.entries = entries }

    /// JSON of several lines, without a line break at its end.
    package var text: String { JSON.array(entries.map(\.json)).text() }
}
