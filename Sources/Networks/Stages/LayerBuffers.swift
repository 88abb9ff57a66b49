import Kernels

/// The values of one layer for a batch, all (rows, units' stride).
final class LayerBuffers {
    /// Activations, before noise and dropout.
    let y: AlignedBuffer<Float>
    /// The gradient by y, then by the activation's input, then by the products, in place.
    let d: AlignedBuffer<Float>
    /// Inputs of the activation, kept where its slope can't be had from y.
    let z: AlignedBuffer<Float>?
    let normalization: NormalizationBuffers?
    /// Activations after noise and dropout; made when a layer first has either.
    private(set) var masked: AlignedBuffer<Float>?

    init(shape: DenseShape, rows: Int) {
        let count = rows * shape.units.stride
        y = AlignedBuffer(count: count)
        d = AlignedBuffer(count: count)
        z = shape.activation.needsInput ? AlignedBuffer(count: count) : nil
        normalization = shape.isNormalized ? NormalizationBuffers(stride: shape.units.stride, rows: rows) : nil
    }

    /// Where the products write.
    var products: UnsafeMutablePointer<Float> { (normalization?.x ?? z ?? y).pointer }
    /// What the activation reads.
    var activationInput: UnsafeMutablePointer<Float> { (z ?? y).pointer }

    func prepareMasks() {
        if masked == nil { masked = AlignedBuffer(count: y.count) }
    }

    static func bytes(_ size: LayerSize, rows: Int) -> Int {
        let matrices = 2 + (size.keepsInput ? 1 : 0) + (size.isMasked ? 1 : 0)
        return matrices.times(rows).times(size.stride).times(4)
            .plus(size.isNormalized ? NormalizationBuffers.bytes(size, rows: rows) : 0)
    }
}

/// The values of a batch that batch normalization keeps between its two passes.
final class NormalizationBuffers {
    /// The products, then normalized (rows, units' stride).
    let x: AlignedBuffer<Float>
    /// The batch's statistics (units' stride): mean, biased variance, 1 / √(variance + ε).
    let mean: AlignedBuffer<Float>
    let variance: AlignedBuffer<Float>
    let inverse: AlignedBuffer<Float>
    /// (units' stride)
    let gammaGradient: AlignedBuffer<Float>
    let betaGradient: AlignedBuffer<Float>

    init(stride: Int, rows: Int) {
        x = AlignedBuffer(count: rows * stride)
        mean = AlignedBuffer(count: stride)
        variance = AlignedBuffer(count: stride)
        inverse = AlignedBuffer(count: stride)
        gammaGradient = AlignedBuffer(count: stride)
        betaGradient = AlignedBuffer(count: stride)
    }

    static func bytes(_ size: LayerSize, rows: Int) -> Int { rows.plus(5).times(size.stride).times(4) }

    func statistics(_ block: UnitBlocks.Block) -> BatchNormalization.Statistics {
        BatchNormalization.Statistics(
            mean: mean.pointer + block.start, variance: variance.pointer + block.start,
            inverse: inverse.pointer + block.start)
    }
}
