import Datasets
import Kernels
import Specs

extension Trainer {
    /// Gradients and dead units are measured on at most this many training rows.
    private static let sampledRows = 256

    /// Probabilities of one image, and the hidden layers' outputs for it.
    func look(at image: [UInt8]) -> (probabilities: [Float], outputs: [[Float]]) {
        let images = alone(image)
        let probabilities = evaluate(images, rows: RowNumbers(0..<1), source: .test).probabilities
        let outputs = [0].withUnsafeBufferPointer { numbers in
            withRows(of: images, numbers, first: 0, count: 1) { batch, _ in network.hiddenOutputs(batch) }
        }
        return (probabilities, outputs)
    }

    /// Norms, the share of dead units, and how the outputs are spread.
    ///
    /// - Parameter updateRatios: of the last measured step; empty before it.
    func layerFigures(_ updateRatios: [Double]) -> [LayerFigures] {
        let norms = network.kernelNorms
        let gradients = gradientNorms
        let count = min(split.training.count, Trainer.sampledRows)
        let outputs = hiddenOutputs(split.training.prefix(count))
        return norms.indices.map { index in
            // A step that was measured before the weights ceased to be numbers is not one of theirs.
            let ratio = updateRatios.indices.contains(index) ? updateRatios[index] : nil
            var figures = LayerFigures(
                weightNorm: norms[index], gradientNorm: gradients[index],
                updateRatio: norms[index].isFinite ? ratio : ratio.map { _ in .nan })
            guard outputs.indices.contains(index) else { return figures }
            let units = spec.network.layers[index].output.count
            figures.deadShare = Trainer.deadShare(outputs[index], rows: count, units: units)
            figures.spread = Trainer.spread(outputs[index])
            return figures
        }
    }

    /// The hidden layers' outputs for some training rows.
    private func hiddenOutputs(_ rows: RowNumbers) -> [[Float]] {
        rows.numbers.withUnsafeBufferPointer { numbers in
            withRows(of: dataset.train, numbers, first: 0, count: numbers.count) { batch, _ in
                network.hiddenOutputs(batch)
            }
        }
    }

    /// Shares of the values that are not zero, from the least to the greatest in steps of equal width; empty where a
    /// value is not finite, or all are zero.
    package static func spread(_ values: [Float]) -> [Float] {
        var (least, greatest) = (Float.infinity, -Float.infinity)
        for value in values where value != 0 {
            guard value.isFinite else { return [] }
            (least, greatest) = (min(least, value), max(greatest, value))
        }
        guard least < greatest else { return [] }
        let factor = Float(LayerFigures.spreadBins) / (greatest - least)
        var counts = [Int](repeating: 0, count: LayerFigures.spreadBins)
        for value in values where value != 0 {
            counts[min(LayerFigures.spreadBins - 1, Int((value - least) * factor))] += 1
        }
        let total = Float(counts.reduce(0, +))
        return counts.map { Float($0) / total }
    }

    /// The gradients' norms of the coming batch; a run that failed at an epoch's last batch has none.
    private var gradientNorms: [Double] {
        let first = epochIsComplete ? 0 : batch * spec.training.batch
        let count = min(spec.training.batch, order.count - first, Trainer.sampledRows)
        return withTrainingRows(first..<(first + count)) { rows, labels in
            network.gradientNorms(rows, labels: labels)
        }
    }

    /// The norm of the gradient by all weights of the last rows of a complete epoch, as many as a batch has: the
    /// same number in every epoch, while the last batch can have few.
    var endGradientNorm: Double? {
        let count = min(spec.training.batch, order.count, Trainer.sampledRows)
        let norm = withTrainingRows((order.count - count)..<order.count) { rows, labels in
            network.gradientNorm(rows, labels: labels)
        }
        return norm.isFinite ? norm : nil
    }

    /// The share of columns of a (rows, units) matrix whose values differ by at most 1e-6 from the first row's, 0 ...
    /// 1.
    package static func deadShare(_ outputs: [Float], rows: Int, units: Int) -> Double {
        let dead = (0..<units).count { unit in
            let first = outputs[unit]
            return (1..<max(1, rows)).allSatisfy { abs(outputs[$0 * units + unit] - first) <= 1e-6 }
        }
        return Double(dead) / Double(units)
    }

    /// The training rows whose features are nearest to those of an image, the nearest first; the lower row first where
    /// two are equal.
    func nearest(to image: [UInt8], count: Int, isCancelled: () -> Bool) -> [Neighbour] {
        let wanted = [0].withUnsafeBufferPointer { numbers in
            withRows(of: alone(image), numbers, first: 0, count: 1) { batch, _ in network.features(batch) }
        }
        let rows = split.training.numbers
        var distances = [Float](repeating: .infinity, count: rows.count)
        let chunk = 128
        rows.withUnsafeBufferPointer { numbers in
            withRows(of: dataset.train, numbers, first: 0, count: rows.count) { batch, _ in
                distances.withUnsafeMutableBufferPointer { distances in
                    guard let out = distances.baseAddress else { return }
                    network.forEachPiece((rows.count + chunk - 1) / chunk) { piece in
                        guard !isCancelled() else { return }
                        let range = (piece * chunk)..<min((piece + 1) * chunk, rows.count)
                        Trainer.distances(
                            from: wanted, to: network.features(batch.slice(range)), out + range.lowerBound)
                    }
                }
            }
        }
        return Trainer.least(distances, count: count).map { Neighbour(row: Int(rows[$0]), distance: distances[$0]) }
    }

    /// The Euclidean distances from one list of features to each row of others.
    private static func distances(from wanted: [Float], to features: [Float], _ out: UnsafeMutablePointer<Float>) {
        let width = wanted.count
        for row in 0..<(width == 0 ? 0 : features.count / width) {
            var sum: Float = 0
            for column in 0..<width {
                let difference = features[row * width + column] - wanted[column]
                sum += difference * difference
            }
            out[row] = sum.squareRoot()
        }
    }

    /// Indices of the least values, the least first; NaN and infinity are left out.
    package static func least(_ values: [Float], count: Int) -> [Int] {
        var best: [Int] = []
        for (index, value) in values.enumerated() where value.isFinite {
            if best.count == count, let last = best.last, values[last] <= value { continue }
            let place = best.firstIndex { values[$0] > value } ?? best.count
            best.insert(index, at: place)
            if best.count > count { best.removeLast() }
        }
        return best
    }

    /// One image, as files have it, as a set of its own.
    func alone(_ image: [UInt8]) -> ImageSet {
        // The class is not used: the set needs some label.
        let images = ImageSet(pixels: image, labels: [0], shape: dataset.train.shape)
        return InkForm(spec.training)?.applied(to: images) ?? images
    }
}
