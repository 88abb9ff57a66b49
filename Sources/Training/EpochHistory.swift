/// The figures of every epoch of a run in bounded memory: when full, neighbours merge and the stride doubles.
///
/// A bucket holds the least and the greatest value of each figure, so that every spike stays visible in a run of any
/// length. The last epoch and the best one are exact.
package struct EpochHistory: Sendable, Equatable {
    /// The figures of `stride` consecutive epochs.
    package struct Bucket: Sendable, Equatable {
        /// The figures of the newest of these epochs.
        package fileprivate(set) var figures: EpochFigures
        /// Epochs in this bucket: at most `stride`.
        package fileprivate(set) var count = 1
        /// Time of the training passes of the run up to its newest epoch, in seconds.
        package fileprivate(set) var secondsAtEnd = 0.0
        /// Time of the run up to its newest epoch, pauses left out, in seconds; nil where an epoch has none.
        package fileprivate(set) var wallSecondsAtEnd: Double?
        /// In the order of `Quantity`.
        fileprivate var extremes: [Extremes]
    }

    /// What can be drawn as a line over the epochs.
    package enum Quantity: Int, CaseIterable, Sendable {
        case loss, accuracy, validationLoss, validationAccuracy, gradientNorm

        /// The figure itself; nil where the epoch has none.
        package func value(of figures: EpochFigures) -> Double? {
            switch self {
            case .loss: figures.loss
            case .accuracy: figures.accuracy
            case .validationLoss: figures.validationLoss
            case .validationAccuracy: figures.validationAccuracy
            case .gradientNorm: figures.gradientNorm
            }
        }
    }

    /// A figure at its epoch.
    package struct Point: Sendable, Equatable {
        /// From 1.
        package let epoch: Int
        /// NaN or infinite where the figure was.
        package let value: Double
    }

    /// The least and the greatest of some values, and the first that is not finite.
    fileprivate struct Extremes: Sendable, Equatable {
        private var low: Point?
        private var high: Point?
        private var gap: Point?

        init(_ value: Double?, epoch: Int) {
            guard let value else { return }
            let point = Point(epoch: epoch, value: value)
            if value.isFinite { (low, high) = (point, point) } else { gap = point }
        }

        mutating func merge(_ other: Extremes) {
            if let theirs = other.low { low = low.map { $0.value <= theirs.value ? $0 : theirs } ?? theirs }
            if let theirs = other.high { high = high.map { $0.value >= theirs.value ? $0 : theirs } ?? theirs }
            gap = gap ?? other.gap
        }

        /// Appends up to three points in the order of their epochs. A frame asks for the points of all buckets, so none
        /// may allocate an array.
        func append(to points: inout [Point]) {
            let first = points.count
            if let low { points.append(low) }
            if let high, high != low { points.append(high) }
            if let gap { points.append(gap) }
            guard points.count > first + 1 else { return }
            for end in (first + 1)..<points.count {
                var place = end
                while place > first, points[place].epoch < points[place - 1].epoch {
                    points.swapAt(place, place - 1)
                    place -= 1
                }
            }
        }
    }

    /// Oldest first. The last one may hold fewer than `stride` epochs.
    package private(set) var buckets: [Bucket] = []
    /// Epochs that a full bucket covers: a power of two.
    package private(set) var stride = 1
    /// Epochs recorded so far.
    package private(set) var count = 0
    /// The epoch with the least finite loss on the validation rows, the first of equals; nil without any.
    package private(set) var best: EpochFigures?
    /// Time of all epochs' training passes together, in seconds.
    package private(set) var seconds = 0.0
    /// Time of all epochs together, pauses left out, in seconds; nil where one has none.
    package private(set) var wallSeconds: Double? = 0
    /// The greatest loss of the training rows, infinite where one was not finite; 0 before the first epoch.
    package private(set) var greatestLoss = 0.0
    private var newestSeconds: [Double] = []
    private let capacity: Int
    /// The newest epochs that `secondsPerEpoch` is the median of.
    private static let timed = 15

    /// - Parameter capacity: the greatest number of buckets; even, at least 2.
    package init(capacity: Int = 1024) {
        precondition(capacity >= 2 && capacity.isMultiple(of: 2), "capacity must be even and at least 2")
        self.capacity = capacity
    }

    /// The figures of the newest epoch; nil before the first.
    package var last: EpochFigures? { buckets.last?.figures }

    /// The newest epoch of each bucket: every epoch while there are no more than `capacity`.
    package var figures: [EpochFigures] { buckets.map(\.figures) }

    /// The epoch of `figures` that represents this one: itself, or the next one that is still there. Nil beyond the
    /// last.
    package func figures(at epoch: Int) -> EpochFigures? {
        buckets.first { $0.figures.epoch >= epoch }?.figures
    }

    /// Median time of the training passes of the last 15 epochs, in seconds; nil before the first.
    package var secondsPerEpoch: Double? {
        newestSeconds.isEmpty ? nil : newestSeconds.sorted()[newestSeconds.count / 2]
    }

    /// The points of a figure's curve, in the order of epochs: the extremes of each bucket, then the newest value.
    package func points(_ quantity: Quantity) -> [Point] {
        var points: [Point] = []
        points.reserveCapacity(2 * buckets.count)
        for bucket in buckets { bucket.extremes[quantity.rawValue].append(to: &points) }
        if let last, let value = quantity.value(of: last), points.last?.epoch != last.epoch {
            points.append(Point(epoch: last.epoch, value: value))
        }
        return points
    }

    /// Records the next epoch.
    package mutating func append(_ figures: EpochFigures) {
        greatestLoss = figures.loss.isFinite ? max(greatestLoss, figures.loss) : .infinity
        seconds += figures.seconds
        var new = Bucket(figures)
        new.secondsAtEnd = seconds
        wallSeconds = figures.wallSeconds.flatMap { own in wallSeconds.map { $0 + own } }
        new.wallSecondsAtEnd = wallSeconds
        if let last = buckets.last, last.count < stride {
            buckets[buckets.count - 1].merge(new)
        } else {
            if buckets.count == capacity { halve() }
            buckets.append(new)
        }
        count += 1
        if let loss = figures.validationLoss, loss.isFinite, loss < best?.validationLoss ?? .infinity { best = figures }
        newestSeconds.append(figures.seconds)
        if newestSeconds.count > Self.timed { newestSeconds.removeFirst() }
    }

    private mutating func halve() {
        for index in 0..<buckets.count / 2 {
            var merged = buckets[2 * index]
            merged.merge(buckets[2 * index + 1])
            buckets[index] = merged
        }
        buckets.removeLast(buckets.count / 2)
        stride *= 2
    }
}

extension EpochHistory.Bucket {
    fileprivate init(_ figures: EpochFigures) {
        self.figures = figures
        extremes = EpochHistory.Quantity.allCases.map { quantity in
            EpochHistory.Extremes(quantity.value(of: figures), epoch: figures.epoch)
        }
    }

    fileprivate mutating func merge(_ newer: EpochHistory.Bucket) {
        figures = newer.figures
        (secondsAtEnd, wallSecondsAtEnd) = (newer.secondsAtEnd, newer.wallSecondsAtEnd)
        count += newer.count
        for index in extremes.indices { extremes[index].merge(newer.extremes[index]) }
    }
}
