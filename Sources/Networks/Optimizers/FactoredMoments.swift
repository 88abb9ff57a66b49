import Kernels

/// The state of Adafactor: for a kernel (inputs, units) the means of g² over each row and each column, for a vector the
/// mean of each g². The sums are made block by block and then in the blocks' order, so that no bit depends on the
/// number of threads.
final class FactoredMoments {
    /// The moments of one variable.
    private struct Part {
        let name: String
        let rows: Int
        let columns: Int
        let isKernel: Bool
        /// Means over each row (rows); none of a vector.
        let rowMeans: AlignedBuffer<Float>
        /// Means over each column, or a vector's squares (columns, with the blocks' padding).
        let columnMeans: AlignedBuffer<Float>
        /// √(mean of the row means / row mean) of each row.
        let rowFactors: AlignedBuffer<Float>
        /// 1/√(column mean) of each column.
        let columnFactors: AlignedBuffer<Float>
        /// Σg² of each row within each block (blocks, rows), and of each column (columns, with padding).
        let rowSums: AlignedBuffer<Double>
        let columnSums: AlignedBuffer<Double>
        /// Where each block's columns begin.
        let starts: [Int]
    }

    private let parts: [Part]

    init(_ variables: [Variable]) {
        parts = variables.map { variable in
            let rows = if case .kernel(let rows, _) = variable.role { rows } else { 0 }
            let stride = variable.stride
            let columns = variable.isKernel ? stride : 0
            return Part(
                name: variable.name, rows: rows, columns: variable.columns, isKernel: variable.isKernel,
                rowMeans: AlignedBuffer(count: rows), columnMeans: AlignedBuffer(count: stride),
                rowFactors: AlignedBuffer(count: rows), columnFactors: AlignedBuffer(count: columns),
                rowSums: AlignedBuffer(count: rows * variable.ranges.count), columnSums: AlignedBuffer(count: columns),
                starts: variable.ranges.indices.map(variable.start(ofBlock:)))
        }
    }

    static func bytes(_ layers: [LayerSize]) -> Int {
        layers.reduce(0) { sum, layer in
            let blocks = UnitBlocks.count(units: layer.units)
            return sum.plus(layer.inputs.times(8 + 8 * blocks)).plus(layer.stride.times(16 + 4 * layer.vectors))
        }
    }

    /// Adds a block of a kernel's gradient (rows, width) to the sums.
    func add(_ gradient: UnsafePointer<Float>, variable: Int, block: Int, width: Int) {
        let part = parts[variable]
        OptimizerKernels.factorSums(
            rows: part.rows, width: width, gradient, rowSums: part.rowSums.pointer + block * part.rows,
            columnSums: part.columnSums.pointer + part.starts[block])
    }

    /// A block of a vector's gradient becomes g/√v.
    func direct(
        _ gradient: UnsafeMutablePointer<Float>, variable: Int, block: Int, width: Int, kept: Double, epsilon: Double
    ) {
        let part = parts[variable]
        OptimizerKernels.adafactorVector(
            count: width, gradient, part.columnMeans.pointer + part.starts[block], kept: kept, fresh: 1 - kept,
            epsilon: epsilon)
    }

    /// Forms every kernel's means and factors, once all blocks are in.
    ///
    /// - Parameters:
    ///   - kept: β2 of this step.
    ///   - epsilon: added to every g².
    func finish(kept: Double, epsilon: Double) {
        for part in parts where part.isKernel {
            func mean(_ old: Float, _ sum: Double, _ count: Int) -> Float {
                Float(kept * Double(old) + (1 - kept) * (sum / Double(count) + epsilon))
            }
            var all = 0.0
            for row in 0..<part.rows {
                let sum = part.starts.indices.reduce(0.0) { $0 + part.rowSums.pointer[$1 * part.rows + row] }
                part.rowMeans.pointer[row] = mean(part.rowMeans.pointer[row], sum, part.columns)
                all += Double(part.rowMeans.pointer[row])
            }
            all /= Double(part.rows)
            // Two factors in place of v: the product of two small means would be 0, and Keras divides by it.
            for row in 0..<part.rows {
                part.rowFactors.pointer[row] = Float((all / Double(part.rowMeans.pointer[row])).squareRoot())
            }
            for column in 0..<part.columns {
                let value = mean(part.columnMeans.pointer[column], part.columnSums.pointer[column], part.rows)
                part.columnMeans.pointer[column] = value
                part.columnFactors.pointer[column] = Float(1 / Double(value).squareRoot())
            }
        }
    }

    /// A block of a kernel's gradient (rows, width) becomes g/√v.
    func direct(_ gradient: UnsafeMutablePointer<Float>, variable: Int, block: Int, width: Int) {
        let part = parts[variable]
        OptimizerKernels.factoredDirection(
            rows: part.rows, width: width, gradient, rowFactors: part.rowFactors.pointer,
            columnFactors: part.columnFactors.pointer + part.starts[block])
    }

    // MARK: - As tensors

    /// The rows' means of the kernels, then all of the columns' means and the vectors' squares; each has its variable's
    /// name.
    var tensors: [[Tensor]] {
        [
            parts.filter(\.isKernel).map { Self.tensor($0.name, $0.rowMeans, $0.rows) },
            parts.map { Self.tensor($0.name, $0.columnMeans, $0.columns) },
        ]
    }

    private static func tensor(_ name: String, _ buffer: AlignedBuffer<Float>, _ count: Int) -> Tensor {
        Tensor(name: name, shape: [count], values: (0..<count).map { buffer.pointer[$0] })
    }

    /// Sets the moments to what `tensors` returned; throws before anything is written.
    func store(_ lists: [[Tensor]]) throws(TensorError) {
        let values = try values(lists)
        for part in parts {
            for (list, buffer) in zip(values, [part.rowMeans, part.columnMeans]) {
                for (place, value) in (list[part.name] ?? []).enumerated() { buffer.pointer[place] = value }
            }
        }
    }

    private func values(_ lists: [[Tensor]]) throws(TensorError) -> [[String: [Float]]] {
        var values: [[String: [Float]]] = []
        for (list, own) in zip(lists, tensors) {
            let shapes = Dictionary(uniqueKeysWithValues: own.map { ($0.name, $0.shape) })
            values.append(try Tensor.values(of: list, expected: shapes))
        }
        return values
    }
}
