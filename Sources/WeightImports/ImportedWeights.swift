import DataFormats
import Networks
import Specs

/// A network whose weights were brought in from elsewhere, and what became of each array.
package struct ImportedWeights: Sendable {
    /// Layers and settings; what the network began with is left out, as it has these weights.
    package let spec: ExperimentSpec
    /// The weights that the user's spec names by `from=`.
    package let named: WeightDigest?
    /// Exactly the spec's, in its order; every value is finite.
    package let tensors: [Tensor]
    /// What became of each array, in the network's order; then those that are no weights.
    package let origins: [Origin]

    /// What became of an array.
    package struct Origin: Sendable, Equatable {
        /// Its name in its file.
        package let name: String
        /// The type of its numbers there.
        package let type: String
        /// The length of each axis there.
        package let shape: [Int]
        /// The tensor that it became; nil where it is no weight.
        package let tensor: String?
        /// Whether rows became columns.
        package let isTransposed: Bool
        /// The greatest difference between a number and its value in single precision.
        package let greatestChange: Double
    }

    /// - Throws: `WeightImportError` for the first fault, or `SpecError` where the spec has one.
    package init(_ arrays: [WeightArray], _ request: WeightRequest) throws {
        let layers: ForeignLayers
        var sequence: LayerSequence
        do throws(WeightPlanError) {
            layers = try ForeignLayers(arrays)
            sequence = try LayerSequence(layers, request)
        } catch {
            throw WeightImportError.network(error)
        }
        var spec = try Self.spec(request, sequence, layers)
        named = spec.training.from
        spec.training.from = nil
        self.spec = spec
        let widths = Array(sequence.widths.dropFirst())
        do throws(WeightPlanError) {
            let expected = spec.network.hidden.map(\.units) + [spec.network.classes]
            guard expected == widths else { throw .widths(spec: expected, found: widths) }
            try sequence.join(layers.normalizations, order: request.order, to: spec.network.hidden)
        } catch {
            throw WeightImportError.network(error)
        }
        try spec.refuseTooLarge()
        (tensors, origins) = try Self.filled(spec.network, sequence, layers.leftOut)
    }

    /// The spec that the user gave, or the one of a network without hidden layers, which needs none.
    private static func spec(
        _ request: WeightRequest, _ sequence: LayerSequence, _ layers: ForeignLayers
    ) throws -> ExperimentSpec {
        let hidden = sequence.layers.dropLast().enumerated().map { index, layer in
            let isNormalized = layer.isNormalized || layers.normalizations.count == sequence.layers.count - 1
            return "\(sequence.widths[index + 1])tanh\(isNormalized ? "+bn" : "")"
        }
        guard request.spec != nil || hidden.isEmpty else {
            throw WeightImportError.network(.noSpec(example: hidden.joined(separator: "-")))
        }
        return try ExperimentSpec(
            parsing: request.spec ?? "none", inputs: request.data.inputs, classes: request.data.classes)
    }

    private static func filled(
        _ network: NetworkSpec, _ sequence: LayerSequence, _ leftOut: [WeightArray]
    ) throws(WeightImportError) -> ([Tensor], [Origin]) {
        var (tensors, origins): ([Tensor], [Origin]) = ([], [])
        for (facts, layer) in zip(network.layers, sequence.layers) {
            for variable in facts.variables {
                let vector = ForeignLayer.vectors.first { $0.name == variable.name }
                guard let array = vector.map({ layer[keyPath: $0.path] }) ?? layer.kernel else {
                    preconditionFailure("every part of a layer was found: \(variable.name)")
                }
                let isTransposed = vector == nil && sequence.isTransposed
                let singles = try array.singles()
                if variable.name == "moving_variance", let place = singles.values.firstIndex(where: { $0 < 0 }) {
                    throw .array(
                        path: array.path, name: array.name, expected: "variances from 0 on",
                        found: "value \(place) of \(singles.values[place])")
                }
                // Rows of the file run fastest where it has Fortran order: then they are columns of ours already.
                let turns = vector == nil && isTransposed != array.isFortran
                tensors.append(
                    Tensor(
                        name: facts.tensorName(variable), shape: variable.shape,
                        values: turns ? turned(singles.values, columns: variable.shape[0]) : singles.values))
                origins.append(
                    Origin(
                        name: array.name, type: array.type, shape: array.shape, tensor: facts.tensorName(variable),
                        isTransposed: isTransposed, greatestChange: singles.greatestChange))
            }
        }
        let others = leftOut.map {
            Origin(name: $0.name, type: $0.type, shape: $0.shape, tensor: nil, isTransposed: false, greatestChange: 0)
        }
        return (tensors, origins + others)
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
}

extension ImportedWeights.Origin {
    /// The array's name on one line, its end left out where it is long.
    package var title: String { WeightPlanError.short(name) }

    /// What was done to it, in words: `transposed`, `rounded to float32`; empty where nothing was.
    package var changes: [String] {
        guard tensor != nil else { return ["no weights: left out"] }
        let rounding = type == "float32" ? [] : [greatestChange == 0 ? "exact in float32" : "rounded to float32"]
        return (isTransposed ? ["transposed"] : []) + rounding
    }
}
