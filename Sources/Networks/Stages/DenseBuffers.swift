import Kernels

/// Everything that a stack of dense layers writes to in a training step of up to so many rows, except parameters.
final class DenseBuffers {
    let capacity: Int
    let layers: [LayerBuffers]
    /// Where the stack reads the images.
    let images: InputBuffers?
    /// One gradient tile for each worker.
    let tiles: [AlignedBuffer<Float>]

    /// Rows of a kernel whose gradient is formed at once, so that it is still in the cache when the optimizer reads it.
    static let denseTile = 128
    static let sparseTile = 16

    init(_ shapes: [DenseShape], _ room: StageRoom) {
        capacity = room.capacity
        layers = shapes.map { LayerBuffers(shape: $0, rows: room.capacity) }
        images = shapes[0].index == 0 ? InputBuffers(width: shapes[0].inputs, room) : nil
        tiles = (0..<room.threads).map { _ in AlignedBuffer(count: Self.denseTile * UnitBlocks.widestBlock) }
    }

    /// What the whole stack takes at most, its statistics among it.
    static func bytes(_ plan: StagePlan, capacity: Int, threads: Int, keepsZeros: Bool) -> Int {
        let sizes = plan.sizes
        let tiles = (4 * denseTile * UnitBlocks.widestBlock).times(threads)
        let layers = sizes.reduce(tiles) { sum, size in
            sum.plus(LayerBuffers.bytes(size, rows: capacity)).plus(MovingStatistics.bytes(size))
                .plus(NormalizationScales.bytes(size))
        }
        guard let first = sizes.first, plan.layers.first?.index == 0 else { return layers }
        return layers.plus(MovedRows.bytes(first)).plus(
            InputBuffers.bytes(width: first.inputs, capacity: capacity, threads: threads, keepsZeros: keepsZeros))
    }
}

/// One byte for each row of the first kernel in each of its blocks: 0 where all of the row's moments are 0. Fused Adam
/// passes over the pixels that no image has had yet.
final class MovedRows {
    private let moved: AlignedBuffer<UInt8>
    private let rows: Int

    init(_ shape: DenseShape) {
        rows = shape.inputs
        moved = AlignedBuffer(count: shape.inputs * shape.units.blocks.count)
    }

    /// A block's.
    func of(block: Int) -> UnsafeMutablePointer<UInt8> { moved.pointer + block * rows }
    /// Says that any moment of a block may be other than 0.
    func move(block: Int) { of(block: block).update(repeating: 1, count: rows) }
    /// Says so of all blocks.
    func moveAll() { moved.pointer.update(repeating: 1, count: moved.count) }

    static func bytes(_ size: LayerSize) -> Int { size.inputs.times(UnitBlocks.count(units: size.units)) }
}
