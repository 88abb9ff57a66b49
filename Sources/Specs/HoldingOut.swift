/// How the rows that validate are chosen.
public enum HoldingOut: String, Codable, CaseIterable, Sendable {
    /// The last rows of the training file, as Keras's `validation_split`.
    case last
    /// Rows by chance: those of scikit-learn's `train_test_split`.
    case shuffled
    /// Rows by chance, of each class its share: those of `train_test_split` with `stratify`.
    case stratified

    /// The settings that this way to hold rows out has.
    var settings: [SpecKey] { self == .last ? [] : [.splitseed] }
}

/// How much the rows of each class count in training: Keras's `class_weight`.
public enum ClassWeighting: String, Codable, CaseIterable, Sendable {
    /// All rows count the same.
    case none
    /// Each class counts the same: its rows have scikit-learn's weight n / (classes · count).
    case balanced
}
