/// A network's prediction for one image: the JSON of `predict`.
package struct PredictionReport: Equatable, Sendable {
    /// Number within the test set; nil for an image file.
    package var index: Int?
    /// The image's file; nil for one of the test set.
    package var image: String?
    /// The true class, where it is known.
    package var label: Int?
    /// The class with the greatest probability.
    package var predicted: Int
    /// One for each class; they sum to 1.
    package var probabilities: [Float]
    /// What the classes are called, one for each.
    package var classNames: [String]

    package init(
        index: Int?, image: String?, label: Int?, predicted: Int, probabilities: [Float], classNames: [String]
    ) {
        self.index = index
        self.image = image
        self.label = label
        self.predicted = predicted
        self.probabilities = probabilities
        self.classNames = classNames
    }

    /// JSON of several lines, without a line break at its end.
    package var text: String { value.text() }

    /// The same of several images: an array.
    package static func text(_ reports: [PredictionReport]) -> String { JSON.array(reports.map(\.value)).text() }

    private var value: JSON {
        .object([
            "index": index.map { .integer($0) } ?? .null, "image": image.map { .text($0) } ?? .null,
            "label": label.map { .integer($0) } ?? .null, "label_name": label.map { .text(classNames[$0]) } ?? .null,
            "predicted": .integer(predicted), "predicted_name": .text(classNames[predicted]),
            "probabilities": .array(probabilities.map { .number(Double($0)) }),
        ])
    }
}
