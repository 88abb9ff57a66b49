import Specs

extension ExperimentSpec {
    /// Seconds that an epoch takes on two cores of about 2024 with AVX-512: a part for each row, a part for each of its
    /// multiplications (of the first layer a seventh, as most of a digit's pixels are 0), and of each step a part for its
    /// hand-overs, one for each update of a weight, and what the optimizer computes besides. Fitted to `trainspotter bench`
    /// of fifteen networks and batches, which it misses by a seventh at most and by a thirtieth on average.
    ///
    /// - Parameter rows: of the training file, those held out for validation among them.
    package func epochSeconds(rows: Int) -> Double {
        let perRow =
            1.9e-7 + 1.77e-11 * multiplicationsPerRow + augmentation(network.input) + stepSeconds
            / Double(max(1, training.batch))
        return perRow * Double(rows) * (1 - training.validation)
    }

    /// Multiplications of an image's forward pass, less those that are skipped because a pixel is 0.
    private var multiplicationsPerRow: Double {
        network.layers.reduce(0.0) { sum, layer in
            let isSparse = layer.index == 0 && training.scale != .standard
            return sum + (isSparse ? 0.14 : 1) * Double(layer.multiplyAdds)
        }
    }

    /// What a step takes whatever its batch.
    private var stepSeconds: Double {
        let kernels = network.layers.map(\.kernel)
        let rule = training.optimizer.rule
        let weights = network.layers.reduce(0.0) { $0 + Double($1.multiplyAdds) }
        let own = kernels.reduce(0.0) { $0 + rule.multiplications(of: $1) }
        return 3.0e-6 + (8.2e-11 + rule.extraSecondsPerWeight) * weights + 1.2e-11 * own
    }

    /// Distorting one image; fitted to one of 28 × 28, and in proportion to its size.
    private func augmentation(_ image: Shape) -> Double {
        training.augmentation.seconds * Double(image.count) / 784
    }

    /// Whether an epoch takes as long as one of another spec: neither rates nor the number of epochs change that.
    package func hasCost(of other: ExperimentSpec) -> Bool {
        network == other.network && training.batch == other.training.batch
            && training.optimizer.kind == other.training.optimizer.kind
            && training.validation == other.training.validation && training.scale == other.training.scale
            && training.augmentation == other.training.augmentation
    }
}

extension Augmentation {
    /// For one image of 28 × 28; not fitted, but scaled down from a slower machine.
    fileprivate var seconds: Double {
        (!movesPixels ? 0 : bend == 0 ? 4e-7 : 9e-7) + (noise == 0 ? 0 : 2e-7)
    }
}
