extension NetworkSpec {
    /// What one image is before the first layer.
    public var input: Shape { Shape(units: inputs) }

    /// The facts of every layer, first to last; the last is the output layer.
    public var layers: [LayerFacts] {
        var input = input
        return (0...hidden.count).map { index in
            let layer = facts(of: index, input: input)
            input = layer.output
            return layer
        }
    }

    /// The layer that reads the pixels: the first hidden one, or the output layer where there is none.
    public var firstLayer: LayerFacts { facts(of: 0, input: input) }

    /// The layer that gives the classes' probabilities.
    public var outputLayer: LayerFacts { layers[hidden.count] }

    private func facts(of index: Int, input: Shape) -> LayerFacts {
        guard hidden.indices.contains(index) else {
            return LayerFacts(
                index: index, isOutput: true, input: input, output: Shape(units: classes),
                parts: [.dense, .activation(Activation(.softmax))], word: "\(classes)")
        }
        let layer = hidden[index]
        return LayerFacts(
            index: index, isOutput: false, input: input, output: Shape(units: layer.units), parts: layer.parts,
            word: layer.word)
    }

    /// Values of one image from the input to the output: `[784, 200, 10]`.
    public var widths: [Int] { [input.count] + layers.map(\.output.count) }

    /// Units of all hidden layers.
    public var hiddenUnits: Int { LayerVariable.count(hidden.reduce(0.0) { $0 + Double($1.units) }) }

    /// Trainable parameters of all layers, 2⁵⁰ at most.
    public var parameterCount: Int { sum(\.parameters) }

    /// Bytes of all weights in single precision, moving statistics among them; at most those of 2⁵⁰ values.
    public var weightBytes: Int { 4 * LayerVariable.count(Double(sum(\.parameters)) + Double(sum(\.kept))) }

    /// Multiplications and additions of the kernels' products for one image in a training step where no zero is skipped:
    /// two for each multiply-add. 2⁵⁰ at most.
    public var trainingOperations: Int {
        LayerVariable.count(2 * layers.reduce(0.0) { $0 + Double($1.trainingMultiplyAdds) })
    }

    private func sum(_ ofLayer: (LayerFacts) -> Int) -> Int {
        LayerVariable.count(layers.reduce(0.0) { $0 + Double(ofLayer($1)) })
    }

    /// The network without hidden layers that has the ends of a chain of kernels.
    ///
    /// - Parameter kernels: of all layers, in order.
    /// - Returns: nil where they are no network's: there is no kernel, no input, or a number of classes that no data set
    ///   has.
    public static func ends(of kernels: [KernelShape]) -> NetworkSpec? {
        guard let inputs = kernels.first?.inputs, let classes = kernels.last?.units, inputs > 0,
            SpecRules.classesRange.contains(classes)
        else { return nil }
        return NetworkSpec(inputs: inputs, hidden: [], classes: classes)
    }
}
