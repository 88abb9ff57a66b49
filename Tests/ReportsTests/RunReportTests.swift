import Foundation
import Reports
import Specs
import Testing
import Training

@Suite struct RunReportTests {
    static let test = ClassificationMetrics(
        probabilities: [0.75, 0.25, 0.5, 0.5, 0.25, 0.75, 0.125, 0.875], classes: 2, labels: [0, 0, 1, 1], lossSum: 2)

    static func report(epochs: [EpochFigures], test: ClassificationMetrics?) throws -> RunReport {
        RunReport(
            line: try RunLine(parsing: "3tanh seed=18446744073709551615", inputs: 4, classes: 2),
            dataset: .init(name: "a \"small\" set", train: 100, validation: 10, test: 4), threads: 2, epochs: epochs,
            test: test)
    }

    @Test("The whole text, keys in order")
    func wholeText() throws {
        let epochs = [
            EpochFigures(
                epoch: 1, loss: 0.5, accuracy: 0.75, validationLoss: 0.25, validationAccuracy: 1,
                learningRate: 0.001, seconds: 0.5, gradientNorm: 1.5, wallSeconds: 0.75)
        ]
        var report = try Self.report(epochs: epochs, test: Self.test)
        report.dataset.classes = [.init(name: "cat", train: 60, validation: 4, test: 1)]
        report.dataset.images = .init(rows: 2, columns: 2, channels: 1, black: 0, white: 16)
        report.dataset.pixels = PixelStatistics(mean: 4.5, deviation: 6)
        report.sign(program: "1.2", date: Date(timeIntervalSince1970: 1_700_000_000), digest: "ab12")
        let text = report.text
        #expect(try RunReport(text: text) == report)
        #expect(
            text == """
                {
                  "format": {"name": "trainspotter run", "version": 2},
                  "program": "1.2",
                  "date": "2023-11-14T22:13:20Z",
                  "spec": "4-3tanh-2 adam lr=1e-3 batch=32 epochs=10 seed=18446744073709551615",
                  "dataset": {
                    "name": "a \\"small\\" set",
                    "sha256": "ab12",
                    "train": 100,
                    "validation": 10,
                    "test": 4,
                    "classes": [{"name": "cat", "train": 60, "validation": 4, "test": 1}],
                    "images": {"rows": 2, "columns": 2, "channels": 1, "black": 0, "white": 16},
                    "pixels": {"mean": 4.5, "deviation": 6.0}
                  },
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
                      "seconds": 0.5,
                      "gradient_norm": 1.5,
                      "wall_seconds": 0.75
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
                    "balanced_accuracy": 1.0,
                    "recall_weighted": 1.0,
                    "precision_weighted": 1.0,
                    "f1_weighted": 1.0,
                    "top_k": {"2": 1.0, "3": 1.0, "5": 1.0},
                    "log_loss": 0.35051067952200743,
                    "brier_score": 0.09765625,
                    "expected_calibration_error": 0.28125,
                    "calibration": [
                      {
                        "expected_error": 0.28125,
                        "maximum_error": 0.5,
                        "bins": [
                          {"above": 0.0, "up_to": 0.1, "count": 0, "confidence": null, "accuracy": null},
                          {"above": 0.1, "up_to": 0.2, "count": 0, "confidence": null, "accuracy": null},
                          {"above": 0.2, "up_to": 0.3, "count": 0, "confidence": null, "accuracy": null},
                          {"above": 0.3, "up_to": 0.4, "count": 0, "confidence": null, "accuracy": null},
                          {"above": 0.4, "up_to": 0.5, "count": 1, "confidence": 0.5, "accuracy": 1.0},
                          {"above": 0.5, "up_to": 0.6, "count": 0, "confidence": null, "accuracy": null},
                          {"above": 0.6, "up_to": 0.7, "count": 0, "confidence": null, "accuracy": null},
                          {"above": 0.7, "up_to": 0.8, "count": 2, "confidence": 0.75, "accuracy": 1.0},
                          {"above": 0.8, "up_to": 0.9, "count": 1, "confidence": 0.875, "accuracy": 1.0},
                          {"above": 0.9, "up_to": 1.0, "count": 0, "confidence": null, "accuracy": null}
                        ]
                      },
                      {
                        "expected_error": 0.28125,
                        "maximum_error": 0.5,
                        "bins": [
                          {
                            "above": 0.0,
                            "up_to": 0.06666666666666667,
                            "count": 0,
                            "confidence": null,
                            "accuracy": null
                          },
                          {
                            "above": 0.06666666666666667,
                            "up_to": 0.13333333333333333,
                            "count": 0,
                            "confidence": null,
                            "accuracy": null
                          },
                          {
                            "above": 0.13333333333333333,
                            "up_to": 0.2,
                            "count": 0,
                            "confidence": null,
                            "accuracy": null
                          },
                          {
                            "above": 0.2,
                            "up_to": 0.26666666666666666,
                            "count": 0,
                            "confidence": null,
                            "accuracy": null
                          },
                          {
                            "above": 0.26666666666666666,
                            "up_to": 0.3333333333333333,
                            "count": 0,
                            "confidence": null,
                            "accuracy": null
                          },
                          {
                            "above": 0.3333333333333333,
                            "up_to": 0.4,
                            "count": 0,
                            "confidence": null,
                            "accuracy": null
                          },
                          {
                            "above": 0.4,
                            "up_to": 0.4666666666666667,
                            "count": 0,
                            "confidence": null,
                            "accuracy": null
                          },
                          {
                            "above": 0.4666666666666667,
                            "up_to": 0.5333333333333333,
                            "count": 1,
                            "confidence": 0.5,
                            "accuracy": 1.0
                          },
                          {
                            "above": 0.5333333333333333,
                            "up_to": 0.6,
                            "count": 0,
                            "confidence": null,
                            "accuracy": null
                          },
                          {
                            "above": 0.6,
                            "up_to": 0.6666666666666666,
                            "count": 0,
                            "confidence": null,
                            "accuracy": null
                          },
                          {
                            "above": 0.6666666666666666,
                            "up_to": 0.7333333333333333,
                            "count": 0,
                            "confidence": null,
                            "accuracy": null
                          },
                          {
                            "above": 0.7333333333333333,
                            "up_to": 0.8,
                            "count": 2,
                            "confidence": 0.75,
                            "accuracy": 1.0
                          },
                          {
                            "above": 0.8,
                            "up_to": 0.8666666666666667,
                            "count": 0,
                            "confidence": null,
                            "accuracy": null
                          },
                          {
                            "above": 0.8666666666666667,
                            "up_to": 0.9333333333333333,
                            "count": 1,
                            "confidence": 0.875,
                            "accuracy": 1.0
                          },
                          {
                            "above": 0.9333333333333333,
                            "up_to": 1.0,
                            "count": 0,
                            "confidence": null,
                            "accuracy": null
                          }
                        ]
                      }
                    ],
                    "confusion": [[2, 0], [0, 2]],
                    "per_class": [
                      {"label": 0, "precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 2, "roc_auc": 1.0},
                      {"label": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 2, "roc_auc": 1.0}
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
                "dataset", "date", "epochs", "format", "parameters", "program", "samples_per_second", "seed", "spec",
                "test", "threads",
            ])
        #expect(object["date"] is NSNull && object["program"] is NSNull)
        #expect(object["test"] is NSNull && object["samples_per_second"] is NSNull)
        let epoch = try #require((object["epochs"] as? [[String: Any]])?.first)
        #expect(
            epoch.keys.sorted() == [
                "accuracy", "epoch", "gradient_norm", "learning_rate", "loss", "seconds", "val_accuracy", "val_loss",
                "wall_seconds",
            ])
        #expect(epoch["loss"] is NSNull && epoch["val_loss"] is NSNull && epoch["val_accuracy"] is NSNull)
    }

    @Test("Figures of a test set that do not exist are null, and read back as none")
    func undefinedFigures() throws {
        let spoiled = ClassificationMetrics(
            probabilities: [.nan, .nan, 0.25, 0.75], classes: 2, labels: [1, 1], lossSum: .nan)
        let report = try Self.report(epochs: [], test: spoiled)
        let object = try JSONSerialization.jsonObject(with: Data(report.text.utf8)) as? [String: Any]
        let test = try #require(object?["test"] as? [String: Any])
        for key in ["loss", "roc_auc_macro", "log_loss", "brier_score", "expected_calibration_error"] {
            #expect(test[key] is NSNull, "\(key)")
        }
        let topK = try #require(test["top_k"] as? [String: Any])
        #expect(topK.keys.sorted() == ["2", "3", "5"] && topK.values.allSatisfy { $0 is NSNull })
        #expect((test["calibration"] as? [Any])?.isEmpty == true)
        let areas = (test["per_class"] as? [[String: Any]])?.map { $0["roc_auc"] is NSNull }
        #expect(areas == [true, true])
        #expect(try RunReport(text: report.text) == report)
    }

    @Test("A report of a time that had fewer figures can be read")
    func olderReport() throws {
        let text = """
            {"spec": "s", "dataset": {"name": "d", "train": 1, "validation": 0, "test": 1}, "parameters": 1, "seed": 1,
            "threads": 1, "epochs": [], "samples_per_second": null, "test": {"loss": 0.5, "accuracy": 1.0, "errors": 0,
            "recall_macro": 1.0, "precision_macro": 1.0, "f1_macro": 1.0, "roc_auc_macro": null, "confusion": [[1]],
            "per_class": [{"label": 0, "precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 1}]}}
            """
        let test = try #require(try RunReport(text: text).test)
        #expect(test.accuracy == 1 && test.logLoss == nil && test.topK == nil && test.calibration == nil)
        #expect(test.perClass.map(\.rocAUC) == [nil])
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
