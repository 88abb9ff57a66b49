import Kernels
import Reports
import Specs
import Training

/// Times OpenBLAS alone on the matrix products of a training step: the time of a step without any other work.
struct ProductBench {
    /// c (m, n) = a (m, k) · b (k, n), either of them stored transposed.
    private struct Product {
        var (m, n, k): (Int, Int, Int)
        var (transposeA, transposeB) = (false, false)
        /// Multiplications and additions.
        var operations: Int { 2 * m * n * k }

        init(_ m: Int, _ n: Int, _ k: Int, transposeA: Bool = false, transposeB: Bool = false) {
            (self.m, self.n, self.k) = (m, n, k)
            (self.transposeA, self.transposeB) = (transposeA, transposeB)
        }
    }

    private let products: [Product]
    private let threads: Int
    private let pool: WorkerPool
    private let operands: [[AlignedBuffer<Float>]]

    /// Times of the products in an epoch's steps, beside the training pass.
    static func table(beside entry: BenchReport.Entry, _ spec: ExperimentSpec) -> String {
        let bench = ProductBench(spec.network, batch: entry.batch, threads: entry.threads)
        let steps = Double(entry.rows) / Double(entry.batch)
        let rounds = max(5, roundsOperations / bench.operations)
        let training = entry.epochSeconds.min() ?? .nan
        let ways = [
            ("OpenBLAS on its own threads", steps * bench.ownThreads(rounds: rounds)),
            ("OpenBLAS on the workers", steps * bench.onWorkers(rounds: rounds)), ("training", training),
        ]
        let rows = ways.map { name, seconds in
            [
                name, FigureText.fixed(seconds, 4),
                FigureText.fixed(steps * Double(bench.operations) / seconds / 1e9, 1),
                "\(FigureText.fixed(100 * seconds / training, 0)) %",
            ]
        }
        return TextTable.text([[entry.net, "least s", "GFLOP/s", "training's speed"]] + rows, rightAligned: [1, 2, 3])
    }

    /// All rounds take about this many operations together, less than a second.
    private static let roundsOperations = 100_000_000_000

    /// Each layer's forward product, the gradient by its kernel, and by its inputs where they are another layer's.
    private static func products(of network: NetworkSpec, batch: Int) -> [Product] {
        network.layers.filter { $0.multiplyAdds > 0 }.flatMap { layer in
            let (inputs, units) = (layer.kernel.inputs, layer.kernel.units)
            let forward = Product(batch, units, inputs)
            let kernel = Product(inputs, units, batch, transposeA: true)
            return [forward, kernel] + (layer.index > 0 ? [Product(batch, inputs, units, transposeB: true)] : [])
        }
    }

    private init(_ network: NetworkSpec, batch: Int, threads: Int) {
        MatrixProducts.prepare()
        products = Self.products(of: network, batch: batch)
        self.threads = threads
        pool = WorkerPool(threads: threads)
        var generator = SeededGenerator(seed: 1)
        operands = products.map { product in
            [product.m * product.k, product.k * product.n, product.m * product.n].map { count in
                let values = AlignedBuffer<Float>(count: count)
                for index in 0..<count { values.pointer[index] = generator.uniform() - 0.5 }
                return values
            }
        }
    }

    private var operations: Int { products.reduce(0) { $0 + $1.operations } }

    /// The least time of a step's products on OpenBLAS's own threads, in seconds.
    private func ownThreads(rounds: Int) -> Double {
        MatrixProducts.withLibraryThreads(threads) { least(rounds) { index in multiply(index, part: 0, of: 1) } }
    }

    /// The least time where each worker computes its part of every product with OpenBLAS, in seconds: parts of the rows
    /// where the batch has enough, else of the columns.
    private func onWorkers(rounds: Int) -> Double {
        least(rounds) { index in pool.run { worker in multiply(index, part: worker, of: threads) } }
    }

    private func least(_ rounds: Int, _ product: (_ index: Int) -> Void) -> Double {
        let clock = ContinuousClock()
        let times = (0..<rounds).map { _ in clock.measure { products.indices.forEach(product) } }
        return (times.min() ?? .zero).seconds
    }

    private func multiply(_ index: Int, part: Int, of parts: Int) {
        let product = products[index]
        let (a, b, c) = (operands[index][0].pointer, operands[index][1].pointer, operands[index][2].pointer)
        // The gradient by a kernel sums over the batch, and its columns are divided.
        let count = product.transposeA ? product.n : product.m
        let range = (count * part / parts)..<(count * (part + 1) / parts)
        let (row, column) = product.transposeA ? (0, range.lowerBound) : (range.lowerBound, 0)
        MatrixProducts.multiply(
            m: product.transposeA ? product.m : range.count, n: product.transposeA ? range.count : product.n,
            k: product.k, a + row * product.k, stride: product.transposeA ? product.m : product.k,
            transposeA: product.transposeA, b + column, stride: product.transposeB ? product.k : product.n,
            transposeB: product.transposeB, into: c + row * product.n + column, stride: product.n)
    }
}
