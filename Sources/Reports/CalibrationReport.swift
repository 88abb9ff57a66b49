import Training

/// A reliability diagram: one entry of `calibration` in the JSON of a test set.
package struct CalibrationReport: Equatable, Sendable, Decodable {
    /// The rows whose confidence is above `above`, up to `upTo`; the first bin has those of confidence 0, too.
    package struct Bin: Equatable, Sendable, Decodable {
        /// The lower bound of the bin's confidences, not included.
        package var above: Double
        /// The upper bound of the bin's confidences, included.
        package var upTo: Double
        /// Rows in the bin.
        package var count: Int
        /// Mean confidence; nil for an empty bin.
        package var confidence: Double?
        /// Share of right predictions; nil for an empty bin.
        package var accuracy: Double?

        enum CodingKeys: String, CodingKey {
            case above, count, confidence, accuracy
            case upTo = "up_to"
        }
    }

    /// The gaps between confidence and accuracy, weighted by the bins' shares of the rows.
    package var expectedError: Double
    /// The greatest gap.
    package var maximumError: Double
    /// Bins of equal width, in order of confidence.
    package var bins: [Bin]

    enum CodingKeys: String, CodingKey {
        case bins
        case expectedError = "expected_error"
        case maximumError = "maximum_error"
    }

    package init(_ diagram: ReliabilityDiagram) {
        expectedError = diagram.expectedError
        maximumError = diagram.maximumError
        bins = diagram.bins.enumerated().map { index, bin in
            let edges = diagram.edges(ofBin: index)
            return Bin(
                above: edges.above, upTo: edges.upTo, count: bin.count, confidence: bin.confidence,
                accuracy: bin.accuracy)
        }
    }

    /// The object in the JSON of a test set.
    package var json: JSON {
        .object([
            "expected_error": .number(expectedError), "maximum_error": .number(maximumError),
            "bins": .array(
                bins.map {
                    .object([
                        "above": .number($0.above), "up_to": .number($0.upTo), "count": .integer($0.count),
                        "confidence": .number($0.confidence), "accuracy": .number($0.accuracy),
                    ])
                }),
        ])
    }
}
