import NumPyFiles
import Specs

/// The layers in the network's order, and which way their kernels are.
struct LayerSequence {
    var layers: [ForeignLayer]
    let isTransposed: Bool

    /// Values of an image, then the units of each layer.
    var widths: [Int] {
        let kernels = layers.compactMap { $0.kernelShape(isTransposed: isTransposed) }
        return (kernels.first.map { [$0.inputs] } ?? []) + kernels.map(\.units)
    }

    /// The units of each layer, from the first hidden one to the output.
    var units: [Int] { Array(widths.dropFirst()) }

    /// Finds the only way that layers fit together: all kernels one way round, each layer taking what the one before it
    /// gives, the data set's images at one end and its classes at the other.
    init(_ found: ForeignLayers, _ request: WeightRequest) throws(WeightPlanError) {
        let ends = (inputs: request.data.inputs, classes: request.data.classes)
        let candidates = request.transposesKernels.map { [$0] } ?? [false, true]
        var answers: [(isTransposed: Bool, answer: LayerChains.Answer, stems: [[ForeignLayer]])] = []
        for isTransposed in candidates {
            let stems = try Self.stems(of: found, request.order)
            answers.append((isTransposed, Self.answer(stems, isTransposed, ends), stems))
        }
        let fitting = answers.filter { $0.answer != .none }
        guard let best = fitting.first else { throw try Self.fault(found, request, candidates) }
        // With one kernel, and where all are the same, both ways round are the same shapes.
        guard fitting.count == 1 else { throw .orientation(kernels: found.dense.compactMap { $0.kernel?.name }) }
        guard case .one(let order) = best.answer else { throw .order(layers: found.dense.map(\.text)) }
        var places = best.stems.map { _ in 0 }
        layers = order.map { stem in
            defer { places[stem] += 1 }
            return best.stems[stem][places[stem]]
        }
        isTransposed = best.isTransposed
    }

    /// The layers by their stems, each in the order of its numbers; one stem where the order is known.
    private static func stems(of found: ForeignLayers, _ order: [String]) throws(WeightPlanError) -> [[ForeignLayer]] {
        if found.isOrdered { return [found.dense] }
        guard order.isEmpty else { return [try ordered(found, order)] }
        let stems = Dictionary(grouping: found.dense) { ArrayName.stem($0.key) }
        return stems.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }

    private static func ordered(_ found: ForeignLayers, _ order: [String]) throws(WeightPlanError) -> [ForeignLayer] {
        let names = (found.dense + found.normalizations).map(\.text)
        let normalizations = Set(found.normalizations.map(\.key))
        var left = Dictionary(found.dense.map { ($0.key, $0) }) { first, _ in first }
        var layers: [ForeignLayer] = []
        for name in order {
            let key = ArrayName(name).layer
            if normalizations.contains(key) { continue }
            guard let layer = left.removeValue(forKey: key) else { throw .givenOrder(name, layers: names) }
            layers.append(layer)
        }
        if let missing = found.dense.first(where: { left[$0.key] != nil }) {
            throw .givenOrder("no \(missing.text)", layers: names)
        }
        return layers
    }

    private static func answer(
        _ stems: [[ForeignLayer]], _ isTransposed: Bool, _ ends: (inputs: Int, classes: Int)?
    ) -> LayerChains.Answer {
        var kernels: [[KernelShape]] = []
        for stem in stems {
            var shapes: [KernelShape] = []
            for layer in stem {
                guard let shape = layer.kernelShape(isTransposed: isTransposed),
                    layer.bias.map({ $0.length == shape.units }) ?? true
                else { return .none }
                shapes.append(shape)
            }
            kernels.append(shapes)
        }
        return LayerChains(stems: kernels, ends: ends).answer()
    }

    /// Why nothing fits: the first of what can be said most exactly.
    private static func fault(
        _ found: ForeignLayers, _ request: WeightRequest, _ candidates: [Bool]
    ) throws(WeightPlanError) -> WeightPlanError {
        let stems = try stems(of: found, request.order)
        for isTransposed in candidates {
            guard case .one(let order) = answer(stems, isTransposed, nil), let first = order.first,
                let last = order.last, let start = stems[first].first, let end = stems[last].last,
                let kernel = start.kernelShape(isTransposed: isTransposed),
                let output = end.kernelShape(isTransposed: isTransposed)
            else { continue }
            return .data(
                inputs: kernel.inputs, classes: output.units, name: request.data.name,
                dataInputs: request.data.inputs, dataClasses: request.data.classes)
        }
        if let given = request.transposesKernels, answer(stems, !given, nil) != .none { return .otherWay(given: given) }
        for layer in found.dense {
            guard let kernel = layer.kernel, let bias = layer.bias, !kernel.shape.contains(bias.length) else {
                continue
            }
            let units = kernel.shape[request.transposesKernels == true ? 0 : 1]
            return .length(bias.name, expected: units, found: bias.length)
        }
        return .noChain(
            kernels: found.dense.compactMap(\.kernel).map { "\($0.name) \(NumPyArray.text(ofShape: $0.shape))" })
    }
}

extension WeightArray {
    /// Values of a vector, whose other axis, if it has one, is 1 long.
    var length: Int { shape.reduce(1, *) }
}
