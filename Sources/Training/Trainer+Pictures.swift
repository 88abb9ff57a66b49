import Datasets
import Kernels
import Specs

/// What a prediction depends on, and how the network sees many digits at once.
extension Trainer {
    /// The gradients of the logits of the true and the predicted class by the inputs.
    ///
    /// - Parameter truth: the image's class.
    func saliency(of image: [UInt8], truth: Int) -> Saliency? {
        guard (0..<spec.network.classes).contains(truth) else { return nil }
        let images = alone(image)
        let predicted = Int(evaluate(images, rows: RowNumbers(0..<1), source: .test).predictions[0])
        let classes = truth == predicted ? [truth] : [truth, predicted]
        let gradients = [0].withUnsafeBufferPointer { numbers in
            withRows(of: images, numbers, first: 0, count: 1) { batch, _ in
                network.logitGradients(batch, classes: classes)
            }
        }
        return Saliency(
            truth: truth, predicted: predicted, ofTruth: gradients[0], ofPredicted: gradients[gradients.count - 1])
    }

    /// Some digits by the outputs of the last hidden layer, or by their pixels where there is none; nil where these are
    /// not finite.
    func map(_ source: Evaluation.Source) -> FeatureMap? {
        let images = source == .test ? dataset.test : dataset.train
        let all = source == .test ? RowNumbers(0..<dataset.test.count) : sample.rows
        let rows = all.prefix(FeatureMap.mostRows)
        guard !rows.isEmpty else { return nil }
        let width = spec.network.layers[spec.network.layers.count - 1].kernel.inputs
        let features = gathered(images, rows: rows, width: width) { network.features($0) }
        guard let plane = PrincipalPlane(features, rows: rows.count, width: width) else { return nil }
        let predictions = evaluate(images, rows: rows, source: source).predictions
        var map = FeatureMap(
            source: source, rows: rows, areTraining: source != .test && !sample.areValidation,
            predictions: Array(predictions), x: plane.x, y: plane.y, shares: plane.shares)
        map.turn(byClasses: rows.values(of: images.labels))
        return map
    }
}
