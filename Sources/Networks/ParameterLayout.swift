import Kernels
import Specs

/// Where one layer's parameters lie in the flat array: block by block, each a kernel slice (inputs, block width)
/// followed by the block's biases, and where there is batch normalization its γ and β (block width each).
struct DenseShape {
    let index: Int
    let inputs: Int
    let units: UnitBlocks
    /// Start of the layer in the flat array.
    let offset: Int
    let activation: ActivationKernel
    let isNormalized: Bool
    /// Whether it isn't the output layer.
    let isHidden: Bool

    /// The names of the variables that have one value for each unit, in their order in the flat array.
    let vectors: [String]
    /// The tensors that are state but not parameters: the mean and the variance that inference uses.
    let statisticsNames: [String]
    var floats: Int { (inputs + vectors.count) * units.stride }

    func kernelOffset(_ block: UnitBlocks.Block) -> Int {
        offset + (inputs + vectors.count) * block.start
    }

    func biasOffset(_ block: UnitBlocks.Block) -> Int { vectorOffset(0, block) }
    func gammaOffset(_ block: UnitBlocks.Block) -> Int { vectorOffset(1, block) }
    func betaOffset(_ block: UnitBlocks.Block) -> Int { vectorOffset(2, block) }

    /// Where the block's part of one of `vectors` lies.
    func vectorOffset(_ index: Int, _ block: UnitBlocks.Block) -> Int {
        kernelOffset(block) + (inputs + index) * block.width
    }
}

/// The flat array that holds every parameter of a network, and, each in an array of the same layout, the gradients and
/// the optimizer's moments. An optimizer is then one loop over ranges.
struct ParameterLayout {
    let layers: [DenseShape]
    let count: Int

    init(_ spec: NetworkSpec) {
        var offset = 0
        var layers: [DenseShape] = []
        for facts in spec.layers {
            let layer = DenseShape(
                index: facts.index, inputs: facts.kernel.inputs, units: UnitBlocks(units: facts.kernel.units),
                offset: offset, activation: facts.activationKernel, isNormalized: facts.isNormalized,
                isHidden: !facts.isOutput, vectors: facts.vectors.map(\.name),
                statisticsNames: facts.variables.filter { !$0.isTrainable }.map(facts.tensorName))
            offset += layer.floats
            layers.append(layer)
        }
        self.layers = layers
        count = offset
    }

    /// Names of all tensors in Keras's order, the moving statistics among them.
    var allNames: [String] {
        layers.flatMap { layer in (tensors(of: layer).map(\.name)) + layer.statisticsNames }
    }

    /// Name and shape of all tensors, the moving statistics among them.
    var allShapes: [String: [Int]] {
        layers.reduce(into: shapes) { shapes, layer in
            for name in layer.statisticsNames { shapes[name] = [layer.units.units] }
        }
    }

    /// The array's values as tensors in Keras's order, without the blocks' padding.
    func tensors(of flat: UnsafePointer<Float>) -> [Tensor] {
        layers.flatMap { layer in
            self.tensors(of: layer).map { name, shape, firstRow in
                let units = layer.units.units
                var values = [Float](repeating: 0, count: shape.reduce(1, *))
                forEachUnitRun(of: layer, firstRow: firstRow, rows: values.count / units) { source, row, columns in
                    for (step, column) in columns.enumerated() { values[row * units + column] = flat[source + step] }
                }
                return Tensor(name: name, shape: shape, values: values)
            }
        }
    }

    /// Writes tensors into the array; the padding is left alone. Throws before anything is written.
    func store(_ tensors: [Tensor], into flat: UnsafeMutablePointer<Float>) throws(TensorError) {
        let byName = try Tensor.values(of: tensors, expected: shapes)
        for layer in layers {
            for (name, _, firstRow) in self.tensors(of: layer) {
                guard let values = byName[name] else { continue }
                let units = layer.units.units
                forEachUnitRun(of: layer, firstRow: firstRow, rows: values.count / units) { target, row, columns in
                    for (step, column) in columns.enumerated() { flat[target + step] = values[row * units + column] }
                }
            }
        }
    }

    /// Throws where the tensors are not exactly this layout's.
    func check(_ tensors: [Tensor]) throws(TensorError) {
        _ = try Tensor.values(of: tensors, expected: shapes)
    }

    /// Name and shape of every tensor.
    var shapes: [String: [Int]] {
        layers.reduce(into: [:]) { shapes, layer in
            for (name, shape, _) in tensors(of: layer) { shapes[name] = shape }
        }
    }

    /// A layer's tensors, and at which row of a block each begins.
    private func tensors(of layer: DenseShape) -> [(name: String, shape: [Int], firstRow: Int)] {
        let units = layer.units.units
        return [("\(layer.index).kernel", [layer.inputs, units], 0)]
            + layer.vectors.enumerated().map { ("\(layer.index).\($1)", [units], layer.inputs + $0) }
    }

    /// Calls `body` with every contiguous run of a tensor: its place in the flat array, the tensor's row and the units.
    private func forEachUnitRun(
        of layer: DenseShape, firstRow: Int, rows: Int, _ body: (_ place: Int, _ row: Int, _ units: Range<Int>) -> Void
    ) {
        for block in layer.units.blocks {
            let units = block.start..<min(block.start + block.width, layer.units.units)
            for row in 0..<rows {
                body(layer.kernelOffset(block) + (firstRow + row) * block.width, row, units)
            }
        }
    }
}
