import Datasets
import Kernels
import Specs

/// What the units of a layer look for.
extension Trainer {
    /// Digits that a unit is shown with.
    package static let strongestRows = 9
    /// Units are measured on at most this many rows.
    private static let mostSampled = 1_000

    /// The rows that units are measured on: the first validation rows, or training rows where there are none.
    var sample: SampledRows {
        let all = split.validation.isEmpty ? split.training : split.validation
        return SampledRows(rows: all.prefix(Trainer.mostSampled), areValidation: !split.validation.isEmpty)
    }

    /// The weights of a unit of the first layer.
    func weights(ofUnit unit: Int) -> UnitPicture? {
        guard (0..<spec.network.firstLayer.output.count).contains(unit) else { return nil }
        return UnitPicture(unit: unit, weights: network.firstLayerWeights(ofUnit: unit))
    }

    /// What some units of a layer look for.
    func pictures(_ watch: Watch.Units) -> [UnitPicture] {
        let layers = spec.network.layers
        guard layers.indices.contains(watch.layer) else { return [] }
        let width = layers[watch.layer].output.count
        let units = watch.units.filter { (0..<width).contains($0) }
        guard !units.isEmpty else { return [] }
        let rows = sample.rows
        let outputs = outputs(ofLayer: watch.layer, dataset.train, rows: rows)
        let labels = rows.values(of: dataset.train.labels)
        return units.map { unit in
            let values = (0..<rows.count).map { outputs[$0 * width + unit] }
            var picture = UnitPicture(unit: unit)
            if watch.layer == 0 { picture.weights = network.firstLayerWeights(ofUnit: unit) }
            picture.isDead = values.allSatisfy { abs($0 - values[0]) <= 1e-6 }
            picture.classMeans = Trainer.means(values, by: labels, classes: spec.network.classes)
            if !picture.isDead {
                let best = Trainer.least(values.map { -$0 }, count: Trainer.strongestRows)
                picture.strongest = best.map { rows[$0] }
                if watch.layer > 0 { picture.meanImage = meanImage(of: picture.strongest) }
            }
            return picture
        }
    }

    /// The mean of some rows of the training file, a byte for each pixel and channel.
    private func meanImage(of rows: [Int]) -> [UInt8] {
        guard !rows.isEmpty else { return [] }
        var sums = [Int](repeating: 0, count: dataset.train.imageBytes)
        for row in rows {
            for (place, byte) in dataset.train.image(row).enumerated() { sums[place] += Int(byte) }
        }
        return sums.map { UInt8(clamping: $0 / rows.count) }
    }

    /// The mean of the values of each class; NaN for one without values.
    package static func means(_ values: [Float], by labels: [UInt8], classes: Int) -> [Float] {
        var sums = [Double](repeating: 0, count: classes)
        var counts = [Int](repeating: 0, count: classes)
        for (value, label) in zip(values, labels) {
            sums[Int(label)] += Double(value)
            counts[Int(label)] += 1
        }
        return zip(sums, counts).map { $1 > 0 ? Float($0 / Double($1)) : .nan }
    }

    /// The outputs of a layer for some rows (rows, units), row-major; of the output layer the probabilities.
    private func outputs(ofLayer layer: Int, _ images: ImageSet, rows: RowNumbers) -> [Float] {
        let facts = spec.network.layers[layer]
        guard !facts.isOutput else { return evaluate(images, rows: rows, source: .validation).probabilities }
        return gathered(images, rows: rows, width: facts.output.count) { network.hiddenOutputs($0)[layer] }
    }

    /// What a function gives for all rows (rows, width), row-major. The workers share the rows.
    ///
    /// - Parameter body: gives (rows, width) for some of the rows.
    func gathered(
        _ images: ImageSet, rows: RowNumbers, width: Int, _ body: (ImageBatch) -> [Float]
    ) -> [Float] {
        let chunk = 128
        let numbers = rows.numbers
        var result = [Float](repeating: 0, count: rows.count * width)
        numbers.withUnsafeBufferPointer { numbers in
            withRows(of: images, numbers, first: 0, count: numbers.count) { batch, _ in
                result.withUnsafeMutableBufferPointer { result in
                    guard let out = result.baseAddress else { return }
                    network.forEachPiece((numbers.count + chunk - 1) / chunk) { piece in
                        let range = (piece * chunk)..<min((piece + 1) * chunk, numbers.count)
                        for (index, value) in body(batch.slice(range)).enumerated() {
                            out[range.lowerBound * width + index] = value
                        }
                    }
                }
            }
        }
        return result
    }
}
