import Kernels

/// Muon's Newton–Schulz iteration: five steps that draw all singular values of a matrix towards 1.
///
/// For X (inputs, units) with at least as many inputs as units, A = XᵀX and X ← aX + X(bA + cA²); for a wide one A = XXᵀ
/// and X ← aX + (bA + cA²)X. Source: Keras's Muon, which transposes a tall matrix instead.
final class Orthogonalization {
    private static let steps = 5
    private static let (a, b, c): (Float, Float, Float) = (3.4445, -4.7750, 2.0315)
    /// Rows of a product that one worker makes in one call: fixed, so that no bit depends on the number of threads.
    private static let part = 64

    /// (inputs, units' stride), read and written in turn.
    private var x: AlignedBuffer<Float>
    private var next: AlignedBuffer<Float>
    /// (side, side) with side the smaller one of inputs and units.
    private let gram: AlignedBuffer<Float>
    private let polynomial: AlignedBuffer<Float>

    /// Makes room for the largest kernel.
    init(_ variables: [Variable]) {
        var most = 0
        var side = 0
        for case .kernel(let rows, let columns) in variables.map(\.role) {
            most = max(most, rows * UnitBlocks(units: columns).stride)
            side = max(side, min(rows, columns))
        }
        x = AlignedBuffer(count: most)
        next = AlignedBuffer(count: most)
        gram = AlignedBuffer(count: side * side)
        polynomial = AlignedBuffer(count: side * side)
    }

    /// The bytes that the matrices take.
    static func bytes(_ layers: [LayerSize]) -> Int {
        let most = layers.map { $0.inputs.times($0.stride) }.max() ?? 0
        let side = layers.map { min($0.inputs, $0.units) }.max() ?? 0
        return most.plus(side.times(side)).times(2).times(4)
    }

    /// Orthogonalizes a kernel in a flat array of the parameters' layout, in place.
    ///
    /// - Parameter norm: the kernel's Frobenius norm.
    func apply(to flat: UnsafeMutablePointer<Float>, _ shape: DenseShape, norm: Double, pool: WorkerPool) {
        let scale = Float(1 / (norm + 1e-7))
        copyBlocks(shape) { row, block, matrix in
            let source = flat + shape.kernelOffset(block) + row * block.width
            (matrix + block.start).update(from: source, count: block.width)
            OptimizerKernels.scale(count: block.width, matrix + block.start, by: scale)
        }
        for _ in 0..<Self.steps { iterate(shape, pool) }
        copyBlocks(shape) { row, block, matrix in
            (flat + shape.kernelOffset(block) + row * block.width).update(
                from: matrix + block.start, count: block.width)
        }
    }

    private func copyBlocks(
        _ shape: DenseShape,
        _ body: (_ row: Int, _ block: UnitBlocks.Block, _ matrix: UnsafeMutablePointer<Float>) -> Void
    ) {
        for block in shape.units.blocks {
            for row in 0..<shape.inputs { body(row, block, x.pointer + row * shape.units.stride) }
        }
    }

    private func iterate(_ shape: DenseShape, _ pool: WorkerPool) {
        let (inputs, units, stride) = (shape.inputs, shape.units.units, shape.units.stride)
        let isTall = inputs > units
        let side = min(inputs, units)
        let (x, next, gram, polynomial) = (x.pointer, next.pointer, gram.pointer, polynomial.pointer)
        inParts(of: side, cost: inputs * units * side, pool) { rows in
            MatrixProducts.multiply(
                m: rows.count, n: side, k: max(inputs, units), x + rows.lowerBound * (isTall ? 1 : stride),
                stride: stride, transposeA: isTall, x, stride: stride, transposeB: !isTall,
                into: gram + rows.lowerBound * side, stride: side)
        }
        inParts(of: side, cost: side * side * side, pool) { rows in
            let place = rows.lowerBound * side
            (polynomial + place).update(from: gram + place, count: rows.count * side)
            MatrixProducts.multiply(
                m: rows.count, n: side, k: side, gram + place, stride: side, gram, stride: side, factor: Self.c,
                keep: Self.b, into: polynomial + place, stride: side)
        }
        inParts(of: inputs, cost: inputs * units * side, pool) { rows in
            let place = rows.lowerBound * stride
            (next + place).update(from: x + place, count: rows.count * stride)
            MatrixProducts.multiply(
                m: rows.count, n: units, k: side,
                isTall ? x + place : polynomial + rows.lowerBound * side, stride: isTall ? stride : side,
                isTall ? polynomial : x, stride: isTall ? side : stride, keep: Self.a, into: next + place,
                stride: stride)
        }
        swap(&self.x, &self.next)
    }

    private func inParts(of rows: Int, cost: Int, _ pool: WorkerPool, _ body: (Range<Int>) -> Void) {
        let parts = (rows + Self.part - 1) / Self.part
        pool.run(inParallel: PhaseCost.isWorthSharing(PhaseCost.products(cost), grains: parts)) { worker in
            for number in pool.share(of: parts, worker: worker) {
                body((number * Self.part)..<min((number + 1) * Self.part, rows))
            }
        }
    }
}
