import Kernels

/// Everything that a training step of up to `capacity` rows writes to, but parameters.
final class TrainingBuffers {
    let capacity: Int
    let layers: [LayerBuffers]
    /// Labels in batch order (rows).
    let labels: AlignedBuffer<UInt8>
    /// Losses without the penalty (rows), and whether each row was right.
    let losses: AlignedBuffer<Float>
    let hits: AlignedBuffer<UInt8>
    /// One for each worker, or none.
    let lists: [InputLists]
    /// Dense inputs (rows, width); made when a batch is first dense.
    private var dense: AlignedBuffer<Float>?
    /// One gradient tile for each worker.
    let tiles: [AlignedBuffer<Float>]
    /// The penalty of each block of each layer.
    let penalties: [AlignedBuffer<Double>]

    /// Rows of a kernel whose gradient is formed at once, so that it is still in the cache when the optimizer reads it.
    static let denseTile = 128
    static let sparseTile = 16
    /// Above this many rows the lists of pixels outgrow every cache, and dense products are used.
    static let mostListedRows = 1024

    init(layout: ParameterLayout, capacity: Int, threads: Int, lists listed: Bool) {
        self.capacity = capacity
        layers = layout.layers.map { LayerBuffers(shape: $0, rows: capacity) }
        labels = AlignedBuffer(count: capacity)
        losses = AlignedBuffer(count: capacity)
        hits = AlignedBuffer(count: capacity)
        lists =
            Self.useLists(listed, capacity: capacity)
            ? (0..<threads).map { _ in InputLists(width: layout.layers[0].inputs, capacity: capacity) } : []
        tiles = (0..<threads).map { _ in AlignedBuffer(count: Self.denseTile * UnitBlocks.widestBlock) }
        penalties = layout.layers.map { AlignedBuffer(count: $0.units.blocks.count) }
    }

    private static func useLists(_ listed: Bool, capacity: Int) -> Bool { listed && capacity <= mostListedRows }

    func denseInputs(width: Int) -> UnsafeMutablePointer<Float> {
        if let dense { return dense.pointer }
        let made = AlignedBuffer<Float>(count: capacity * width)
        dense = made
        return made.pointer
    }

    /// The most that a step takes: the dense inputs beside the lists, which both are there once a batch was dense.
    static func bytes(_ layers: [LayerSize], capacity: Int, threads: Int, lists listed: Bool) -> Int {
        guard let first = layers.first else { return 0 }
        let each = layers.reduce(0) { $0.plus(LayerBuffers.bytes($1, rows: capacity)) }
        let rows = capacity.times(2 * MemoryLayout<UInt8>.stride + MemoryLayout<Float>.stride)
        let lists =
            useLists(listed, capacity: capacity)
            ? InputLists.bytes(width: first.inputs, capacity: capacity).times(threads) : 0
        let tiles = (4 * denseTile * UnitBlocks.widestBlock).times(threads)
        return each.plus(rows).plus(lists).plus(tiles).plus(capacity.times(first.inputs).times(4))
    }
}
