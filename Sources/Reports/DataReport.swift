import Datasets
import Foundation
import Training

/// What a first look at a data set finds, as text and as JSON.
package struct DataReport: Sendable {
    private let dataset: Dataset
    private let survey: DataSurvey
    private let division: DataDivision
    /// What to know about the data, the gravest first.
    package let warnings: [DataWarning]

    /// Images that are listed as most unlike their class, in each part.
    private static let mostUnlike = 10

    /// - Parameters:
    ///   - survey: of the data set.
    ///   - division: of the data set.
    package init(_ dataset: Dataset, _ survey: DataSurvey, _ division: DataDivision) {
        (self.dataset, self.survey, self.division) = (dataset, survey, division)
        warnings = DataWarning.all(survey, division, dataset)
    }

    /// What the table of classes does not say, a line each.
    package var lines: [String] {
        let equal = survey.equal
        var lines = [
            "training pixels: \(Self.words(survey.train.levels))", "test pixels: \(Self.words(survey.test.levels))",
        ]
        let twice =
            "\(FigureText.grouped(equal.withinTrain)) training and \(FigureText.grouped(equal.withinTest)) test images repeat "
            + "an earlier one, \(FigureText.grouped(equal.testInTrain)) test images are training images, too"
        lines.append("duplicates: " + (equal.groups.isEmpty ? "none" : twice))
        let farthest = Self.unlike(survey.train.distances).prefix(3).map { row in
            "\(FigureText.grouped(row)) (\(dataset.classNames[Int(dataset.train.labels[row])]), "
                + "\(FigureText.fixed(Double(survey.train.distances[row]), 1)))"
        }
        if !farthest.isEmpty {
            lines.append("training images most unlike the mean of their class: " + farthest.joined(separator: ", "))
        }
        return lines + warnings.map { "to know: \($0.text(dataset.classNames, division.method))" }
    }

    /// `0 to 255, mean 33.3, deviation 78.6, 19.1 % not 0`.
    private static func words(_ levels: PixelLevels) -> String {
        "\(levels.least) to \(levels.greatest), mean \(FigureText.fixed(levels.mean, 1)), "
            + "deviation \(FigureText.fixed(levels.deviation, 1)), \(FigureText.fixed(100 * levels.ink, 1)) % not 0"
    }

    /// Rows by distance, the greatest first; those without one are left out.
    private static func unlike(_ distances: [Float]) -> [Int] {
        distances.indices.filter { !distances[$0].isNaN }
            .sorted { (distances[$1], $0) < (distances[$0], $1) }
    }

    /// All of it.
    package var json: JSON {
        .object([
            "dataset": .text(dataset.name), "rows": .integer(dataset.train.rows),
            "columns": .integer(dataset.train.columns), "channels": .integer(dataset.train.shape.channels),
            "train": part(.train, dataset.train.count), "test": part(.test, dataset.test.count),
            "classes": .array((0..<dataset.classes).map(json(of:))),
            "duplicates": .object([
                "in_train": .integer(survey.equal.withinTrain), "in_test": .integer(survey.equal.withinTest),
                "test_in_train": .integer(survey.equal.testInTrain),
                "held_out_in_training": .integer(
                    survey.equal.heldOutInTraining(division.split, rows: dataset.train.count)),
                "several_labels": .integer(survey.equal.contradictions),
            ]), "notes": .array(dataset.notes.map { .text($0) }),
            "warnings": .array(warnings.map { .text($0.text(dataset.classNames, division.method)) }),
        ])
    }

    private func part(_ part: DatasetPart, _ count: Int) -> JSON {
        let levels = survey[part].levels
        let labels = part == .train ? dataset.train.labels : dataset.test.labels
        let distances = survey[part].distances
        return .object([
            "images": .integer(count), "least": .integer(levels.least), "greatest": .integer(levels.greatest),
            "mean": .number(levels.mean), "deviation": .number(levels.deviation), "not_zero": .number(levels.ink),
            "constant": .integer(survey[part].constant.count),
            "most_unlike": .array(
                Self.unlike(distances).prefix(Self.mostUnlike).map { row in
                    .object([
                        "index": .integer(row), "label": .integer(Int(labels[row])),
                        "distance": .number(Double(distances[row])),
                    ])
                }),
        ])
    }

    private func json(of label: Int) -> JSON {
        .object([
            "label": .integer(label), "name": .text(dataset.classNames[label]),
            "train": .integer(division.counts.training[label]), "held_out": .integer(division.counts.validation[label]),
            "test": .integer(division.counts.test[label]),
            "weight": .number(division.weights.map { Double($0[label]) }),
            "mean_distance": .number(survey.classes[label].spread),
        ])
    }
}
