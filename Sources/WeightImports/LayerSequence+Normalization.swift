import Specs

extension LayerSequence {
    /// Gives batch normalizations that are layers of their own to the layers before them.
    ///
    /// Where they have the same words as the dense layers, as in PyTorch's `Sequential`, each belongs to the layer whose
    /// number comes before its own. Otherwise they go in their own order to those layers of the spec that have `+bn`.
    ///
    /// - Parameter hidden: the spec's.
    mutating func join(
        _ normalizations: [ForeignLayer], order: [String], to hidden: [HiddenLayer]
    ) throws(WeightPlanError) {
        let wanted = hidden.indices.filter { hidden[$0].batchNormalization }
        let known = layers.count { $0.isNormalized } + normalizations.count
        guard wanted.count == known else { throw .normalizations(spec: wanted.count, found: known) }
        let places = try places(of: normalizations, order, free: wanted.filter { !layers[$0].isNormalized })
        for (normalization, place) in zip(normalizations, places) {
            for (_, path) in ForeignLayer.vectors.dropFirst() {
                layers[place][keyPath: path] = normalization[keyPath: path]
            }
            layers[place].epsilon = normalization.epsilon
        }
        // A layer of the file with its own must be one of the spec's.
        if let place = layers.indices.first(where: { layers[$0].isNormalized && !wanted.contains($0) }) {
            throw .normalizationOrder(layers[place].gamma?.name ?? layers[place].text)
        }
        for (layer, units) in zip(layers, units) where layer.isNormalized {
            for (_, path) in ForeignLayer.vectors {
                guard let vector = layer[keyPath: path], vector.length != units else { continue }
                throw .length(vector.name, expected: units, found: vector.length)
            }
        }
    }

    /// For each the layer that it follows.
    private func places(
        of normalizations: [ForeignLayer], _ order: [String], free: [Int]
    ) throws(WeightPlanError) -> [Int] {
        let stem = layers.first.map { ArrayName.stem($0.key) }
        let isCommon =
            layers.allSatisfy { ArrayName.stem($0.key) == stem && !$0.key.isEmpty }
            && normalizations.allSatisfy { ArrayName.stem($0.key) == stem }
        var places: [Int] = []
        if isCommon {
            for normalization in normalizations {
                let before = layers.indices.last { ArrayName.precedes(layers[$0].key, normalization.key) }
                guard let before, free.contains(before), !places.contains(before) else {
                    throw .normalizationOrder(normalization.text)
                }
                places.append(before)
            }
            return places
        }
        let sequence = try Self.sequence(of: normalizations, order, free.map { units[$0] })
        return sequence.map { free[$0] }
    }

    /// For each its number among them: by the given order, by the numbers of one stem, or by their lengths.
    private static func sequence(
        of normalizations: [ForeignLayer], _ order: [String], _ lengths: [Int]
    ) throws(WeightPlanError) -> [Int] {
        let given = order.map { ArrayName($0).layer }
        let ranks = normalizations.map { given.firstIndex(of: $0.key) }
        if !ranks.contains(nil) {
            let sorted = ranks.compactMap(\.self).sorted()
            return ranks.compactMap { rank in rank.flatMap { sorted.firstIndex(of: $0) } }
        }
        if Set(normalizations.map { ArrayName.stem($0.key) }).count == 1 { return Array(normalizations.indices) }
        var places: [Int] = []
        for normalization in normalizations {
            let length = normalization.any?.length ?? 0
            let fitting = lengths.indices.filter { lengths[$0] == length }
            guard fitting.count == 1 else { throw .normalizationOrder(normalization.text) }
            places.append(fitting[0])
        }
        return places
    }
}
