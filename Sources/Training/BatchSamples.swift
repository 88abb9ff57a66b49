/// The figures of every `stride`-th batch of a run in bounded memory: when full, every second one goes and the stride
/// doubles.
///
/// The order of the rows is drawn anew for every epoch, so these batches are a fair sample, of which quartiles can be
/// taken. At 10,000 epochs of 1,688 batches it is one of 4,096, 8 bytes each: 32 KiB at most.
package struct BatchSamples: Sendable, Equatable, Codable {
    /// Batches of the run before the first sample.
    package let start: Int
    /// Batches from one sample to the next: a power of two.
    package private(set) var stride = 1
    /// Mean losses of the batches, with regularization, oldest first.
    package private(set) var losses: [Float] = []
    /// Shares of right predictions of the batches, 0 ... 1.
    package private(set) var accuracies: [Float] = []
    /// The greatest number of samples: even, at least 2.
    private let capacity: Int

    /// - Parameters:
    ///   - start: batches of the run before the first that is offered.
    ///   - capacity: the greatest number of samples; even, at least 2.
    package init(start: Int = 0, capacity: Int = 4096) {
        precondition(capacity >= 2 && capacity.isMultiple(of: 2), "capacity must be even and at least 2")
        (self.start, self.capacity) = (start, capacity)
    }

    /// Samples as they were saved, or nil where they are impossible.
    package init?(start: Int, stride: Int, losses: [Float], accuracies: [Float]) {
        self.init(start: start)
        guard start >= 0, stride > 0, stride & (stride - 1) == 0, losses.count <= capacity,
            losses.count == accuracies.count
        else { return nil }
        (self.stride, self.losses, self.accuracies) = (stride, losses, accuracies)
    }

    /// Batches of the run up to a sample and with it.
    package func batches(at index: Int) -> Int { start + index * stride + 1 }

    /// Takes a batch where it is one of the samples.
    ///
    /// - Parameter batch: how many were before it.
    mutating func offer(loss: Float, accuracy: Float, batch: Int) {
        guard (batch - start) & (stride - 1) == 0 else { return }
        if losses.count == capacity {
            losses = Self.everySecond(losses)
            accuracies = Self.everySecond(accuracies)
            stride *= 2
            guard (batch - start) & (stride - 1) == 0 else { return }
        }
        losses.append(loss)
        accuracies.append(accuracy)
    }

    private static func everySecond(_ values: [Float]) -> [Float] {
        Swift.stride(from: 0, to: values.count, by: 2).map { values[$0] }
    }
}
