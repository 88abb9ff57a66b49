import Kernels

/// The values of one layer for a batch, all (rows, units' stride).
final class LayerBuffers {
    /// Activations, before dropout.
    let y: AlignedBuffer<Float>
    /// The gradient by y, then by z, in place.
    let d: AlignedBuffer<Float>
    /// Inputs of the activation, kept where its slope can't be had from y.
    let z: AlignedBuffer<Float>?
    /// Activations after dropout; made when a layer first drops.
    private(set) var dropped: AlignedBuffer<Float>?

    init(shape: DenseShape, rows: Int) {
        let count = rows * shape.units.stride
        y = AlignedBuffer(count: count)
        d = AlignedBuffer(count: count)
        z = shape.activation.needsInput ? AlignedBuffer(count: count) : nil
    }

    /// Where the products write: z, or y where z is not kept.
    var products: UnsafeMutablePointer<Float> { (z ?? y).pointer }

    func prepareDropout() {
        if dropped == nil { dropped = AlignedBuffer(count: y.count) }
    }
}

/// Everything that a training step of up to `capacity` rows writes to, but parameters.
final class TrainingBuffers {
    let capacity: Int
    let layers: [LayerBuffers]
    /// Labels in batch order (rows).
    let labels: AlignedBuffer<UInt8>
    /// Cross-entropies (rows), and whether each row was right.
    let losses: AlignedBuffer<Float>
    let hits: AlignedBuffer<UInt8>
    /// One for each worker, or none.
    let lists: [InputLists]
    /// Dense inputs (rows, width); made when a batch is first dense.
    private var dense: AlignedBuffer<Float>?
    /// One gradient tile for each worker.
    let tiles: [AlignedBuffer<Float>]
    /// Σw² of each block of each layer.
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
        let useLists = listed && capacity <= Self.mostListedRows
        lists =
            useLists
            ? (0..<threads).map { _ in InputLists(width: layout.layers[0].inputs, capacity: capacity) } : []
        tiles = (0..<threads).map { _ in AlignedBuffer(count: Self.denseTile * UnitBlocks.widestBlock) }
        penalties = layout.layers.map { AlignedBuffer(count: $0.units.blocks.count) }
    }

    func denseInputs(width: Int) -> UnsafeMutablePointer<Float> {
        if let dense { return dense.pointer }
        let made = AlignedBuffer<Float>(count: capacity * width)
        dense = made
        return made.pointer
    }
}
