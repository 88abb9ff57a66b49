/// Learning from the probabilities of a trained network, the teacher, beside the labels.
///
/// The loss of a row is hard · L + (1 − hard) · T² · Σ q ln(q / p), where L is the loss by the label, and q and p are the softmax
/// of the teacher's and of the network's logits, each divided by the temperature T (Hinton et al., "Distilling the Knowledge
/// in a Neural Network", 2015; the weights are those of Keras's example, where `hard` is called alpha).
public struct Distillation: Codable, Equatable, Hashable, Sendable {
    /// The digest of the teacher's weights; nil for a run that learns from labels alone.
    public var teacher: WeightDigest?
    /// T: above 1 the teacher's small probabilities count more.
    public var temperature = 2.0
    /// The share of the loss by the labels, 0 ... 1.
    public var hard = 0.1

    public init() {}
}
