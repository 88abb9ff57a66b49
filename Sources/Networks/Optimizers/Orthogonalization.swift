import Kernels
import Specs

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
        for kernel in variables where kernel.isKernel {
            most = max(most, kernel.rows * kernel.stride)
            side = max(side, min(kernel.rows, kernel.columns))
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

    /// Multiplications of all its steps.
    static func multiplications(of kernel: KernelShape) -> Double {
        let small = Double(min(kernel.inputs, kernel.units))
        let large = Double(max(kernel.inputs, kernel.units))
        return Double(steps) * (2 * large * small * small + small * small * small)
    }

    /// Orthogonalizes a kernel in a flat array of the parameters' layout, in place.
    ///
    /// - Parameter norm: the kernel's Frobenius norm.
    func apply(to flat: UnsafeMutablePointer<Float>, _ kernel: Variable, norm: Double, pool: WorkerPool) {
        let scale = Float(1 / (norm + 1e-7))
        copyBlocks(kernel, flat) { values, width, row in
            row.update(from: values, count: width)
            OptimizerKernels.scale(count: width, row, by: scale)
        }
        for _ in 0..<Self.steps { iterate(kernel, pool) }
        copyBlocks(kernel, flat) { values, width, row in values.update(from: row, count: width) }
    }

    /// Calls `body` with each row of each block: its values in the flat array, how many, and its place in the matrix.
    private func copyBlocks(
        _ kernel: Variable, _ flat: UnsafeMutablePointer<Float>,
        _ body: (_ values: UnsafeMutablePointer<Float>, _ width: Int, _ row: UnsafeMutablePointer<Float>) -> Void
    ) {
        for (number, range) in kernel.ranges.enumerated() {
            let (width, start) = (kernel.width(ofBlock: number), kernel.start(ofBlock: number))
            for row in 0..<kernel.rows {
                body(flat + range.lowerBound + row * width, width, x.pointer + row * kernel.stride + start)
            }
        }
    }

    private func iterate(_ kernel: Variable, _ pool: WorkerPool) {
        let (inputs, units, stride) = (kernel.rows, kernel.columns, kernel.stride)
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
