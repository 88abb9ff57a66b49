import Datasets
import Interchange
import Kernels
import Networks
import Reports
import Specs

/// A trained network as an ONNX file, for inference: pixel bytes in, probabilities out.
///
/// Its input `images` has the shape (batch, pixels), float32, each value a pixel's byte, 0 to 255: the scaling is part
/// of the network. Its output `probabilities` has the shape (batch, classes). Noise and dropout, which act only in
/// training, are left out. The weights have their names: `0.kernel`, `0.bias`, …
package struct ONNXModel {
    /// Layers and settings.
    package let spec: ExperimentSpec
    /// The weights, in the spec's order.
    package let tensors: [Tensor]
    /// The map from pixel bytes to the network's inputs.
    package let transform: InputTransform
    /// Names and values that are stored with the network, such as the data set's name.
    package let metadata: [(key: String, value: String)]

    /// The format version, of 2022, and its set of operations, the first one with Mish.
    private static let formatVersion = 8
    private static let operationSet = 18
    /// A message of Protocol Buffers is smaller than 2 GiB.
    package static let mostBytes = Int(Int32.max)

    /// - Parameter tensors: the weights, in the spec's order.
    package init(
        spec: ExperimentSpec, tensors: [Tensor], transform: InputTransform,
        metadata: [(key: String, value: String)] = []
    ) {
        self.spec = spec
        self.tensors = tensors
        self.transform = transform
        self.metadata = metadata
    }

    /// A warning for networks whose outputs in other programs differ by more than 1e-5; nil for all others. float32 has
    /// seven digits, so large sums lose small parts, and every program adds in another order. Where an activation has a
    /// jump, the last digit of a sum decides the side.
    package static func remark(on spec: ExperimentSpec) -> String? {
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
        if InkForm(spec.training) != nil {
            remarks.append("the model takes images that were brought into form already (\(forms)): it does not do that")
        }
        return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
    }

    /// The file.
    package var bytes: [UInt8] {
        var model: ProtocolMessage = [
            1: .integer(Self.formatVersion), 2: .text("Trainspotter"), 3: .text(ProgramVersion.current),
            6: .text(Self.description(spec)), 7: .message(graph),
            8: .message([2: .integer(Self.operationSet)]),
        ]
        for (key, value) in [(key: "spec", value: "\(spec)")] + metadata {
            model.append(14, .message([1: .text(key), 2: .text(value)]))
        }
        return model.bytes
    }

    private static func description(_ spec: ExperimentSpec) -> String {
        """
        A multilayer perceptron trained by Trainspotter: \(spec)

        Input images (batch, \(spec.network.inputs)), float32: pixel bytes from 0 to 255, row by row; the network scales \
        them itself. Output probabilities (batch, \(spec.network.classes)), float32.
        """
    }

    private var graph: ProtocolMessage {
        var graph = ONNXGraph()
        for tensor in tensors { graph.initializer(tensor.name, shape: tensor.shape, values: tensor.values) }
        layers(&graph)
        var message = ProtocolMessage()
        for node in graph.nodes { message.append(1, .message(node)) }
        message.append(2, .text("trainspotter"))
        for initializer in graph.initializers { message.append(5, .message(initializer)) }
        message.append(11, .message(Self.variable("images", width: spec.network.input.count)))
        message.append(12, .message(Self.variable("probabilities", width: spec.network.classes)))
        return message
    }

    private func layers(_ graph: inout ONNXGraph) {
        graph.scope = "scaling"
        var x = "images"
        if transform.multiply != 1 { x = graph.node("Mul", [x, graph.constant(Double(transform.multiply))]) }
        if transform.add != 0 { x = graph.node("Add", [x, graph.constant(Double(transform.add))]) }
        for layer in spec.network.layers {
            graph.scope = "\(layer.index)"
            for part in layer.parts {
                let names = layer.variables(of: part).map(layer.tensorName)
                switch part {
                case .dense: x = graph.node("Gemm", [x] + names)
                case .batchNormalization:
                    let epsilon = Double(BatchNormalization.epsilon)
                    x = graph.node("BatchNormalization", [x] + names, ["epsilon": .float(epsilon)])
                case .activation where layer.isOutput:
                    x = graph.node("Softmax", [x], ["axis": .integer(-1)], output: "probabilities")
                case .activation(let activation):
                    x = graph.activation(activation, of: x, units: layer.output.count)
                // Only in training.
                case .noise, .dropout: break
                }
            }
        }
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
