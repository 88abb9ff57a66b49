import Specs

/// What the pixels and each hidden layer say of the class, each by a linear read-out of its own: what depth is for.
package struct LayerProbes: Sendable, Equatable {
    /// The read-out of the pixels, or of one layer.
    package struct Probe: Sendable, Equatable {
        /// The share of the checked rows that it predicts right, 0 ... 1; nil where the layer gives no numbers.
        package var accuracy: Double?
        /// Its probabilities for the image, one a class; empty where there is no image, or where it is of other weights.
        package var probabilities: [Float]

        package init(accuracy: Double?, probabilities: [Float] = []) {
            (self.accuracy, self.probabilities) = (accuracy, probabilities)
        }
    }

    /// The read-out of the pixels, then those of the hidden layers.
    package var probes: [Probe]
    /// The share of the checked rows that the network itself predicts right, 0 ... 1; nil where it gives no numbers.
    package var networkAccuracy: Double?
    /// Number of training rows that the read-outs were fitted to.
    package let fitted: Int
    /// Number of rows that they are checked on.
    package let checked: Int
    /// Whether these are validation rows; else training rows that nothing was fitted to, as the run has no others.
    package let areValidation: Bool
    /// The place of the run whose weights they are of.
    package let place: RunPlace

    package init(
        probes: [Probe], networkAccuracy: Double?, fitted: Int, checked: Int, areValidation: Bool, place: RunPlace
    ) {
        (self.probes, self.networkAccuracy, self.fitted) = (probes, networkAccuracy, fitted)
        (self.checked, self.areValidation, self.place) = (checked, areValidation, place)
    }
}

extension Inspection {
    /// Whether all that is watched was found: read-outs come after the rest.
    package var isComplete: Bool {
        guard watch.probes else { return true }
        return probes?.place == RunPlace(epoch: epoch, batch: batch)
    }
}
