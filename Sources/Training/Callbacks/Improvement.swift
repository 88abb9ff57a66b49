import Specs

extension Monitor {
    /// The figure of a finished epoch; nil where it was not measured.
    package func value(in figures: EpochFigures) -> Double? {
        switch self {
        case .loss: figures.loss
        case .accuracy: figures.accuracy
        case .validationLoss: figures.validationLoss
        case .validationAccuracy: figures.validationAccuracy
        }
    }

    /// Whether a value is better than the best one by more than `minDelta`; true where there is no best one yet.
    ///
    /// As Keras on TensorFlow, which compares in single precision: values that differ by less are equal. NaN is never
    /// better.
    func isImprovement(_ value: Double, over best: Double?, minDelta: Double) -> Bool {
        guard let best else { return true }
        return isLoss ? Float(value + minDelta) < Float(best) : Float(value - minDelta) > Float(best)
    }
}
