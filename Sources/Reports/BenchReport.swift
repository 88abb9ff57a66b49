/// Times of training for networks: the JSON of `bench`.
package struct BenchReport: Sendable {
    /// One network's times.
    package struct Entry: Sendable {
        /// The network in the words of the user.
        package var net: String
        /// Rows of a step.
        package var batch: Int
        /// Workers of a step.
        package var threads: Int
        /// Seconds of each training pass, in order.
        package var epochSeconds: [Double]
        /// Training rows of a pass.
        package var rows: Int
        /// Floating-point operations of a row in a step without skipped zeros.
        package var operations: Int
        /// Each phase's share of a step's time, in order.
        package var shares: [(phase: String, share: Double)]
        /// The least time of evaluating the whole test set, in seconds.
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

        /// The median of the times; nil without an epoch.
        package var medianSeconds: Double? {
            guard !epochSeconds.isEmpty else { return nil }
            let sorted = epochSeconds.sorted()
            return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        }

        /// Rows of a pass divided by its median time.
        package var samplesPerSecond: Double? { medianSeconds.flatMap { $0 > 0 ? Double(rows) / $0 : nil } }

        /// Billions of operations a second of the median time; operations with skipped zeros count too.
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
