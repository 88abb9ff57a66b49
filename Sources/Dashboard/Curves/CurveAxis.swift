import Training

/// What the x axis of the curves counts.
package enum CurveAxis: Int, CaseIterable, Equatable, Sendable {
    /// Epochs.
    case epochs
    /// Batches, each with its figures.
    case steps
    /// Time without pauses; that of the training passes alone where a run has no other.
    case time

    var next: CurveAxis { CurveAxis(rawValue: rawValue + 1) ?? .epochs }

    /// Its word in the configuration file.
    var name: String {
        switch self {
        case .epochs: "epochs"
        case .steps: "batches"
        case .time: "time"
        }
    }

    init?(name: String) {
        guard let found = CurveAxis.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }
}

/// The batches behind the lines.
package enum BatchBand: Int, CaseIterable, Equatable, Sendable {
    /// From the first quartile to the third.
    case half
    /// From the least to the greatest, with the quartiles within.
    case all
    case none

    var next: BatchBand { BatchBand(rawValue: rawValue + 1) ?? .half }

    /// Its word in the configuration file.
    var name: String {
        switch self {
        case .half: "half"
        case .all: "all"
        case .none: "none"
        }
    }

    init?(name: String) {
        guard let found = BatchBand.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }
}

/// Places on the x axis for one run, from its epochs and back.
struct CurvePlaces {
    let axis: CurveAxis
    /// Seconds that the axis counts by: 1, 60 or 3600.
    let timeUnit: Double
    private let batchesPerEpoch: Double
    /// Times at the ends of epochs, from 0 on.
    private let ends: [(epoch: Double, seconds: Double)]
    /// Beyond the last epoch.
    private let secondsPerEpoch: Double

    /// - Parameters:
    ///   - timeUnit: seconds that the axis counts by.
    ///   - isWall: whether time is all that passed, and not that of the training passes alone.
    init(_ run: ShownRun, _ axis: CurveAxis, timeUnit: Double = 1, isWall: Bool) {
        self.axis = axis
        self.timeUnit = timeUnit
        batchesPerEpoch = Double(run.batchesPerEpoch)
        secondsPerEpoch = run.pace
        guard axis == .time else {
            ends = []
            return
        }
        ends =
            [(0, 0)]
            + run.history.buckets.map { bucket in
                let seconds = isWall ? bucket.wallSecondsAtEnd ?? bucket.secondsAtEnd : bucket.secondsAtEnd
                return (Double(bucket.figures.epoch), seconds)
            }
    }

    /// The place of a point of the run, counted in epochs.
    func place(_ epochs: Double) -> Double {
        switch axis {
        case .epochs: return epochs
        case .steps: return epochs * batchesPerEpoch
        case .time:
            let next = ends.partitioningIndex { $0.epoch >= epochs }
            guard next > 0 else { return 0 }
            let last = ends[next - 1]
            guard next < ends.count else { return (last.seconds + (epochs - last.epoch) * secondsPerEpoch) / timeUnit }
            let share = (epochs - last.epoch) / (ends[next].epoch - last.epoch)
            return (last.seconds + (ends[next].seconds - last.seconds) * share) / timeUnit
        }
    }

    /// The point of the run at a place, counted in epochs.
    func epochs(_ place: Double) -> Double {
        switch axis {
        case .epochs: return place
        case .steps: return place / batchesPerEpoch
        case .time:
            let seconds = place * timeUnit
            let next = ends.partitioningIndex { $0.seconds >= seconds }
            guard next > 0 else { return 0 }
            let last = ends[next - 1]
            guard next < ends.count else { return last.epoch + (seconds - last.seconds) / secondsPerEpoch }
            let share = (seconds - last.seconds) / max(1e-9, ends[next].seconds - last.seconds)
            return last.epoch + (ends[next].epoch - last.epoch) * share
        }
    }
}

extension ShownRun {
    /// Seconds of an epoch's training pass: measured, or from its speed so far.
    fileprivate var pace: Double {
        if let seconds = history.secondsPerEpoch, seconds > 0 { return seconds }
        guard let rows = facts?.trainingRows, let speed = snapshot?.samplesPerSecond, speed > 0 else { return 1 }
        return Double(rows) / speed
    }
}

extension Array {
    /// The first index whose element, as all after it, fulfils a condition; the count where none does.
    fileprivate func partitioningIndex(_ isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
