/// What was measured of the dashboard at one time.
package struct SoakSample: Sendable {
    /// Since the start.
    package let seconds: Double
    package let figures: ProcessFigures
    /// Milliseconds from a key to the end of what was drawn, for all keys since the sample before.
    let wall: [Double]
    /// Milliseconds of the main thread's processor time for the same keys.
    let processor: [Double]
    /// The same for the frames that are the same at each sample: Lab in a window of 120 × 40.
    let reference: [Double]

    package init(
        seconds: Double, figures: ProcessFigures, answers: [WatchedTerminal.Answer] = [],
        references: [WatchedTerminal.Answer] = []
    ) {
        (self.seconds, self.figures) = (seconds, figures)
        wall = answers.compactMap(\.wall)
        processor = answers.map(\.processor)
        reference = references.map(\.processor)
    }
}

/// Samples of some minutes.
package struct SoakWindow: Sendable {
    let samples: [SoakSample]

    /// - Parameter minutes: from when to when, since the start.
    package init(_ samples: [SoakSample], minutes: Range<Double>) {
        self.samples = samples.filter { minutes.contains($0.seconds / 60) }
    }

    package var isEmpty: Bool { samples.isEmpty }

    /// The median of a figure of the process.
    package func median(_ figure: KeyPath<ProcessFigures, Int>) -> Double {
        samples.map { Double($0.figures[keyPath: figure]) }.quantile(0.5)
    }

    /// The greatest of a figure of the process.
    package func greatest(_ figure: KeyPath<ProcessFigures, Int>) -> Int {
        samples.map { $0.figures[keyPath: figure] }.max() ?? 0
    }

    func quantile(_ share: Double, _ times: KeyPath<SoakSample, [Double]>) -> Double {
        samples.flatMap { $0[keyPath: times] }.quantile(share)
    }

    /// The slope of the least squares through resident memory, in MiB an hour.
    var growth: Double {
        let points = samples.map { (x: $0.seconds / 3600, y: Double($0.figures.resident) / 1024) }
        guard points.count > 1 else { return 0 }
        let (x, y) = (
            points.map(\.x).reduce(0, +) / Double(points.count), points.map(\.y).reduce(0, +) / Double(points.count)
        )
        let square = points.map { ($0.x - x) * ($0.x - x) }.reduce(0, +)
        return square > 0 ? points.map { ($0.x - x) * ($0.y - y) }.reduce(0, +) / square : 0
    }
}

extension [Double] {
    /// The value below which that share of them lies; 0 where there are none.
    func quantile(_ share: Double) -> Double {
        isEmpty ? 0 : sorted()[Swift.min(count - 1, Int(share * Double(count)))]
    }
}
