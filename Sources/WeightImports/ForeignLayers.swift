import Specs

/// The arrays of one layer, in the words of the file.
struct ForeignLayer {
    /// The layer's own words; empty where the arrays have numbers alone.
    var key: [ArrayName.Word]
    /// As the file writes it.
    var text: String
    var kernel: WeightArray?
    var bias: WeightArray?
    var gamma: WeightArray?
    var beta: WeightArray?
    var movingMean: WeightArray?
    var movingVariance: WeightArray?
    /// What its batch normalization adds to the variance, where the names tell whose it is.
    var epsilon: Double?

    /// PyTorch's default of `BatchNorm1d(eps=)`.
    static let epsilonOfPyTorch = 1e-5

    /// One of its arrays.
    var any: WeightArray? { kernel ?? gamma ?? beta ?? movingMean ?? movingVariance ?? bias }
    var isNormalized: Bool { gamma != nil || beta != nil || movingMean != nil || movingVariance != nil }

    /// Gives the layer a part.
    mutating func set(_ part: WritableKeyPath<ForeignLayer, WeightArray?>, _ array: WeightArray)
        throws(WeightPlanError)
    {
        if let other = self[keyPath: part] { throw .twice(array.name, other.name) }
        self[keyPath: part] = array
    }

    /// The kernel as it stands in the file, and turned where it has a row for each unit.
    func kernelShape(isTransposed: Bool) -> KernelShape? {
        kernel.flatMap { KernelShape(isTransposed ? $0.shape.reversed() : $0.shape) }
    }

    /// A variable of one value for each unit.
    typealias Vector = (name: String, path: WritableKeyPath<ForeignLayer, WeightArray?> & Sendable)

    /// The names of Keras and PyTorch, in the order of Keras's `get_weights`.
    static let vectors: [Vector] = [
        ("bias", \.bias), ("gamma", \.gamma), ("beta", \.beta), ("moving_mean", \.movingMean),
        ("moving_variance", \.movingVariance),
    ]
}

/// The layers of arrays, before their order is known.
struct ForeignLayers {
    /// With kernels.
    private(set) var dense: [ForeignLayer] = []
    /// Batch normalizations that are layers of their own, as in Keras and PyTorch.
    private(set) var normalizations: [ForeignLayer] = []
    /// Whether the arrays' order is the network's: where they have numbers alone.
    private(set) var isOrdered = false
    /// Arrays that are no weights.
    private(set) var leftOut: [WeightArray] = []

    /// A layer need not have a bias (Keras's `use_bias=False`, PyTorch's `bias=False`), nor a normalization γ and β
    /// (`center`, `scale`, `affine`).
    init(_ arrays: [WeightArray]) throws(WeightPlanError) {
        let named = arrays.map { ($0, ArrayName($0.name)) }
        leftOut = named.filter { $0.1.part == .count }.map(\.0)
        let weights = named.filter { $0.1.part != .count }
        guard !weights.isEmpty else { throw .none }
        for (array, _) in weights where array.shape.isEmpty || array.shape.count > 2 || array.shape.contains(0) {
            throw .axes(array.name, shape: array.shape)
        }
        if weights.allSatisfy({ $0.1.part == nil }) {
            let sorted = weights.sorted { ArrayName.precedes($0.1.layer, $1.1.layer) }.map(\.0)
            (dense, isOrdered) = (try Self.inSequence(sorted), true)
        } else {
            try group(weights)
        }
        for layer in normalizations where layer.gamma == nil && layer.movingMean == nil {
            throw .missing("a kernel", beside: layer.any?.name ?? "")
        }
        guard !dense.isEmpty else { throw .none }
        for layer in dense + normalizations where layer.isNormalized {
            for (name, path) in ForeignLayer.vectors.suffix(2) where layer[keyPath: path] == nil {
                throw .missing("its \(name)", beside: layer.any?.name ?? "")
            }
        }
    }

    /// Kernels begin layers; see `parts` for what follows.
    private static func inSequence(_ arrays: [WeightArray]) throws(WeightPlanError) -> [ForeignLayer] {
        var layers: [(kernel: WeightArray, vectors: [WeightArray])] = []
        for array in arrays {
            if array.shape.count == 2 {
                guard layers.last.map({ parts($0.vectors.count) != nil }) ?? true else {
                    throw .sequence(array.name, expected: "none, one, four or five vectors before it, of its layer")
                }
                layers.append((array, []))
            } else {
                guard !layers.isEmpty, layers[layers.count - 1].vectors.count < 5 else {
                    throw .sequence(
                        array.name,
                        expected: layers.isEmpty ? "a kernel of two axes first" : "a kernel after five vectors")
                }
                layers[layers.count - 1].vectors.append(array)
            }
        }
        var found: [ForeignLayer] = []
        for (kernel, vectors) in layers {
            guard let parts = parts(vectors.count) else {
                throw .sequence(
                    arrays.last?.name ?? "", expected: "none, one, four or five vectors behind the last kernel")
            }
            var layer = ForeignLayer(key: [], text: kernel.name, kernel: kernel)
            for (part, vector) in zip(parts, vectors) { try layer.set(part.path, vector) }
            found.append(layer)
        }
        return found
    }

    /// What so many vectors behind a kernel are: a bias or none, with batch normalization four more; nil for other numbers.
    private static func parts(_ count: Int) -> ArraySlice<ForeignLayer.Vector>? {
        switch count {
        case 0, 1: ForeignLayer.vectors.prefix(count)
        case 4, 5: ForeignLayer.vectors.suffix(count)
        default: nil
        }
    }

    private mutating func group(_ weights: [(WeightArray, ArrayName)]) throws(WeightPlanError) {
        var groups: [[ArrayName.Word]: ForeignLayer] = [:]
        let kernels = Set(weights.filter { $0.0.shape.count == 2 && $0.1.part == .kernel }.map(\.1.layer))
        for (array, name) in weights {
            guard let part = name.part else { throw .unknownName(array.name) }
            var layer = groups[name.layer] ?? ForeignLayer(key: name.layer, text: name.text)
            let isDense = kernels.contains(name.layer)
            guard array.shape.count == 1 || part == .kernel || array.shape.contains(1) else {
                throw .axes(array.name, shape: array.shape)
            }
            switch part {
            case .kernel where array.shape.count == 2: try layer.set(\.kernel, array)
            case .kernel where isDense: throw .axes(array.name, shape: array.shape)
            case .kernel, .gamma: try layer.set(\.gamma, array)
            case .bias where isDense: try layer.set(\.bias, array)
            case .bias, .beta: try layer.set(\.beta, array)
            case .movingMean: try layer.set(\.movingMean, array)
            case .movingVariance:
                try layer.set(\.movingVariance, array)
                if name.isRunning { layer.epsilon = ForeignLayer.epsilonOfPyTorch }
            case .count: break
            }
            groups[name.layer] = layer
        }
        let sorted = groups.values.sorted { ArrayName.precedes($0.key, $1.key) }
        dense = sorted.filter { $0.kernel != nil }
        normalizations = sorted.filter { $0.kernel == nil }
    }
}
