/// Images to train on and images to test with, of the same size and classes.
package struct Dataset: Sendable {
    /// The data set's name, as files and reports have it.
    package let name: String
    /// The images to train on; those for validation are the last of them.
    package let train: ImageSet
    /// The images to test with.
    package let test: ImageSet
    /// Labels are below it; a class may have no images.
    package let classes: Int
    /// The names of the classes: their numbers, or words where the data set has words.
    package let classNames: [String]
    /// What the user should know of how the files were read, a line each.
    package let notes: [String]

    /// - Parameters:
    ///   - classNames: one a class; the classes' numbers if nil.
    ///   - notes: a line each.
    package init(
        name: String, train: ImageSet, test: ImageSet, classes: Int, classNames: [String]? = nil, notes: [String] = []
    ) {
        precondition(classNames.map { $0.count == classes } ?? true, "one name a class")
        self.name = name
        self.train = train
        self.test = test
        self.classes = classes
        self.classNames = classNames ?? (0..<classes).map(String.init)
        self.notes = notes
    }
}

/// Which rows of the training file are trained on, and which validate: the last ones, as in Keras.
package struct Split: Sendable, Equatable {
    /// The first ⌊count · (1 − validation)⌋ rows.
    package let training: Range<Int>
    /// The rows after them.
    package let validation: Range<Int>

    /// - Parameters:
    ///   - count: rows of the training file.
    ///   - validation: share held out, in 0 ..< 1.
    package init(count: Int, validation: Double) {
        precondition(validation >= 0 && validation < 1, "the validation share must be in 0 ..< 1")
        let rows = Int((Double(count) * (1 - validation)).rounded(.down))
        training = 0..<rows
        self.validation = rows..<count
    }
}
