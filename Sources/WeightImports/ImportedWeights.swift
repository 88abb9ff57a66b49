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
    /// What is to be known of them beside that, a sentence each.
    package let notes: [String]

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
        /// The value that all of the tensor has, where the files have no array for it.
        package let filled: Float?
        /// What the other program adds to a variance, where γ was multiplied for what this one adds.
        package let epsilon: Double?
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
        guard request.batchNormEpsilon == nil || sequence.layers.contains(where: \.isNormalized) else {
            throw WeightImportError.network(.noNormalization)
        }
        if let epsilon = request.batchNormEpsilon {
            for index in sequence.layers.indices { sequence.layers[index].epsilon = epsilon }
        }
        var filling = WeightFilling()
        for (facts, layer) in zip(spec.network.layers, sequence.layers) {
            try filling.fill(facts, from: layer, isTransposed: sequence.isTransposed)
        }
        for array in layers.leftOut { filling.leaveOut(array) }
        (tensors, origins) = (filling.tensors, filling.origins)
        notes = Self.notes(sequence.layers, isChosen: request.batchNormEpsilon != nil)
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
}

extension ImportedWeights.Origin {
    /// The array's name on one line, its end left out where it is long; a dash where there is none.
    package var title: String { filled == nil ? WeightPlanError.short(name) : "–" }

    /// What was done to it, in words: `transposed`, `rounded to float32`; empty where nothing was.
    package var changes: [String] {
        let rescaled = epsilon.map { ["rescaled for ε \(SpecNumber.short($0))"] } ?? []
        if let filled { return ["none in the files: \(filled == 0 ? "zeros" : "ones")"] + rescaled }
        guard tensor != nil else { return ["no weights: left out"] }
        let rounding = type == "float32" ? [] : [greatestChange == 0 ? "exact in float32" : "rounded to float32"]
        return (isTransposed ? ["transposed"] : []) + rescaled + rounding
    }
}
