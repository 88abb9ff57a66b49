/// Which rows of the training file are trained on, and which validate: the last ones, as in Keras.
package struct Split: Sendable, Equatable {
    /// The first ⌊count · (1 − validation)⌋ rows.
    package let training: RowNumbers
    /// The rows after them.
    package let validation: RowNumbers

    /// - Parameters:
    ///   - count: rows of the training file.
    ///   - validation: share held out, in 0 ..< 1.
    package init(count: Int, validation: Double) {
        precondition(validation >= 0 && validation < 1, "the validation share must be in 0 ..< 1")
        let rows = Int((Double(count) * (1 - validation)).rounded(.down))
        training = RowNumbers(0..<rows)
        self.validation = RowNumbers(rows..<count)
    }
}
