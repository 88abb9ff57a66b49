import Exports
import Kernels
import Networks
import Reports
import Specs
import TestSupport
import Testing

@Suite struct ONNXModelTests {
    @Test("Of networks that other programs follow less closely, it is said why")
    func remarks() throws {
        func remark(_ line: String) throws -> String? {
            ONNXModel.remark(on: try ExperimentSpec(parsing: line, inputs: 4, classes: 3))
        }
        #expect(try remark("8relu-8threshold") == nil)
        #expect(
            try remark("8exponential scale=raw")
                == "scale=raw and exponential makes large sums, which float32 rounds coarser: onnxruntime's "
                + "probabilities can differ by more than 1e-5, as by 1e-4")
        let jump =
            " jumps: where a sum is within rounding of the jump, onnxruntime can be on its other side, and the "
            + "probabilities of that image can differ by more than 1e-5"
        for word in ["threshold:0.5:2", "hard_shrink", "relu:0:none:0.5"] {
            #expect(try remark("8\(word)")?.hasSuffix(jump) == true, "\(word)")
        }
        #expect(try remark("8threshold:0.5:2") == "threshold:0.5:2" + jump)
    }

    /// A network's file, read back without the writer's help.
    struct File {
        let model: ProtocolReader
        let graph: ProtocolReader

        init(_ line: String, transform: InputTransform = InputTransform(multiply: 1, add: 0)) throws {
            let run = try ModelSamples.run(line)
            let bytes = ONNXModel(
                spec: run.spec, tensors: run.tensors, transform: transform, metadata: [(key: "dataset", value: "small")]
            ).bytes
            model = try ProtocolReader(bytes)
            graph = try #require(try model.messages(7).first)
        }

        /// One line a node: `Gemm(images, 0.kernel, 0.bias) -> 0.gemm`.
        func nodes() throws -> [String] {
            try graph.messages(1).map { node in
                let attributes = try node.messages(5).map { attribute in
                    let value =
                        attribute.floats(2).first.map { "\($0)" } ?? attribute.integers(3).first.map { "\($0)" } ?? "?"
                    // FLOAT is 1, INT is 2: a reader believes this field.
                    #expect(attribute.integers(20) == [attribute.floats(2).isEmpty ? 2 : 1])
                    return "\(attribute.texts(1)[0])=\(value)"
                }
                #expect(node.texts(2).first == node.texts(3).first)
                #expect(node.texts(2).dropFirst().allSatisfy { $0.contains("unused") })
                let arguments = (node.texts(1).map(argument) + attributes).joined(separator: ", ")
                return "\(node.texts(4)[0])(\(arguments)) -> \(node.texts(2)[0])"
            }
        }

        /// The constants of an operation by their values, all else by its name.
        private func argument(_ name: String) -> String {
            let tensors = (try? graph.messages(5)) ?? []
            guard let tensor = tensors.first(where: { $0.texts(8) == [name] }),
                ["constant", "numbers", "whole"].contains(where: name.contains)
            else { return name }
            let bytes = tensor.byteStrings(9)[0]
            var values = bytes.littleEndianFloats.map { "\($0)" }
            if tensor.integers(2) != [1] {
                values = stride(from: 0, to: bytes.count, by: 8).map { Self.wholeNumber(bytes[$0..<($0 + 8)]) }
            }
            return tensor.integers(1).isEmpty ? values[0] : "[\(values.joined(separator: ", "))]"
        }

        /// A number of eight bytes, the lowest first.
        private static func wholeNumber(_ bytes: ArraySlice<UInt8>) -> String {
            var number: Int64 = 0
            for byte in bytes.reversed() { number = number << 8 | Int64(byte) }
            return "\(number)"
        }

        /// Name, element type and shape of an input or output.
        static func variable(_ value: ProtocolReader) throws -> String {
            let type = try value.messages(2)[0].messages(1)[0]
            let shape = try type.messages(2)[0].messages(1).map { $0.texts(2).first ?? "\($0.integers(1)[0])" }
            return "\(value.texts(1)[0]): \(type.integers(1)[0]) (\(shape.joined(separator: ", ")))"
        }
    }

    @Test("A network with batch normalization, node by node, with the scaling before it")
    func wholeGraph() throws {
        let file = try File(
            "4tanh+bn+drop0.2-5 epochs=1 batch=4", transform: InputTransform(multiply: 0.5, add: -1))
        #expect(
            try file.nodes() == [
                "Mul(images, 0.5) -> scaling.mul",
                "Add(scaling.mul, -1.0) -> scaling.add",
                "Gemm(scaling.add, 0.kernel, 0.bias) -> 0.gemm",
                "BatchNormalization(0.gemm, 0.gamma, 0.beta, 0.moving_mean, 0.moving_variance, epsilon=0.001) "
                    + "-> 0.batchnormalization",
                "Tanh(0.batchnormalization) -> 0.tanh",
                "Gemm(0.tanh, 1.kernel, 1.bias) -> 1.gemm",
                "Gemm(1.gemm, 2.kernel, 2.bias) -> 2.gemm",
                "Softmax(2.gemm, axis=-1) -> probabilities",
            ])
        #expect(try file.graph.messages(11).map(File.variable) == ["images: 1 (batch, 6)"])
        #expect(try file.graph.messages(12).map(File.variable) == ["probabilities: 1 (batch, 3)"])
    }

    @Test("The weights keep their names, shapes and bits, and the file says what it is")
    func weights() throws {
        let line = "4tanh+bn epochs=1 batch=4"
        let run = try ModelSamples.run(line)
        let file = try File(line)
        let tensors = try file.graph.messages(5).filter { !$0.integers(1).isEmpty }.map { tensor in
            #expect(tensor.integers(2) == [1])
            return Tensor(
                name: tensor.texts(8)[0], shape: tensor.integers(1),
                values: tensor.byteStrings(9)[0].littleEndianFloats)
        }
        #expect(tensors == run.tensors)
        #expect(file.model.integers(1) == [8] && file.model.texts(2) == ["Trainspotter"])
        #expect(file.model.texts(3) == [ProgramVersion.current])
        #expect(try file.model.messages(8).map { $0.integers(2) } == [[18]])
        #expect(
            try file.model.messages(14).map { $0.texts(1) + $0.texts(2) } == [
                ["spec", "\(run.spec)"], ["dataset", "small"],
            ])
        #expect(file.model.texts(6)[0].hasPrefix("A multilayer perceptron trained by Trainspotter: 6-4tanh+bn-3 adam"))
    }

    /// What stands between the first layer and the second.
    static let activations: [(word: String, nodes: [String])] = [
        ("", []),
        ("relu", ["Relu(z) -> relu"]),
        ("relu:0:2", ["Relu(z) -> relu", "Min(relu, 2.0) -> min"]),
        (
            "relu:0.1:3:0.5",
            [
                "Min(z, 3.0) -> min", "Sub(z, 0.5) -> sub", "Mul(sub, 0.1) -> mul", "Greater(z, 0.5) -> greater",
                "Where(greater, min, mul) -> where",
            ]
        ),
        ("relu6", ["Clip(z, 0.0, 6.0) -> clip"]),
        ("leaky_relu:0.1", ["LeakyRelu(z, alpha=0.1) -> leakyrelu"]),
        ("elu", ["Elu(z, alpha=1.0) -> elu"]),
        ("selu", ["Selu(z, alpha=1.6732632, gamma=1.050701) -> selu"]),
        ("celu:2", ["Celu(z, alpha=2.0) -> celu"]),
        (
            "gelu",
            [
                "Mul(z, 0.70710677) -> mul", "Erf(mul) -> erf", "Mul(z, 0.5) -> mul_2", "Add(erf, 1.0) -> add",
                "Mul(mul_2, add) -> mul_3",
            ]
        ),
        (
            "gelu_tanh",
            [
                "Mul(z, z) -> mul", "Mul(mul, 0.044715) -> mul_2", "Mul(z, 1.5957692) -> mul_3",
                "Add(mul_2, 1.0) -> add", "Mul(mul_3, add) -> mul_4", "Sigmoid(mul_4) -> sigmoid",
                "Mul(z, sigmoid) -> mul_5",
            ]
        ),
        ("silu", ["Sigmoid(z) -> sigmoid", "Mul(z, sigmoid) -> mul"]),
        ("hard_silu", ["HardSwish(z) -> hardswish"]),
        ("sigmoid", ["Sigmoid(z) -> sigmoid"]),
        ("hard_sigmoid", ["HardSigmoid(z, alpha=0.16666667, beta=0.5) -> hardsigmoid"]),
        ("log_sigmoid", ["Neg(z) -> neg", "Softplus(neg) -> softplus", "Neg(softplus) -> neg_2"]),
        ("tanh", ["Tanh(z) -> tanh"]),
        ("hard_tanh", ["Clip(z, -1.0, 1.0) -> clip"]),
        ("tanh_shrink", ["Tanh(z) -> tanh", "Sub(z, tanh) -> sub"]),
        ("soft_shrink", ["Shrink(z, lambd=0.5, bias=0.5) -> shrink"]),
        ("hard_shrink", ["Shrink(z, lambd=0.5, bias=0.0) -> shrink"]),
        ("softplus", ["Softplus(z) -> softplus"]),
        ("softsign", ["Softsign(z) -> softsign"]),
        (
            "squareplus",
            [
                "Mul(z, z) -> mul", "Add(mul, 4.0) -> add", "Sqrt(add) -> sqrt", "Abs(z) -> abs",
                "Add(abs, sqrt) -> add_2", "Mul(add_2, 0.5) -> mul_2", "Div(1.0, mul_2) -> div",
                "Less(z, 0.0) -> less", "Where(less, div, mul_2) -> where",
            ]
        ),
        ("mish", ["Mish(z) -> mish"]),
        ("exponential", ["Exp(z) -> exp"]),
        ("threshold:0.5:2", ["Greater(z, 0.5) -> greater", "Where(greater, z, 2.0) -> where"]),
        ("sparse_sigmoid", ["HardSigmoid(z, alpha=0.5, beta=0.5) -> hardsigmoid"]),
        (
            "sparse_plus",
            [
                "HardSigmoid(z, alpha=0.5, beta=0.5) -> hardsigmoid", "Mul(hardsigmoid, hardsigmoid) -> mul",
                "Less(z, 1.0) -> less", "Where(less, mul, z) -> where",
            ]
        ),
        ("softmax", ["Softmax(z, axis=-1) -> softmax"]),
        ("log_softmax", ["LogSoftmax(z, axis=-1) -> logsoftmax"]),
        (
            "sparsemax",
            [
                "ReduceMax(z, [-1], keepdims=1) -> reducemax", "Sub(z, reducemax) -> sub",
                "TopK(sub, [4], axis=-1) -> topk", "CumSum(topk, -1) -> cumsum",
                "Mul(topk, [1.0, 2.0, 3.0, 4.0]) -> mul", "Add(mul, 1.0) -> add", "Greater(add, cumsum) -> greater",
                "Cast(greater, to=1) -> cast", "ReduceSum(cast, [-1], keepdims=1) -> reducesum",
                "Mul(topk, cast) -> mul_2", "ReduceSum(mul_2, [-1], keepdims=1) -> reducesum_2",
                "Sub(reducesum_2, 1.0) -> sub_2", "Div(sub_2, reducesum) -> div", "Sub(sub, div) -> sub_3",
                "Relu(sub_3) -> relu",
            ]
        ),
    ]

    @Test("Every activation of the language has its operations", arguments: activations)
    func activation(_ word: String, _ nodes: [String]) throws {
        let written = try File("4\(word) epochs=1 lr=1e-5").nodes()
        let ours = written.dropFirst().prefix(written.count - 3)
        let short = ours.map {
            $0.replacing("0.gemm", with: "z").replacing(#/\b0\.(?=[a-z])/#, with: "")
        }
        #expect(short == nodes)
        // The second layer takes what the last of them gives.
        let last = nodes.last.map { "0." + String($0.split(separator: " ").last ?? "") } ?? "0.gemm"
        #expect(written[written.count - 2] == "Gemm(\(last), 1.kernel, 1.bias) -> 1.gemm")
    }

    @Test("No activation of the language is left out above")
    func allActivations() {
        let tested = Set(Self.activations.map { $0.word.split(separator: ":").first.map(String.init) ?? "linear" })
        #expect(tested == Set(Activation.allCases.map(\.name)))
    }
}
