import DataFormats
import Specs

/// Which rows a Python program trains on, which it holds out, and how much the rows of each class count: with Keras alone
/// where the last rows are held out and all count the same, else with scikit-learn's functions.
struct KerasSplit {
    private let training: TrainingConfiguration

    init(_ training: TrainingConfiguration) { self.training = training }

    private var validation: String { PythonText.number(training.validation) }
    private var drawsRows: Bool { training.split != .last }
    private var weighsClasses: Bool { training.classWeight != .none }

    /// Lines of the program that import what its functions call.
    var imports: [String] {
        (drawsRows ? ["from sklearn.model_selection import train_test_split"] : [])
            + (weighsClasses ? ["from sklearn.utils.class_weight import compute_class_weight"] : [])
    }

    /// Functions of the program, in the order in which one calls the other; empty where Keras's `fit` does all.
    ///
    /// - Parameters:
    ///   - classes: of the data set.
    ///   - arguments: of `fit`, apart from the rows.
    func functions(classes: Int, fit arguments: [String]) -> [String] {
        guard drawsRows || weighsClasses else { return [] }
        return (drawsRows ? [division] : []) + (weighsClasses ? [weights] : []) + [fitting(classes, arguments)]
    }

    private var division: String {
        let stratify = training.split == .stratified ? ", stratify=labels" : ""
        return """
            def divided(labels):
                \"\"\"Numbers of the rows to train on, and of those held out, as in training.\"\"\"
                return train_test_split(
                    np.arange(len(labels)), test_size=\(validation), random_state=\(training.splitSeed)\(stratify)
                )

            """
    }

    private var weights: String {
        """
        def class_weights(labels):
            \"\"\"Weights with which each class of the rows to train on counts the same.\"\"\"
            classes = np.unique(labels)
            weights = compute_class_weight("balanced", classes=classes, y=labels)
            return dict(zip(classes.tolist(), weights.tolist()))

        """
    }

    private func fitting(_ classes: Int, _ arguments: [String]) -> String {
        let trained = drawsRows ? "labels[rows]" : "labels[: int(len(labels) * (1 - \(validation)))]"
        let rows =
            drawsRows
            ? ["x[rows]", "y[rows]"] + arguments + ["validation_data=(x[held_out], y[held_out])"]
            : ["x", "y"] + arguments + ["validation_split=\(validation)"]
        let all = rows + (weighsClasses ? ["class_weight=class_weights(\(trained))"] : [])
        return """
            def fit(model, x, labels):
                \"\"\"Trains a new model on all rows of the training file, as the run was.\"\"\"\
            \(drawsRows ? "\n    rows, held_out = divided(labels)" : "")
                y = keras.utils.to_categorical(labels, \(classes))
                return model.fit(
                    \(all.joined(separator: ",\n        ")),
                )

            """
    }

    /// What trains a new model.
    func call(fit arguments: [String]) -> String {
        guard drawsRows || weighsClasses else {
            let all = ["x_train", "y_train"] + arguments.prefix(2) + ["validation_split=\(validation)"]
            return "build_model().fit(\((all + arguments.dropFirst(2)).joined(separator: ", ")))"
        }
        return "fit(build_model(), x_train, labels_train)"
    }

    /// Lines that leave the rows to train on of the array `train`, which has all images of the training file.
    func trainingRows(_ reader: PythonReader) -> String {
        drawsRows
            ? "train = train[divided(\(reader.trainLabels))[0]]"
            : "train = train[: int(len(train) * (1 - \(validation)))]"
    }
}
