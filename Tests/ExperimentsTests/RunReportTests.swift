import Experiments
import Foundation
import Neural
import Testing
import Training

@Suite struct RunReportTests {
    static let test = ClassificationMetrics(
        probabilities: [0.75, 0.25, 0.5, 0.5, 0.25, 0.75, 0.125, 0.875], classes: 2, labels: [0, 0, 1, 1], lossSum: 2)

    static func report(epochs: [EpochFigures], test: ClassificationMetrics?) throws -> RunReport {
        RunReport(
            spec: try ExperimentSpec(parsing: "3tanh seed=18446744073709551615", inputs: 4, classes: 2),
            dataset: .init(name: "a \"small\" set", train: 100, validation: 10, test: 4), threads: 2, epochs: epochs,
            test: test)
    }

    @Test("The whole text, keys in order")
    func wholeText() throws {
        let epochs = [
            EpochFigures(
                epoch: 1, loss: 0.5, accuracy: 0.75, validationLoss: 0.25, validationAccuracy: 1,
                learningRate: 0.001, seconds: 0.5)
        ]
        let text = try Self.report(epochs: epochs, test: Self.test).text
        #expect(
            text == """
                {
                  "spec": "4-3tanh-2 adam lr=1e-3 batch=32 epochs=10 seed=18446744073709551615",
                  "dataset": {"name": "a \\"small\\" set", "train": 100, "validation": 10, "test": 4},
                  "parameters": 23,
                  "seed": 18446744073709551615,
                  "threads": 2,
                  "epochs": [
                    {
                      "epoch": 1,
                      "loss": 0.5,
                      "accuracy": 0.75,
                      "val_loss": 0.25,
                      "val_accuracy": 1.0,
                      "learning_rate": 0.001,
                      "seconds": 0.5
                    }
                  ],
                  "samples_per_second": 200.0,
                  "test": {
                    "loss": 0.5,
                    "accuracy": 1.0,
                    "errors": 0,
                    "recall_macro": 1.0,
                    "precision_macro": 1.0,
                    "f1_macro": 1.0,
                    "roc_auc_macro": 1.0,
                    "confusion": [[2, 0], [0, 2]],
                    "per_class": [
                      {"label": 0, "precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 2},
                      {"label": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 2}
                    ]
                  }
                }
                """)
    }

    @Test("What does not exist is null, never missing")
    func nulls() throws {
        let epochs = [EpochFigures(epoch: 1, loss: .nan, accuracy: 0.1, learningRate: 0.1, seconds: 0)]
        let text = try Self.report(epochs: epochs, test: nil).text
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(
            object.keys.sorted() == [
                "dataset", "epochs", "parameters", "samples_per_second", "seed", "spec", "test", "threads",
            ])
        #expect(object["test"] is NSNull && object["samples_per_second"] is NSNull)
        let epoch = try #require((object["epochs"] as? [[String: Any]])?.first)
        #expect(
            epoch.keys.sorted() == [
                "accuracy", "epoch", "learning_rate", "loss", "seconds", "val_accuracy", "val_loss",
            ])
        #expect(epoch["loss"] is NSNull && epoch["val_loss"] is NSNull && epoch["val_accuracy"] is NSNull)
    }

    @Test("A report reads back from its text as the same value")
    func roundTrip() throws {
        let epochs = (1...3).map {
            EpochFigures(
                epoch: $0, loss: 1 / Double(3 * $0), accuracy: 0.1 * Double($0), learningRate: 1e-3,
                seconds: 0.1 + 0.2 * Double($0))
        }
        let report = try Self.report(epochs: epochs, test: Self.test)
        #expect(try RunReport(text: report.text) == report)
        let early = try Self.report(epochs: [], test: nil)
        #expect(try RunReport(text: early.text) == early)
        #expect(throws: DecodingError.self) { try RunReport(text: "{}") }
    }
}
