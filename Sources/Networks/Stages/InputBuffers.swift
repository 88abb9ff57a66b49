import Kernels

/// The images of a training step as the first stage reads them: packed bytes, whose zeros are skipped, or floats.
final class InputBuffers {
    /// One for each worker, or none.
    let sparse: [SparseInput]
    private let transform: InputTransform
    private let capacity: Int
    /// Dense inputs (rows, width); made when a batch is first dense.
    private var dense: AlignedBuffer<Float>?

    /// Above this many rows the workers' copies outgrow every cache, and dense products are used.
    private static let mostSparseRows = 1024
    /// Above this share of non-zero bytes dense products are faster.
    private static let densestSparse = 0.4

    init(width: Int, _ room: StageRoom) {
        transform = room.transform
        capacity = room.capacity
        sparse =
            if let factor = room.transform.zeroKeepingFactor, room.capacity <= Self.mostSparseRows {
                (0..<room.threads).map { _ in
                    SparseInput(width: width, capacity: room.capacity, multiply: factor, transposes: true)
                }
            } else { [] }
    }

    /// The batch as floats (rows, width).
    func gather(_ batch: ImageBatch, _ pool: WorkerPool, inParallel: Bool) -> Matrix {
        let inputs = dense ?? AlignedBuffer(count: capacity * batch.width)
        dense = inputs
        pool.run(inParallel: inParallel) { worker in
            let rows = pool.share(of: batch.count, worker: worker)
            Elementwise.gather(rows, of: batch, transform: transform, into: inputs.pointer)
        }
        return Matrix(values: inputs.pointer, stride: batch.width)
    }

    /// Whether skipping zeros is the faster way for a batch.
    static func isSparse(nonZero: Int, of batch: ImageBatch) -> Bool {
        Double(nonZero) <= densestSparse * Double(batch.count * batch.width)
    }

    /// The bytes of dense and sparse inputs, which both exist once a batch was dense.
    static func bytes(width: Int, capacity: Int, threads: Int, keepsZeros: Bool) -> Int {
        let sparse =
            keepsZeros && capacity <= mostSparseRows
            ? SparseInput.bytes(width: width, capacity: capacity, transposes: true).times(threads) : 0
        return sparse.plus(capacity.times(width).times(4))
    }
}
