import Networks

extension Trainer {
    /// Where numbers ran out in the last step; to be asked at once after `step` gave a loss that is not finite. Nil where
    /// outputs and weights are finite, as where a penalty alone is beyond all numbers.
    package var nonFiniteLayer: NonFiniteLayer? { network.nonFiniteLayer() }

    /// The learning rate of the last step.
    package var rateOfLastStep: Double { lastRate }
}
