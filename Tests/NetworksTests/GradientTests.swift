import Kernels
import Networks
import Specs
import Testing

@Suite struct GradientTests {
    private static let rows = 9
    private static let step = 1e-5
    private static let shifted = InputTransform(multiply: 1 / 80, add: -0.4)

    /// The worst difference between the network's gradients and central differences of the reference, over a sample of
    /// every tensor's weights, relative to the tensor's greatest gradient.
    private func worst(
        _ line: String, inputs: Int, classes: Int, density: Float, transform: InputTransform, seed: UInt64,
        layersPerStack: Int
    ) throws -> Double {
        let set = ByteSet(count: 12, width: inputs, classes: classes, density: density, seed: seed)
        let spec = try ExperimentSpec(parsing: "\(line) seed=5", inputs: inputs, classes: classes)
        let network = Network(spec: spec, transform: transform, threads: 2, layersPerStack: layersPerStack)
        return worst(network, set, reference: reference(network), transform: transform)
    }

    private func greatest(_ tensor: Tensor) -> Double { Double(tensor.values.map(abs).max() ?? 0) }

    private func expect(
        _ line: String, inputs: Int = 30, classes: Int = 4, density: Float = 0.3,
        transform: InputTransform = unitScale, seed: UInt64 = 3, layersPerStack: Int = .max, below bound: Double,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let found = try worst(
            line, inputs: inputs, classes: classes, density: density, transform: transform, seed: seed,
            layersPerStack: layersPerStack)
        #expect(found < bound, "\(line)", sourceLocation: location)
    }

    private func worst(
        _ network: Network, _ set: ByteSet, reference: ReferenceNetwork, transform: InputTransform
    ) -> Double {
        let rows = 0..<Self.rows
        let inputs = rows.map { set.inputs($0, transform) }
        let labels = Array(set.labels[rows])
        var reference = reference
        var worst = 0.0
        let gradients = network.gradients(set.batch(rows), labels: set.labelPointer)
        let largest = gradients.map(greatest).max() ?? 0
        for gradient in gradients {
            // Some gradients are nothing but rounding, such as a bias's before batch normalization, which takes it out
            // again: the greatest of all gradients is the measure then.
            let scale = max(greatest(gradient), largest / 100)
            guard scale > 0 else { return .infinity }
            for place in stride(from: 0, to: gradient.values.count, by: max(1, gradient.values.count / 20)) {
                let value = reference.values[gradient.name]?[place] ?? .nan
                reference.values[gradient.name]?[place] = value + Self.step
                let above = reference.loss(inputs, labels: labels)
                reference.values[gradient.name]?[place] = value - Self.step
                let below = reference.loss(inputs, labels: labels)
                reference.values[gradient.name]?[place] = value
                let slope = (above - below) / (2 * Self.step)
                let difference = abs(slope - Double(gradient.values[place])) / scale
                worst = difference.isNaN ? .infinity : max(worst, difference)
            }
        }
        return worst
    }

    /// The reference with the masks and the noise that the network draws in its coming step.
    private func reference(_ network: Network) -> ReferenceNetwork {
        var reference = ReferenceNetwork(network.tensors(), spec: network.spec)
        let hidden = network.spec.network.hidden
        for (layer, shape) in hidden.enumerated() {
            let slice = Slice(rows: 0..<Self.rows, columns: 0..<shape.units, stride: shape.units)
            var mask = [Float](repeating: 1, count: Self.rows * shape.units)
            if shape.dropout > 0 {
                Elementwise.dropout(
                    slice, rate: Float(shape.dropout), key: network.dropoutKey(layer: layer), mask, into: &mask)
            }
            var noise = [Float](repeating: 0, count: mask.count)
            if shape.noise > 0 {
                Elementwise.gaussianNoise(
                    slice, deviation: Float(shape.noise), key: network.noiseKey(layer: layer), noise, into: &noise)
            }
            reference.masks.append(mask.map(Double.init))
            reference.noise.append(noise.map(Double.init))
        }
        return reference
    }

    private static let words =
        Activation.allCases.map(\.name) + [
            "relu:0.1", "relu:0.2:0.3:0.1", "leaky_relu:0.5", "elu:0.4", "celu:2.5", "soft_shrink:0.05",
            "hard_shrink:0.1", "squareplus:0.5", "threshold:0.1:0.3",
        ]

    @Test(arguments: words)
    func `gradients of every activation agree with finite differences`(word: String) throws {
        try expect("12\(word)-9\(word)", density: 0.2, below: 2e-5)
        try expect("40\(word)", classes: 5, density: 0.9, seed: 4, below: 2e-5)
        try expect("11\(word)+bn-7\(word)+bn", density: 0.4, below: 5e-5)
    }

