import Kernels

/// What the loss of a training step of up to `capacity` rows reads and writes.
final class LossBuffers {
    let capacity: Int
    /// Labels in batch order (rows).
    let labels: AlignedBuffer<UInt8>
    /// Losses without the penalty (rows), and whether each row was right.
    let losses: AlignedBuffer<Float>
    let hits: AlignedBuffer<UInt8>

    init(capacity: Int) {
        self.capacity = capacity
        labels = AlignedBuffer(count: capacity)
        losses = AlignedBuffer(count: capacity)
        hits = AlignedBuffer(count: capacity)
    }

    static func bytes(capacity: Int) -> Int {
        capacity.times(2 * MemoryLayout<UInt8>.stride + MemoryLayout<Float>.stride)
    }
}
