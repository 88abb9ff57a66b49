import Datasets
import Kernels
import Specs

/// The rows that read-outs are fitted to and checked on, evenly spaced over their sets.
struct ProbeRows {
    let fitted: ImageSet
    let checked: ImageSet
    /// Whether the checked rows are validation rows.
    let areValidation: Bool

    /// Rows that a read-out is fitted to.
    static let mostFitted = 2_000
    /// Rows that it is checked on.
    static let mostChecked = 1_000
    /// Values of all features of the fitted rows together: 16 MB.
    static let mostValues = 4 << 20

    init(_ trainer: Trainer) {
        let widths = trainer.spec.network.layers.dropLast().map(\.output.count)
        let widest = max(trainer.spec.network.inputs, widths.reduce(0, +))
        let room = max(1, Self.mostValues / max(1, widest))
        let (training, validation) = (trainer.split.training, trainer.split.validation)
        areValidation = !validation.isEmpty
        // Without validation rows every other training row is left to be checked.
        let most = areValidation ? training.count : max(1, training.count / 2)
        let fitted = Self.spaced(min(Self.mostFitted, room, most), over: training)
        let checked: [Int]
        if areValidation {
            checked = Self.spaced(min(Self.mostChecked, room, validation.count), over: validation)
        } else {
            let taken = Set(fitted)
            let others = training.filter { !taken.contains($0) }
            checked = Self.spaced(min(Self.mostChecked, room, others.count), over: others)
        }
        self.fitted = Self.images(fitted, of: trainer.dataset.train)
        self.checked = Self.images(checked, of: trainer.dataset.train)
    }

    private static func spaced(_ count: Int, over rows: some RandomAccessCollection<Int>) -> [Int] {
        (0..<count).map { rows[rows.index(rows.startIndex, offsetBy: $0 * rows.count / count)] }
    }

    private static func images(_ rows: [Int], of images: ImageSet) -> ImageSet {
        ImageSet(
            pixels: rows.flatMap { images.image($0) }, labels: rows.map { images.labels[$0] }, shape: images.shape)
    }
}

/// Read-outs of the pixels and the hidden layers, fitted to the weights at one place of a run.
struct FittedProbes {
    /// nil for a layer that gives no numbers.
    var readouts: [LinearReadout?]
    var result: LayerProbes

    /// The read-outs' probabilities for an image, added to their figures.
    ///
    /// - Parameter outputs: of the hidden layers for the image, with the weights that the read-outs were fitted to.
    func reading(_ image: [UInt8], _ outputs: [[Float]]) -> LayerProbes {
        let features = [image.map(Float.init)] + outputs
        var result = result
        for (index, readout) in readouts.enumerated() where features.indices.contains(index) {
            let values = features[index]
            guard let readout, values.allSatisfy(\.isFinite) else { continue }
            result.probes[index].probabilities = readout.probabilities(
                FeatureColumns(values, rows: 1, stride: values.count, columns: values.indices))
        }
        return result
    }

    /// The figures without probabilities.
    var figures: LayerProbes { result }
}

extension Trainer {
    /// Fits a read-out to each hidden layer, and checks it: at most 100 passes over 4 million values, 16 MB, and a copy of
    /// one layer's part for each worker. The workers share the layers; the result does not depend on their number.
    ///
    /// - Parameter pixels: the read-out of the pixels, which no weights change.
    func fitProbes(_ rows: ProbeRows, pixels: LinearReadout?, at place: RunPlace) -> FittedProbes {
        let widths = spec.network.layers.dropLast().map(\.output.count)
        let stride = widths.reduce(0, +)
        func columns(of images: ImageSet) -> [FeatureColumns] {
            // A run of one row has none to check.
            guard stride > 0, images.count > 0 else { return [] }
            let values = gathered(images, rows: RowNumbers(0..<images.count), width: stride) {
                joined(network.hiddenOutputs($0))
            }
            var first = 0
            return widths.map { width in
                defer { first += width }
                return FeatureColumns(values, rows: images.count, stride: stride, columns: first..<(first + width))
            }
        }
        let (fitted, checked) = (columns(of: rows.fitted), columns(of: rows.checked))
        var readouts = [LinearReadout?](repeating: nil, count: widths.count)
        readouts.withUnsafeMutableBufferPointer { readouts in
            guard let out = readouts.baseAddress else { return }
            network.forEachPiece(widths.count) { layer in
                out[layer] = Denormals.flushed {
                    LinearReadout(fitted[layer], labels: rows.fitted.labels, classes: spec.network.classes)
                }
            }
        }
        let all = [pixels] + readouts
        let inputs = [Self.pixels(rows.checked)] + checked
        let probes = all.indices.map { index in
            guard let readout = all[index], inputs.indices.contains(index) else {
                return LayerProbes.Probe(accuracy: nil)
            }
            return LayerProbes.Probe(accuracy: Self.accuracy(readout, inputs[index], rows.checked.labels))
        }
        let result = LayerProbes(
            probes: probes, networkAccuracy: accuracy(rows.checked), fitted: rows.fitted.count,
            checked: rows.checked.count, areValidation: rows.areValidation, place: place)
        return FittedProbes(readouts: all, result: result)
    }

    /// nil without images, and where the network gives no numbers.
    private func accuracy(_ images: ImageSet) -> Double? {
        guard images.count > 0 else { return nil }
        let evaluation = evaluate(images, rows: RowNumbers(0..<images.count), source: .validation)
        return evaluation.probabilities.allSatisfy(\.isFinite) ? evaluation.accuracy : nil
    }

    /// The read-out of the pixels.
    func fitPixels(_ rows: ProbeRows) -> LinearReadout? {
        Denormals.flushed {
            LinearReadout(Self.pixels(rows.fitted), labels: rows.fitted.labels, classes: spec.network.classes)
        }
    }

    private static func pixels(_ images: ImageSet) -> FeatureColumns {
        FeatureColumns(
            images.pixels.map(Float.init), rows: images.count, stride: images.imageBytes,
            columns: 0..<images.imageBytes)
    }

    /// nil without rows, and where a feature is not finite.
    private static func accuracy(_ readout: LinearReadout, _ features: FeatureColumns, _ labels: [UInt8]) -> Double? {
        let probabilities = Denormals.flushed { readout.probabilities(features) }
        guard !labels.isEmpty, probabilities.allSatisfy(\.isFinite) else { return nil }
        let predictions = ScoredRows(probabilities: probabilities, classes: readout.classes, labels: labels)
            .predictions()
        return Share.of(zip(predictions, labels).count { $0 == $1 }, among: labels.count)
    }

    /// Matrices (rows, units) side by side: (rows, sum of their units).
    private func joined(_ matrices: [[Float]]) -> [Float] {
        let widths = spec.network.layers.dropLast().map(\.output.count)
        guard let first = matrices.first, widths[0] > 0 else { return [] }
        let rows = first.count / widths[0]
        var result: [Float] = []
        result.reserveCapacity(rows * widths.reduce(0, +))
        for row in 0..<rows {
            for (matrix, width) in zip(matrices, widths) { result += matrix[(row * width)..<((row + 1) * width)] }
        }
        return result
    }
}
