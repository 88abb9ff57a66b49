import Testing
import Training

@Suite struct BatchSamplesTests {
    @Test(
        "However long the run, every stride-th batch is kept, from the first on",
        arguments: [1, 7, 4096, 4097, 100_000])
    func everyStrideth(count: Int) {
        var history = BatchHistory()
        for batch in 0..<count { history.append(loss: Float(batch), accuracy: Float(batch % 2)) }
        let samples = history.samples
        #expect(samples.losses == stride(from: 0, to: count, by: samples.stride).map(Float.init))
        #expect(samples.losses.indices.allSatisfy { samples.batches(at: $0) == Int(samples.losses[$0]) + 1 })
        #expect(samples.accuracies.count == samples.losses.count && samples.losses.count <= 4096)
        #expect(samples.losses.count > 2048 || samples.stride == 1)
    }

    @Test("The quartiles of the samples are those of all batches")
    func fair() {
        var history = BatchHistory()
        // Spread over 0 ... 1 without an order that the stride could follow.
        for batch in 0..<200_000 { history.append(loss: Float((batch * 7_919) % 10_007) / 10_007, accuracy: 0) }
        let sorted = history.samples.losses.sorted()
        #expect(abs(sorted[sorted.count / 4] - 0.25) < 0.02 && abs(sorted[sorted.count * 3 / 4] - 0.75) < 0.02)
    }

    @Test("A history that was saved without samples takes them from there on")
    func later() {
        var history = BatchHistory(buckets: [], stride: 1, batches: 10, capacity: 4)
        for batch in 10..<13 { history.append(loss: Float(batch), accuracy: 1) }
        #expect(history.samples.start == 10 && history.samples.losses == [10, 11, 12])
        #expect(history.samples.batches(at: 0) == 11)
    }

    @Test("Impossible samples are refused")
    func impossible() {
        #expect(BatchSamples(start: 0, stride: 3, losses: [], accuracies: []) == nil)
        #expect(BatchSamples(start: -1, stride: 1, losses: [], accuracies: []) == nil)
        #expect(BatchSamples(start: 0, stride: 1, losses: [1], accuracies: []) == nil)
        #expect(BatchSamples(start: 0, stride: 2, losses: [1], accuracies: [1]) != nil)
    }
}