    @Test(arguments: ["tanh", "softmax", "gelu", "log_softmax", "sparsemax"])
    func `gradients over several blocks of units agree with finite differences`(word: String) throws {
        try expect("130\(word)-33\(word)", inputs: 40, classes: 10, below: 2e-5)
        try expect("130\(word)+bn-33\(word)+bn", inputs: 40, classes: 10, below: 5e-5)
    }

    @Test(arguments: Loss.Kind.allCases)
    func `gradients of classes that count differently agree with finite differences`(kind: Loss.Kind) throws {
        let weights: [Float] = [0.4, 2.5, 1, 0]
        for line in ["none", "12tanh-9gelu", "20tanh+bn l2=1e-3"] {
            let set = ByteSet(count: 12, width: 30, classes: 4, density: 0.3, seed: 3)
            let spec = try ExperimentSpec(parsing: "\(line) loss=\(kind.rawValue) seed=5", inputs: 30, classes: 4)
            let network = Network(spec: spec, transform: unitScale, threads: 2, classWeights: weights)
            var reference = reference(network)
            reference.classWeights = weights.map(Double.init)
            #expect(worst(network, set, reference: reference, transform: unitScale) < 5e-5, "\(line)")
        }
    }

    @Test func `the loss of a step is the sum of the weighted losses`() throws {
        let set = ByteSet(count: 12, width: 30, classes: 4, density: 0.3, seed: 3)
        let spec = try ExperimentSpec(parsing: "12tanh seed=5", inputs: 30, classes: 4)
        let weights: [Float] = [0.4, 2.5, 1, 0]
        let network = Network(spec: spec, transform: unitScale, threads: 1, classWeights: weights)
        let plain = network.predict(set, 0..<12).losses
        let wanted = zip(plain, set.labels).reduce(0.0) { $0 + Double($1.0 * weights[Int($1.1)]) }
        let result = network.trainStep(set.batch(0..<12), labels: set.labelPointer)
        #expect(abs(result.lossSum / wanted - 1) < 1e-6)
    }

    @Test func `weights of 1 are the same bits as none`() throws {
        let set = ByteSet(count: 40, width: 30, classes: 4, density: 0.3, seed: 3)
        let spec = try ExperimentSpec(parsing: "12tanh-9relu seed=5", inputs: 30, classes: 4)
        let trained = ([nil, [1, 1, 1, 1]] as [[Float]?]).map { weights in
            let network = Network(spec: spec, transform: unitScale, threads: 2, classWeights: weights)
            network.fit(set, batch: 16, epochs: 2)
            return network.state
        }
        #expect(trained[0] == trained[1])
    }

    @Test func `softmax regression and shifted inputs have right gradients`() throws {
        for transform in [unitScale, Self.shifted] {
            try expect("none", inputs: 50, classes: 10, transform: transform, below: 2e-5)
            try expect("20tanh+bn", inputs: 50, classes: 10, transform: transform, below: 5e-5)
        }
    }

    @Test(arguments: ["l1=0.03", "l2=0.05", "l1=0.02 l2=0.01"])
    func `penalties are in the gradients of kernels and of nothing else`(setting: String) throws {
        try expect("20tanh \(setting)", below: 2e-5)
        try expect("20tanh+bn-9relu \(setting)", below: 5e-5)
    }

    @Test(arguments: [
        "loss=categorical_crossentropy smooth=0.1", "loss=mse", "loss=categorical_focal_crossentropy",
        "loss=categorical_focal_crossentropy smooth=0.2 focalalpha=0.6 focalgamma=1.5", "loss=kl_divergence",
        "loss=categorical_hinge",
    ])
    func `gradients of every loss agree with finite differences`(setting: String) throws {
        try expect("20tanh \(setting)", below: 2e-5)
        try expect("9tanh-7elu+bn \(setting)", classes: 10, below: 5e-5)
    }

    @Test(arguments: [
        "40tanh+drop0.4-36tanh+drop0.4", "40relu+drop0.4-36gelu+drop0.2", "40tanh+noise0.3-36relu+noise0.1",
        "40tanh+bn+noise0.2+drop0.3-33softmax+noise0.1+drop0.5", "36softmax+bn+drop0.3-9elu+drop0.1",
        "40log_softmax+drop0.3-33sparsemax+noise0.1+drop0.2",
    ])
    func `gradients flow through noise and dropout's mask alone`(line: String) throws {
        try expect(line, seed: 6, below: 5e-5)
    }

    @Test(arguments: [1, 2])
    func `gradients that are handed from stage to stage agree with finite differences`(layersPerStack: Int) throws {
        // Normalization behind a softmax multiplies the rounding of its small outputs, by how much depends on the processor.
        for (line, bound) in [
            ("40tanh-36relu-9gelu", 5e-5), ("40tanh+bn+noise0.2+drop0.3-33softmax-9elu+bn", 3e-4),
            ("36softmax l2=0.05", 5e-5),
        ] {
            try expect(line, seed: 6, layersPerStack: layersPerStack, below: bound)
        }
    }
}
