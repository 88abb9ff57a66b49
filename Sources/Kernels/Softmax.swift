import CKernels

/// Softmax, and its fusion with the cross-entropy, on logits (rows, classes).
package enum Softmax {
    /// probabilities (rows, classes) = softmax(logits); with labels also each row's cross-entropy.
    package static func forward(
        rows: Int, classes: Int, logits: UnsafePointer<Float>, stride: Int,
        probabilities: UnsafeMutablePointer<Float>, labels: UnsafePointer<UInt8>?, losses: UnsafeMutablePointer<Float>?
    ) {
        ck_softmax_forward(rows, classes, stride, logits, probabilities, classes, labels, losses)
    }

    /// gradient = (softmax(logits) - onehot(labels)) · scale on logits' own stride, each row's cross-entropy, and 1
    /// where the first largest logit is the label's.
    package static func crossEntropy(
        rows: Int, classes: Int, logits: UnsafePointer<Float>, stride: Int, labels: UnsafePointer<UInt8>, scale: Float,
        gradient: UnsafeMutablePointer<Float>, losses: UnsafeMutablePointer<Float>, hits: UnsafeMutablePointer<UInt8>
    ) {
        ck_softmax_cross_entropy(rows, classes, stride, logits, labels, scale, gradient, losses, hits)
    }
}
