import Kernels
import Testing
import Training

@Suite struct BatchHistoryTests {
    @Test("However long the run, every spike is kept and the capacity too", arguments: 1...40 as ClosedRange<UInt64>)
    func spikes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let capacity = 2 * Int(1 + generator.next() % 40)
        let count = Int(1 + generator.next() % 3_000)
        var history = BatchHistory(capacity: capacity)
        var losses: [Float] = []
        for _ in 0..<count {
            losses.append(generator.uniform() * 3)
            history.append(loss: losses[losses.count - 1], accuracy: generator.uniform())
            #expect(history.buckets.count <= capacity)
        }
        #expect(history.batches == count)
        #expect(history.buckets.reduce(0) { $0 + $1.count } == count)
        var first = 0
        for (index, bucket) in history.buckets.enumerated() {
            let own = losses[first..<(first + bucket.count)]
            #expect(bucket.loss.low == own.min() && bucket.loss.high == own.max())
            #expect(abs(bucket.loss.sum - own.reduce(0, +)) <= 1e-4 * Float(max(1, own.count)))
            #expect(bucket.count == history.stride || index == history.buckets.count - 1)
            first += bucket.count
        }
    }

    @Test("A loss that is no number spoils the sum of its bucket and never the bounds")
    func notANumber() throws {
        var history = BatchHistory(capacity: 2)
        for loss in [1, Float.nan, 3, 2, 5] { history.append(loss: loss, accuracy: 0.5) }
        let first = try #require(history.buckets.first)
        #expect(history.stride == 4 && first.count == 4)
        #expect(first.loss.low == 1 && first.loss.high == 3 && first.loss.sum.isNaN)
        #expect(history.buckets.last?.loss.high == 5)
    }
}
