import Kernels
import Specs

/// Where one dense layer's parameters lie in the flat array: block by block, each a kernel slice (inputs, block width)
/// followed by the block's biases, and where there is batch normalization its γ and β (block width each).
///
/// It has no references in it: workers look it up for each block, and would count them together.
struct DenseShape: Sendable {
    /// The network's layer, from which its random numbers follow.
    let index: Int
    /// Its place in its stack.
    let position: Int
    let inputs: Int
    let units: UnitBlocks
    /// Start of the layer in the flat array.
    let offset: Int
    let activation: ActivationKernel
    let isNormalized: Bool
    /// Whether it isn't the output layer.
    let isHidden: Bool
    /// Number of the variables that have one value for each unit: the biases, and γ and β where there are any.
    let vectors: Int

    init(_ facts: LayerFacts, position: Int, offset: Int) {
        index = facts.index
        self.position = position
        inputs = facts.kernel.inputs
        units = UnitBlocks(units: facts.kernel.units)
        self.offset = offset
        activation = facts.activationKernel
        isNormalized = facts.isNormalized
        isHidden = !facts.isOutput
        vectors = facts.vectors.count
    }

    var floats: Int { (inputs + vectors) * units.stride }

    func kernelOffset(_ block: UnitBlocks.Block) -> Int {
        offset + (inputs + vectors) * block.start
    }

    func biasOffset(_ block: UnitBlocks.Block) -> Int { vectorOffset(0, block) }
    func gammaOffset(_ block: UnitBlocks.Block) -> Int { vectorOffset(1, block) }
    func betaOffset(_ block: UnitBlocks.Block) -> Int { vectorOffset(2, block) }

    /// Where the block's part of one of its vectors lies.
    func vectorOffset(_ index: Int, _ block: UnitBlocks.Block) -> Int {
        kernelOffset(block) + (inputs + index) * block.width
    }

    /// Its trainable variables, in Keras's order. Their ranges cover the layer's part of the flat array.
    ///
    /// - Parameter vectors: the names of those that have one value for each unit, in their order in the flat array.
    func variables(_ vectors: [String]) -> [Variable] {
        func range(_ start: Int, _ count: Int) -> Range<Int> { start..<(start + count) }
        let kernel = Variable(
            name: "\(index).kernel", layer: index, role: .kernel(rows: inputs, columns: units.units),
            ranges: units.blocks.map { range(kernelOffset($0), inputs * $0.width) })
        return [kernel]
            + vectors.enumerated().map { number, name in
                Variable(
                    name: "\(index).\(name)", layer: index, role: .vector(units: units.units),
                    ranges: units.blocks.map { range(vectorOffset(number, $0), $0.width) })
            }
    }

    /// A block's parameters.
    func parameterBlock(_ block: UnitBlocks.Block, staysWithWorker: Bool) -> ParameterBlock {
        let start = kernelOffset(block)
        return ParameterBlock(
            layer: index, kernel: start..<(start + inputs * block.width), rows: inputs, width: block.width,
            floats: (inputs + vectors) * block.width, staysWithWorker: staysWithWorker)
    }
}
