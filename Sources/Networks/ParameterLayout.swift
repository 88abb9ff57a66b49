import Kernels
import Specs

/// The flat array that holds every parameter of a network, and, each in an array of the same layout, the gradients and
/// the optimizer's moments. An optimizer is then one loop over ranges.
struct ParameterLayout {
    /// Every trainable variable, in Keras's order. Their ranges cover the array.
    let variables: [Variable]
    let count: Int

    init(_ stages: [any Stage]) {
        variables = stages.flatMap(\.variables)
        count = variables.flatMap(\.ranges).map(\.upperBound).max() ?? 0
    }

    /// The array's values as tensors in Keras's order, without the blocks' padding.
    func tensors(of flat: UnsafePointer<Float>) -> [Tensor] {
        variables.map { variable in
            var values = [Float](repeating: 0, count: variable.count)
            forEachRun(of: variable) { place, start, count in
                for step in 0..<count { values[start + step] = flat[place + step] }
            }
            return Tensor(name: variable.name, shape: variable.shape, values: values)
        }
    }

    /// Writes tensors into the array; the padding is left alone. Throws before anything is written.
    func store(_ tensors: [Tensor], into flat: UnsafeMutablePointer<Float>) throws(TensorError) {
        let byName = try Tensor.values(of: tensors, expected: shapes)
        for variable in variables {
            guard let values = byName[variable.name] else { continue }
            forEachRun(of: variable) { place, start, count in
                for step in 0..<count { flat[place + step] = values[start + step] }
            }
        }
    }

    /// Throws where the tensors are not exactly this layout's.
    func check(_ tensors: [Tensor]) throws(TensorError) {
        _ = try Tensor.values(of: tensors, expected: shapes)
    }

    /// Name and shape of every tensor.
    private var shapes: [String: [Int]] {
        variables.reduce(into: [:]) { shapes, variable in shapes[variable.name] = variable.shape }
    }

    /// Calls `body` with every contiguous run of a variable: its place in the flat array, and in the tensor.
    private func forEachRun(of variable: Variable, _ body: (_ place: Int, _ start: Int, _ count: Int) -> Void) {
        for (number, range) in variable.ranges.enumerated() {
            let width = variable.width(ofBlock: number)
            let column = variable.start(ofBlock: number)
            let count = min(width, variable.columns - column)
            for row in 0..<variable.rows {
                body(range.lowerBound + row * width, row * variable.columns + column, count)
            }
        }
    }
}

extension NetworkSpec {
    /// The names of all tensors, layer by layer, in the order of Keras's `get_weights`.
    package var tensorNames: [String] { layers.flatMap { layer in layer.variables.map(layer.tensorName) } }

    /// Name and shape of all tensors, the moving statistics among them.
    var tensorShapes: [String: [Int]] {
        layers.reduce(into: [:]) { shapes, layer in
            for variable in layer.variables { shapes[layer.tensorName(variable)] = variable.shape }
        }
    }

    /// The tensors in the network's order: layer by layer, the kernel first.
    ///
    /// - Throws: where they are not exactly the weights of such a network: a name missing, unknown, or of another
    ///   shape.
    package func ordered(_ tensors: [Tensor]) throws(TensorError) -> [Tensor] {
        _ = try Tensor.values(of: tensors, expected: tensorShapes)
        return tensorNames.compactMap { name in tensors.first { $0.name == name } }
    }
}
