import Datasets
import Kernels
import Specs

/// One distorted copy of all images.
struct DistortedCopy {
    let augmentation: TestTimeAugmentation
    /// From 1.
    let number: Int
    /// That of each network, with memory for each worker.
    let distortions: [(ImageDistortion, [ImageDistortion.Scratch])]
}

extension EnsembleNetwork {
    /// Evaluates the mean over each image and its distorted copies: the arithmetic mean of what the ensemble says of each.
    ///
    /// - Parameters:
    ///   - rows: those of `images` to evaluate.
    ///   - source: the set that the result names.
    /// - Throws: `EnsembleError.noAugmentation` where nothing says how to distort a member's images.
    package func evaluate(
        _ images: ImageSet, rows: RowNumbers, source: Evaluation.Source, _ augmentation: TestTimeAugmentation,
        isCancelled: () -> Bool = { false }
    ) throws(EnsembleError) -> Evaluation {
        precondition(images.shape == shape, "images of the ensemble's size")
        var distortions: [(ImageDistortion, [ImageDistortion.Scratch])] = []
        for member in ensemble.members {
            guard let distortion = augmentation.distortion(member.spec.training, shape) else {
                throw .noAugmentation(member.name)
            }
            distortions.append((distortion, (0..<threads).map { _ in ImageDistortion.Scratch(distortion) }))
        }
        var sums = [Double](repeating: 0, count: rows.count * ensemble.classes)
        var own = [Float](repeating: 0, count: sums.count)
        let share = 1 / Double(augmentation.count + 1)
        images.withBatch(rows) { batch, _ in
            for copy in 0...augmentation.count {
                own.withUnsafeMutableBufferPointer { own in
                    guard let start = own.baseAddress, !isCancelled() else { return }
                    predict(
                        batch,
                        copy: copy == 0
                            ? nil
                            : DistortedCopy(augmentation: augmentation, number: copy, distortions: distortions),
                        probabilities: start, isCancelled: isCancelled)
                }
                own.withUnsafeBufferPointer { own in
                    sums.withUnsafeMutableBufferPointer { sums in
                        EnsembleMean.arithmetic.add(own, weight: share, to: sums)
                    }
                }
            }
        }
        return Evaluation(
            source: source, rows: rows, classes: ensemble.classes, labels: rows.values(of: images.labels),
            mean: sums.map { Float($0) })
    }
}
