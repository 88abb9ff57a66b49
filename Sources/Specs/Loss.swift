/// A loss over the softmax of the output layer, named as in Keras; the mean over the batch.
public struct Loss: Codable, Equatable, Hashable, Sendable {
    /// The losses, with their names in the spec language.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        case crossentropy = "categorical_crossentropy"
        case mse
        case focal = "categorical_focal_crossentropy"
        case klDivergence = "kl_divergence"
        case hinge = "categorical_hinge"
    }

    /// Which loss it is.
    public var kind: Kind
    /// Label smoothing: the s in y(1 − s) + s / classes, where y is 1 for the true class and 0 for the others.
    public var labelSmoothing = 0.0
    /// The weight α of every class in the focal loss.
    public var focalAlpha = 0.25
    /// The exponent γ of the focal loss.
    public var focalGamma = 2.0

    /// The loss with Keras's defaults.
    public init(_ kind: Kind = .crossentropy) { self.kind = kind }
}

extension Loss.Kind {
    /// The settings that the loss has.
    var settings: [SpecKey] {
        switch self {
        case .crossentropy: [.smooth]
        case .focal: [.smooth, .focalalpha, .focalgamma]
        case .mse, .klDivergence, .hinge: []
        }
    }
}
