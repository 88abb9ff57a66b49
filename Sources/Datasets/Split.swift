/// Which rows of the training file are trained on, and which validate.
package struct Split: Sendable, Equatable {
    /// How the rows that validate are chosen.
    package enum Method: Sendable, Hashable {
        /// The last rows, as Keras's `validation_split` holds them out.
        case last
        /// Rows by chance: those of scikit-learn's `train_test_split(random_state=seed)`.
        case shuffled(seed: UInt32)
        /// Rows by chance, of each class its share: those of `train_test_split(random_state=seed, stratify=labels)`.
        case stratified(seed: UInt32)
    }

    /// Why rows can't be held out in the way that is asked for.
    package enum Problem: Error, Equatable, Sendable {
        /// A class has one row, which can't be on both sides.
        case loneRow(label: Int)
        /// The rows to train on, or those held out, are fewer than the classes.
        case fewRows(training: Int, validation: Int, classes: Int)
    }

    /// The rows to train on, in the order that each epoch shuffles anew.
    package let training: RowNumbers
    /// The rows that validate, in the order in which they are evaluated.
    package let validation: RowNumbers

    /// The last rows validate; the first ⌊count · (1 − validation)⌋ are trained on.
    ///
    /// - Parameters:
    ///   - count: rows of the training file.
    ///   - validation: share held out, in 0 ..< 1.
    package init(count: Int, validation: Double) {
        precondition(validation >= 0 && validation < 1, "the validation share must be in 0 ..< 1")
        let rows = Int((Double(count) * (1 - validation)).rounded(.down))
        training = RowNumbers(0..<rows)
        self.validation = RowNumbers(rows..<count)
    }

    /// Rows by any of the methods. By chance ⌈count · validation⌉ are held out, as scikit-learn rounds.
    ///
    /// - Parameters:
    ///   - labels: of all rows of the training file.
    ///   - validation: share held out, in 0 ..< 1; if it is 0, all rows are trained on.
    /// - Throws: `Problem` where the rows can't be stratified.
    package init(labels: [UInt8], validation: Double, method: Method) throws(Problem) {
        let heldOut = Int((validation * Double(labels.count)).rounded(.up))
        precondition(validation >= 0 && validation < 1, "the validation share must be in 0 ..< 1")
        switch method {
        case .last: self.init(count: labels.count, validation: validation)
        case .shuffled where heldOut == 0, .stratified where heldOut == 0:
            self.init(count: labels.count, validation: 0)
        case .shuffled(let seed):
            var random = LegacyRandomState(seed: seed)
            let order = random.permutation((0..<labels.count).map { Int32($0) })
            self.init(training: Array(order[heldOut...]), validation: Array(order[..<heldOut]))
        case .stratified(let seed):
            let drawn = try Stratification(labels: labels, heldOut: heldOut, seed: seed)
            self.init(training: drawn.training, validation: drawn.validation)
        }
    }

    private init(training: [Int32], validation: [Int32]) {
        self.training = RowNumbers(training)
        self.validation = RowNumbers(validation)
    }
}
