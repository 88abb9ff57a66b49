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

    /// Where they are, for the workers.
    var places: LossPlaces {
        LossPlaces(labels: labels.pointer, losses: losses.pointer, hits: hits.pointer)
    }

    static func bytes(capacity: Int) -> Int {
        capacity.times(2 * MemoryLayout<UInt8>.stride + MemoryLayout<Float>.stride)
    }
}

/// The addresses of `LossBuffers`, which workers look up without counting references.
struct LossPlaces {
    let labels: UnsafeMutablePointer<UInt8>
    let losses: UnsafeMutablePointer<Float>
    let hits: UnsafeMutablePointer<UInt8>
}
