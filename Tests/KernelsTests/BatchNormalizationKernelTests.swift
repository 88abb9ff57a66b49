import Kernels
import Testing

/// The kernels of batch normalization against plain loops in double precision.
@Suite struct BatchNormalizationKernelTests {
    private static let shapes = [(1, 8), (2, 1), (7, 16), (33, 100), (128, 128)]

    /// A batch (rows, stride) of which the first `width` columns are a block, and what belongs to its units.
    private struct Block {
        let rows: Int
        let width: Int
        var stride: Int { width + 5 }
        var slice: Slice { Slice(rows: 0..<rows, columns: 0..<width, stride: stride) }
        var gamma: [Float] { randomFloats(width, seed: 2) }
        var beta: [Float] { randomFloats(width, seed: 3) }
        func batch(seed: UInt64) -> [Float] { randomFloats(rows * stride, scale: 2, seed: seed) }

        /// The values of a column of a batch.
        func column(_ index: Int, of batch: [Float]) -> [Double] {
            (0..<rows).map { Double(batch[$0 * stride + index]) }
        }

        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(rows) }
    }

    @Test(arguments: shapes, KernelLevel.available)
    func `each unit gets the batch's mean and variance, and the padding stays`(shape: (Int, Int), level: KernelLevel) {
        let block = Block(rows: shape.0, width: shape.1)
        let before = block.batch(seed: 1)
        var (x, z) = (before, before)
        var (mean, variance, inverse) = (block.gamma, block.gamma, block.gamma)
        forward(block, &x, &z, &mean, &variance, &inverse, level)
        for unit in 0..<block.width {
            let values = block.column(unit, of: before)
            let center = block.mean(values)
            let spread = block.mean(values.map { ($0 - center) * ($0 - center) })
            let factor = 1 / (spread + 1e-3).squareRoot()
            #expect(worstDifference([mean[unit], variance[unit], inverse[unit]], [center, spread, factor]) < 1e-6)
            let normalized = values.map { ($0 - center) * factor }
            #expect(worstDifference(block.column(unit, of: x).map(Float.init), normalized) < 2e-6)
            let (scale, shift) = (Double(block.gamma[unit]), Double(block.beta[unit]))
            #expect(
                worstDifference(block.column(unit, of: z).map(Float.init), normalized.map { scale * $0 + shift }) < 5e-6
            )
        }
        for place in x.indices where place % block.stride >= block.width {
            #expect(x[place] == before[place] && z[place] == before[place])
        }
    }

    @Test(arguments: shapes, KernelLevel.available)
    func `the gradients are those of plain loops`(shape: (Int, Int), level: KernelLevel) {
        let block = Block(rows: shape.0, width: shape.1)
        var (x, z) = (block.batch(seed: 1), block.batch(seed: 1))
        var (mean, variance, inverse) = (block.gamma, block.gamma, block.gamma)
        forward(block, &x, &z, &mean, &variance, &inverse, level)
        let upstream = block.batch(seed: 4)
        var d = upstream
        var (gammaGradient, betaGradient) = (block.gamma, block.gamma)
        inverse.withUnsafeMutableBufferPointer { inverse in
            guard let base = inverse.baseAddress else { return }
            let statistics = BatchNormalization.Statistics(mean: base, variance: base, inverse: base)
            BatchNormalization.backward(
                block.slice, gamma: block.gamma, normalized: x, statistics, &d, gammaGradient: &gammaGradient,
                betaGradient: &betaGradient, on: level)
        }
        for unit in 0..<block.width {
            let (g, n) = (block.column(unit, of: upstream), block.column(unit, of: x))
            let products = zip(g, n).map { $0 * $1 }
            #expect(abs(Double(betaGradient[unit]) - g.reduce(0, +)) < 1e-5 * Double(block.rows))
            #expect(abs(Double(gammaGradient[unit]) - products.reduce(0, +)) < 1e-5 * Double(block.rows))
            let factor = Double(block.gamma[unit]) * Double(inverse[unit])
            let wanted = zip(g, n).map { factor * ($0 - block.mean(g) - $1 * block.mean(products)) }
            #expect(worstDifference(block.column(unit, of: d).map(Float.init), wanted) < 1e-5)
        }
    }

    @Test(arguments: shapes, KernelLevel.available)
    func `a block is scaled and shifted by unit`(shape: (Int, Int), level: KernelLevel) {
        let block = Block(rows: shape.0, width: shape.1)
        let before = block.batch(seed: 1)
        var x = before
        Elementwise.scaleAndShift(block.slice, scale: block.gamma, shift: block.beta, &x, on: level)
        let wanted = before.enumerated().map { place, value in
            let unit = place % block.stride
            guard unit < block.width else { return Double(value) }
            return Double(block.gamma[unit]) * Double(value) + Double(block.beta[unit])
        }
        #expect(worstDifference(x, wanted) < 1e-6)
    }

    private func forward(
        _ block: Block, _ x: inout [Float], _ z: inout [Float], _ mean: inout [Float], _ variance: inout [Float],
        _ inverse: inout [Float], _ level: KernelLevel
    ) {
        mean.withUnsafeMutableBufferPointer { mean in
            variance.withUnsafeMutableBufferPointer { variance in
                inverse.withUnsafeMutableBufferPointer { inverse in
                    guard let mean = mean.baseAddress, let variance = variance.baseAddress,
                        let inverse = inverse.baseAddress
                    else { return }
                    BatchNormalization.forward(
                        block.slice, gamma: block.gamma, beta: block.beta, &x, into: &z,
                        BatchNormalization.Statistics(mean: mean, variance: variance, inverse: inverse), on: level)
                }
            }
        }
    }
}
