import Kernels

/// Everything that a training step of up to `capacity` rows writes to, except the parameters.
final class TrainingBuffers {
    let capacity: Int
    /// Rows of the last training step.
    var stepRows = 0
    let layers: [LayerBuffers]
    /// Labels in batch order (rows).
    let labels: AlignedBuffer<UInt8>
    /// Losses without the penalty (rows), and whether each row was right.
    let losses: AlignedBuffer<Float>
    let hits: AlignedBuffer<UInt8>
    /// One for each worker, or none.
    let sparse: [SparseInput]
    /// Dense inputs (rows, width); made when a batch is first dense.
    private var dense: AlignedBuffer<Float>?
    /// One gradient tile for each worker.
    let tiles: [AlignedBuffer<Float>]
    /// The penalty of each block of each layer.
    let penalties: [AlignedBuffer<Double>]

    /// Rows of a kernel whose gradient is formed at once, so that it is still in the cache when the optimizer reads it.
    static let denseTile = 128
    static let sparseTile = 16
    /// Above this many rows the workers' copies outgrow every cache, and dense products are used.
    static let mostSparseRows = 1024

    /// - Parameter factor: what a byte is multiplied by where zero bytes stay zero; nil elsewhere.
    init(layout: ParameterLayout, capacity: Int, threads: Int, zeroKeeping factor: Float?) {
        self.capacity = capacity
        layers = layout.layers.map { LayerBuffers(shape: $0, rows: capacity) }
        labels = AlignedBuffer(count: capacity)
        losses = AlignedBuffer(count: capacity)
        hits = AlignedBuffer(count: capacity)
        sparse =
            if let factor, capacity <= Self.mostSparseRows {
                (0..<threads).map { _ in
                    SparseInput(
                        width: layout.layers[0].inputs, capacity: capacity, multiply: factor, transposes: true)
                }
            } else { [] }
        tiles = (0..<threads).map { _ in AlignedBuffer(count: Self.denseTile * UnitBlocks.widestBlock) }
        penalties = layout.layers.map { AlignedBuffer(count: $0.units.blocks.count) }
    }

    func denseInputs(width: Int) -> UnsafeMutablePointer<Float> {
        if let dense { return dense.pointer }
        let made = AlignedBuffer<Float>(count: capacity * width)
        dense = made
        return made.pointer
    }

    /// The bytes that a step takes at most: dense and sparse inputs, which both exist once a batch was dense.
    static func bytes(_ layers: [LayerSize], capacity: Int, threads: Int, keepsZeros: Bool) -> Int {
        guard let first = layers.first else { return 0 }
        let each = layers.reduce(0) { $0.plus(LayerBuffers.bytes($1, rows: capacity)) }
        let rows = capacity.times(2 * MemoryLayout<UInt8>.stride + MemoryLayout<Float>.stride)
        let sparse =
            keepsZeros && capacity <= mostSparseRows
            ? SparseInput.bytes(width: first.inputs, capacity: capacity, transposes: true).times(threads) : 0
        let tiles = (4 * denseTile * UnitBlocks.widestBlock).times(threads)
        return each.plus(rows).plus(sparse).plus(tiles).plus(capacity.times(first.inputs).times(4))
    }
}
