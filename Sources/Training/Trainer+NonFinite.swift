import Networks

extension Trainer {
    /// The layer whose outputs or weights became NaN or infinite first in the last step. To be read at once after
    /// `step` gave a loss that is not finite. Nil where outputs and weights are finite, as where a penalty alone
    /// overflows.
    package var nonFiniteLayer: NonFiniteLayer? { network.nonFiniteLayer() }

    /// The learning rate of the last step.
    package var rateOfLastStep: Double { lastRate }
}
