import DataFormats
import Datasets
import Interchange
import Kernels
import Networks
import Reports
import Specs
import Training

/// A trained network, or the mean of several, as an ONNX file, for inference: pixel bytes in, probabilities out.
///
/// Its input `images` has the shape (batch, pixels), float32, each value a pixel's byte, 0 to 255: the scaling is part
/// of the network. Its output `probabilities` has the shape (batch, classes). Noise and dropout, which act only in
/// training, are left out. The weights have their names: `0.kernel`, `0.bias`, …; those of several networks begin with the
/// network's number, from 1: `1/0.kernel`.
package struct ONNXModel {
    /// The size of the images; nil where it is not known, so that no form of the ink can be computed.
    private let shape: ImageShape?
    /// A network with the map from pixel bytes to its inputs; the weights are in the spec's order.
    private typealias Part = (spec: ExperimentSpec, tensors: [Tensor], transform: InputTransform)

    /// One at least; all with the same inputs and classes.
    private let parts: [Part]
    /// How their probabilities become one, with shares whose sum is 1; nil for one network.
    private let mean: (kind: EnsembleMean, weights: [Double])?
    /// Names and values that are stored with the network, such as the data set's name.
    package let metadata: [(key: String, value: String)]

    /// The format version, of 2022, and its set of operations, the first one with Mish.
    private static let formatVersion = 8
    private static let operationSet = 18
    /// A message of Protocol Buffers is smaller than 2 GiB.
    package static let mostBytes = Int(Int32.max)

    /// - Parameters:
    ///   - tensors: the weights, in the spec's order.
    ///   - shape: of the images; without it the model takes images that are in the form of the ink already.
    package init(
        spec: ExperimentSpec, tensors: [Tensor], transform: InputTransform, shape: ImageShape? = nil,
        metadata: [(key: String, value: String)] = []
    ) {
        parts = [(spec, tensors, transform)]
        (mean, self.shape) = (nil, shape)
        self.metadata = metadata
    }

    /// The mean of several networks.
    ///
    /// - Parameter shape: of the images; without it the model takes images that are in the form of the ink already.
    package init(_ ensemble: Ensemble, shape: ImageShape?, metadata: [(key: String, value: String)] = []) {
        parts = ensemble.members.map { ($0.spec, $0.tensors, $0.transform) }
        mean = (ensemble.mean, ensemble.weights)
        self.shape = shape
        self.metadata = metadata
    }

    private var network: NetworkSpec { parts[0].spec.network }

    /// A warning for networks whose outputs in other programs differ by more than 1e-5; nil for all others. float32 has
    /// seven digits, so large sums lose small parts, and every program adds in another order. Where an activation has a
    /// jump, the last digit of a sum decides the side.
    ///
    /// - Parameter formsImages: whether the model brings images into the form of the ink itself.
    package static func remark(on spec: ExperimentSpec, formsImages: Bool = true) -> String? {
        let activations = spec.network.hidden.map(\.activation)
        let large =
            (spec.training.scale == .raw ? ["scale=raw"] : [])
            + (activations.contains { $0.kind == .exponential } ? ["exponential"] : [])
        var remarks: [String] = []
        if !large.isEmpty {
            remarks.append(
                "\(large.joined(separator: " and ")) makes large sums, which float32 rounds coarser: onnxruntime's "
                    + "probabilities can differ by more than 1e-5, as by 1e-4")
        }
        if let jumping = activations.first(where: \.jumps) {
            remarks.append(
                "\(jumping.word) jumps: where a sum is within rounding of the jump, onnxruntime can be on its other side, and "
                    + "the probabilities of that image can differ by more than 1e-5")
        }
        let forms = spec.training.words(of: [.deslant, .width])
        if InkForm(spec.training) != nil, !formsImages {
            remarks.append("the model takes images that were brought into form already (\(forms)): it does not do that")
        }
        return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
    }

    /// The file.
    package var bytes: [UInt8] {
        var model: ProtocolMessage = [
            1: .integer(Self.formatVersion), 2: .text("Trainspotter"), 3: .text(ProgramVersion.current),
            6: .text(description), 7: .message(graph),
            8: .message([2: .integer(Self.operationSet)]),
        ]
        for (key, value) in properties + metadata { model.append(14, .message([1: .text(key), 2: .text(value)])) }
        return model.bytes
    }

    /// The specs, and how several networks are averaged.
    private var properties: [(key: String, value: String)] {
        guard let mean else { return [(key: "spec", value: "\(parts[0].spec)")] }
        let specs = parts.enumerated().map { (key: "spec.\($0 + 1)", value: "\($1.spec)") }
        let weights = mean.weights.map { "\($0)" }.joined(separator: ", ")
        return specs + [(key: "mean", value: mean.kind.rawValue), (key: "weights", value: weights)]
    }

    private var description: String {
        let what =
            mean.map { "The \($0.kind.rawValue) mean of \(parts.count) multilayer perceptrons trained by Trainspotter" }
            ?? "A multilayer perceptron trained by Trainspotter: \(parts[0].spec)"
        return """
            \(what)

            Input images (batch, \(network.inputs)), float32: pixel bytes from 0 to 255, row by row; the network scales \
            them itself. Output probabilities (batch, \(network.classes)), float32.
            """
    }

    private var graph: ProtocolMessage {
        var graph = ONNXGraph()
        if let mean {
            average(mean.kind, mean.weights, &graph)
        } else {
            _ = layers(of: parts[0], prefix: "", output: "probabilities", &graph)
        }
        var message = ProtocolMessage()
        for node in graph.nodes { message.append(1, .message(node)) }
        message.append(2, .text("trainspotter"))
        for initializer in graph.initializers { message.append(5, .message(initializer)) }
        message.append(11, .message(Self.variable("images", width: network.input.count)))
        message.append(12, .message(Self.variable("probabilities", width: network.classes)))
        return message
    }

    /// Σ wₘ pₘ; or the softmax of Σ wₘ ln pₘ, with no p below the least that counts.
    private func average(_ kind: EnsembleMean, _ weights: [Double], _ graph: inout ONNXGraph) {
        var terms: [String] = []
        for (number, part) in parts.enumerated() {
            let prefix = "\(number + 1)/"
            var p = layers(of: part, prefix: prefix, output: prefix + "probabilities", &graph)
            graph.scope = prefix + "mean"
            if kind == .geometric {
                p = graph.node("Log", [graph.node("Max", [p, graph.constant(Double(EnsembleMean.least))])])
            }
            terms.append(graph.node("Mul", [p, graph.constant(weights[number])]))
        }
        graph.scope = "mean"
        switch kind {
        case .arithmetic: _ = graph.node("Sum", terms, output: "probabilities")
        case .geometric:
            _ = graph.node("Softmax", [graph.node("Sum", terms)], ["axis": .integer(-1)], output: "probabilities")
        }
    }

    /// Adds a network.
    ///
    /// - Parameters:
    ///   - prefix: the beginning of its names.
    ///   - output: the name of its probabilities.
    /// - Returns: that name.
    private func layers(
        of part: Part, prefix: String, output: String, _ graph: inout ONNXGraph
    ) -> String {
        for tensor in part.tensors {
            graph.initializer(prefix + tensor.name, shape: tensor.shape, values: tensor.values)
        }
        var x = "images"
        if let form = InkForm(part.spec.training), let shape {
            graph.scope = prefix + "form"
            x = graph.inkForm(form, shape, of: x)
        }
        graph.scope = prefix + "scaling"
        let transform = part.transform
        if transform.multiply != 1 { x = graph.node("Mul", [x, graph.constant(Double(transform.multiply))]) }
        if transform.add != 0 { x = graph.node("Add", [x, graph.constant(Double(transform.add))]) }
        for layer in part.spec.network.layers {
            graph.scope = "\(prefix)\(layer.index)"
            for part in layer.parts {
                let names = layer.variables(of: part).map { prefix + layer.tensorName($0) }
                switch part {
                case .dense: x = graph.node("Gemm", [x] + names)
                case .batchNormalization:
                    let epsilon = Double(BatchNormalization.epsilon)
                    x = graph.node("BatchNormalization", [x] + names, ["epsilon": .float(epsilon)])
                case .activation where layer.isOutput:
                    x = graph.node("Softmax", [x], ["axis": .integer(-1)], output: output)
                case .activation(let activation):
                    x = graph.activation(activation, of: x, units: layer.output.count)
                // Only in training.
                case .noise, .dropout: break
                }
            }
        }
        return x
    }

    /// A float32 matrix of any number of rows.
    private static func variable(_ name: String, width: Int) -> ProtocolMessage {
        let shape: ProtocolMessage = [1: .message([2: .text("batch")]), 1: .message([1: .integer(width)])]
        let type: ProtocolMessage = [1: .message([1: .integer(ONNXGraph.float), 2: .message(shape)])]
        return [1: .text(name), 2: .message(type)]
    }
}

extension Activation {
    /// Whether two nearly equal sums can give very different outputs.
    fileprivate var jumps: Bool {
        switch kind {
        case .threshold: alpha != threshold
        case .relu: threshold != 0
        case .hardShrink: alpha != 0
        default: false
        }
    }
}
