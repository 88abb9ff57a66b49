/// Loss and accuracy of every batch of a run in bounded memory: when full, neighbours merge and the stride doubles.
///
/// A bucket holds least, greatest and sum, so that every spike stays visible in a run of any length.
package struct BatchHistory: Sendable, Equatable, Codable {
    /// The figures of `stride` consecutive batches.
    package struct Bucket: Sendable, Equatable, Codable {
        /// Batches in this bucket: at most `stride`.
        package var count = 0
        /// Mean losses of the batches, with regularization.
        package var loss = Extent()
        /// Shares of right predictions of the batches, 0 ... 1.
        package var accuracy = Extent()
        package init() {}
    }

    /// Least, greatest and sum of some values. NaN makes the sum NaN, and leaves the bounds as they are.
    package struct Extent: Sendable, Equatable, Codable {
        /// The least value; +∞ before the first.
        package var low = Float.infinity
        /// The greatest value; −∞ before the first.
        package var high = -Float.infinity
        /// In single precision; divided by the bucket's `count` it is the mean.
        package var sum: Float = 0
        package init() {}

        mutating func add(_ value: Float) {
            low = min(low, value)
            high = max(high, value)
            sum += value
        }

        mutating func merge(_ other: Extent) {
            low = min(low, other.low)
            high = max(high, other.high)
            sum += other.sum
        }
    }

    /// Oldest first. The last one may hold fewer than `stride` batches.
    package private(set) var buckets: [Bucket] = []
    /// Batches that a full bucket covers: a power of two.
    package private(set) var stride = 1
    /// Batches recorded so far.
    package private(set) var batches = 0
    /// The greatest number of buckets: even, at least 2.
    package let capacity: Int
    /// Single batches here and there, for quantiles.
    package private(set) var samples = BatchSamples()

    /// - Parameter capacity: the greatest number of buckets; even, at least 2.
    package init(capacity: Int = 1024) {
        precondition(capacity >= 2 && capacity.isMultiple(of: 2), "capacity must be even and at least 2")
        self.capacity = capacity
    }

    /// A history as it was saved; `capacity` as in `init(capacity:)`.
    /// Its samples begin here, until they are taken.
    package init(buckets: [Bucket], stride: Int, batches: Int, capacity: Int) {
        self.init(capacity: capacity)
        samples = BatchSamples(start: batches)
        self.buckets = buckets
        self.stride = stride
        self.batches = batches
    }

    /// Takes the samples that were saved with it.
    package mutating func take(_ samples: BatchSamples) { self.samples = samples }

    /// Records one batch: its mean loss and its share of right predictions, 0 ... 1.
    package mutating func append(loss: Float, accuracy: Float) {
        if buckets.last.map({ $0.count >= stride }) ?? true {
            if buckets.count == capacity { halve() }
            if buckets.last.map({ $0.count >= stride }) ?? true { buckets.append(Bucket()) }
        }
        let last = buckets.count - 1
        buckets[last].count += 1
        buckets[last].loss.add(loss)
        buckets[last].accuracy.add(accuracy)
        samples.offer(loss: loss, accuracy: accuracy, batch: batches)
        batches += 1
    }

    private mutating func halve() {
        for index in 0..<buckets.count / 2 {
            var merged = buckets[2 * index]
            let other = buckets[2 * index + 1]
            merged.count += other.count
            merged.loss.merge(other.loss)
            merged.accuracy.merge(other.accuracy)
            buckets[index] = merged
        }
        buckets.removeLast(buckets.count / 2)
        stride *= 2
    }
}
