import Kernels

/// Where one Dense layer's parameters lie in the flat array: block by block, each a kernel slice (inputs, block
/// width) followed by the block's biases (block width).
struct DenseShape {
    let index: Int
    let inputs: Int
    let units: UnitBlocks
    /// Start of the layer in the flat array.
    let offset: Int
    let activation: ActivationKernel

    var floats: Int { (inputs + 1) * units.stride }

    func kernelOffset(_ block: UnitBlocks.Block) -> Int {
        offset + (inputs + 1) * block.start
    }

    func biasOffset(_ block: UnitBlocks.Block) -> Int {
        kernelOffset(block) + inputs * block.width
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
        let activations = spec.hidden.map(\.activation.kernel) + [.linear]
        for (index, (inputs, units)) in zip(spec.widths, spec.widths.dropFirst()).enumerated() {
            let layer = DenseShape(
                index: index, inputs: inputs, units: UnitBlocks(units: units), offset: offset,
                activation: activations[index])
            offset += layer.floats
            layers.append(layer)
        }
        self.layers = layers
        count = offset
    }

    /// Names of the tensors in the usual order.
    var names: [String] { layers.flatMap { ["\($0.index).kernel", "\($0.index).bias"] } }

    /// The array's values as tensors in the usual order, without the blocks' padding.
    func tensors(of flat: UnsafePointer<Float>) -> [Tensor] {
        layers.flatMap { layer -> [Tensor] in
            let units = layer.units.units
            var kernel = [Float](repeating: 0, count: layer.inputs * units)
            var bias = [Float](repeating: 0, count: units)
            forEachUnitRun(of: layer) { source, row, columns in
                for (step, column) in columns.enumerated() {
                    if row < layer.inputs {
                        kernel[row * units + column] = flat[source + step]
                    } else {
                        bias[column] = flat[source + step]
                    }
                }
            }
            return [
                Tensor(name: "\(layer.index).kernel", shape: [layer.inputs, units], values: kernel),
                Tensor(name: "\(layer.index).bias", shape: [units], values: bias),
            ]
        }
    }

    /// Writes tensors into the array; the padding is left alone. Throws before anything is written.
    func store(_ tensors: [Tensor], into flat: UnsafeMutablePointer<Float>) throws(TensorError) {
        let byName = try checked(tensors)
        for layer in layers {
            let units = layer.units.units
            guard let kernel = byName["\(layer.index).kernel"], let bias = byName["\(layer.index).bias"] else {
                continue
            }
            forEachUnitRun(of: layer) { target, row, columns in
                for (step, column) in columns.enumerated() {
                    flat[target + step] = row < layer.inputs ? kernel[row * units + column] : bias[column]
                }
            }
        }
    }

    /// Throws where the tensors are not exactly this layout's.
    func check(_ tensors: [Tensor]) throws(TensorError) {
        _ = try checked(tensors)
    }

    private func checked(_ tensors: [Tensor]) throws(TensorError) -> [String: [Float]] {
        var byName: [String: [Float]] = [:]
        var expected: [String: [Int]] = [:]
        for layer in layers {
            expected["\(layer.index).kernel"] = [layer.inputs, layer.units.units]
            expected["\(layer.index).bias"] = [layer.units.units]
        }
        for tensor in tensors {
            guard let shape = expected[tensor.name] else { throw .unexpected(name: tensor.name) }
            guard tensor.shape == shape else {
                throw .shape(name: tensor.name, expected: shape, found: tensor.shape)
            }
            let count = shape.reduce(1, *)
            guard tensor.values.count == count else {
                throw .count(name: tensor.name, expected: count, found: tensor.values.count)
            }
            byName[tensor.name] = tensor.values
        }
        for name in expected.keys.sorted() where byName[name] == nil { throw .missing(name: name) }
        return byName
    }

    /// Calls `body` with every contiguous run of a layer: its place in the flat array, the kernel's row (`inputs` for
    /// the biases) and the units.
    private func forEachUnitRun(of layer: DenseShape, _ body: (_ place: Int, _ row: Int, _ units: Range<Int>) -> Void) {
        for block in layer.units.blocks {
            let units = block.start..<min(block.start + block.width, layer.units.units)
            for row in 0...layer.inputs {
                body(layer.kernelOffset(block) + row * block.width, row, units)
            }
        }
    }
}

extension Activation {
    /// The vector loops of this activation.
    package var kernel: ActivationKernel {
        switch self {
        case .linear: .linear
        case .relu: .relu
        case .leakyRelu: .leakyRelu
        case .elu: .elu
        case .gelu: .gelu
        case .sigmoid: .sigmoid
        case .tanh: .tanh
        case .softplus: .softplus
        case .silu: .silu
        }
    }
}
