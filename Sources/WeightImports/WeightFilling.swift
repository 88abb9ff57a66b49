import DataFormats
import Kernels
import Networks
import Specs

/// The tensors of a network, filled from arrays one layer after the other.
struct WeightFilling {
    private(set) var tensors: [Tensor] = []
    private(set) var origins: [ImportedWeights.Origin] = []

    /// Makes a layer's tensors. Without a bias it gets zeros, without γ ones, without β zeros: it computes the same.
    ///
    /// Where its normalization adds another ε to the variance than this program does (1e-3), γ becomes
    /// γ · √((variance + 1e-3) / (variance + ε)): γ (x − mean) / √(variance + ε) + β stays what it was.
    ///
    /// - Parameter isTransposed: whether kernels have a row for each unit.
    /// - Throws: `WeightImportError` for a value that no network has.
    mutating func fill(
        _ facts: LayerFacts, from layer: ForeignLayer, isTransposed: Bool
    ) throws(WeightImportError) {
        let scales = try Self.scales(layer)
        for variable in facts.variables {
            let vector = ForeignLayer.vectors.first { $0.name == variable.name }
            let array = vector.map { layer[keyPath: $0.path] } ?? layer.kernel
            var origin = Origin(tensor: facts.tensorName(variable))
            var values: [Float]
            if let array {
                let singles = try variable.name == "moving_variance" ? Self.variances(array) : array.singles()
                origin.array = array
                origin.greatestChange = singles.greatestChange
                origin.isTransposed = vector == nil && isTransposed
                // Rows of the file run fastest where it has Fortran order: then they are columns of ours already.
                let turns = vector == nil && isTransposed != array.isFortran
                values = turns ? Self.turned(singles.values, columns: variable.shape[0]) : singles.values
            } else {
                let filled: Float = variable.name == "gamma" ? 1 : 0
                origin.filled = filled
                values = [Float](repeating: filled, count: variable.count)
            }
            if variable.name == "gamma", let scales {
                origin.epsilon = layer.epsilon
                values = zip(values, scales).map { Float(Double($0) * $1) }
                if let place = values.firstIndex(where: { !$0.isFinite }), let array {
                    throw .array(
                        path: array.path, name: array.name,
                        expected: "values that single precision has when they are rescaled for ε",
                        found: "value \(place) too large for that")
                }
            }
            tensors.append(Tensor(name: facts.tensorName(variable), shape: variable.shape, values: values))
            origins.append(origin.made)
        }
    }

    /// Takes note of an array that is no weight.
    mutating func leaveOut(_ array: WeightArray) { origins.append(Origin(tensor: nil, array: array).made) }

    /// What γ is multiplied by, in double precision; nil where ε is this program's, or nothing is normalized.
    private static func scales(_ layer: ForeignLayer) throws(WeightImportError) -> [Double]? {
        guard let epsilon = layer.otherEpsilon, let variance = layer.movingVariance else { return nil }
        let own = Double(BatchNormalization.epsilon)
        return try variances(variance).values.map { ((Double($0) + own) / (Double($0) + epsilon)).squareRoot() }
    }

    private static func variances(_ array: WeightArray) throws(WeightImportError) -> SingleNumbers {
        let singles = try array.singles()
        guard let place = singles.values.firstIndex(where: { $0 < 0 }) else { return singles }
        throw .array(
            path: array.path, name: array.name, expected: "variances from 0 on",
            found: "value \(place) of \(singles.values[place])")
    }

    /// A matrix, row by row, with rows and columns exchanged.
    ///
    /// - Parameter columns: of the given one.
    private static func turned(_ values: [Float], columns: Int) -> [Float] {
        let rows = values.count / columns
        return [Float](unsafeUninitializedCapacity: values.count) { buffer, count in
            for row in 0..<rows {
                for column in 0..<columns { buffer[column * rows + row] = values[row * columns + column] }
            }
            count = values.count
        }
    }

    /// An origin while it is found out.
    private struct Origin {
        var tensor: String?
        var array: WeightArray?
        var isTransposed = false
        var greatestChange = 0.0
        var filled: Float?
        var epsilon: Double?

        var made: ImportedWeights.Origin {
            ImportedWeights.Origin(
                name: array?.name ?? "", type: array?.type ?? "", shape: array?.shape ?? [], tensor: tensor,
                isTransposed: isTransposed, greatestChange: greatestChange, filled: filled, epsilon: epsilon)
        }
    }
}

extension ForeignLayer {
    /// What its normalization adds to the variance, where this program adds something else.
    var otherEpsilon: Double? {
        epsilon.flatMap { isNormalized && Float($0) != BatchNormalization.epsilon ? $0 : nil }
    }
}

extension ImportedWeights {
    /// What the files did not have, and what was changed for this program's ε.
    ///
    /// - Parameter isChosen: whether the user has said ε.
    static func notes(_ layers: [ForeignLayer], isChosen: Bool) -> [String] {
        func missing(_ what: String, _ value: String, _ arrays: [WeightArray?]) -> [String] {
            guard !arrays.isEmpty else { return [] }
            let names = WeightPlanError.list(arrays.compactMap { $0?.name })
            return [
                "the files have no \(what) beside \(names): here it is \(value), which compute the same, and which "
                    + "training changes as any other"
            ]
        }
        let normalized = layers.filter(\.isNormalized)
        let own = SpecNumber.short(1e-3)
        let epsilon = normalized.compactMap(\.otherEpsilon).first.map { epsilon in
            let other = SpecNumber.short(epsilon)
            let whose = isChosen ? "" : ", as PyTorch does (--batch-norm-epsilon says another one)"
            return [
                "batch normalization adds ε to the variance: \(other) where the weights are from\(whose), \(own) here; gamma is "
                    + "multiplied by √((variance + \(own)) / (variance + \(other))), so that the network computes the same"
            ]
        }
        return missing("bias", "zeros", layers.filter { $0.bias == nil }.map(\.kernel))
            + missing("gamma", "ones", normalized.filter { $0.gamma == nil }.map(\.movingVariance))
            + missing("beta", "zeros", normalized.filter { $0.beta == nil }.map(\.movingVariance)) + (epsilon ?? [])
    }
}
