import Exports
import Interchange
import Specs
import TestSupport
import Testing

@Suite struct TensorBoardLogTests {
    static func log(_ run: RunExport) -> TensorBoardLog {
        TensorBoardLog(line: run.line, dataset: run.report.dataset, classNames: ["zero", "one", "two"])
    }

    /// One line a value: its step and time, then its tag and what it holds.
    static func lines(_ additions: [TensorBoardLog.Addition], _ place: TensorBoardLog.Place) throws -> [String] {
        let bytes = additions.filter { $0.place == place }.flatMap(\.bytes)
        return try TFRecordReader.read(bytes).flatMap { record -> [String] in
            let event = try ProtocolReader(record)
            let moment = "\(event.integers(2).first.map(String.init) ?? "-") @\(event.doubles(1)[0])"
            guard let summary = try event.messages(5).first else { return ["\(moment) \(event.texts(3)[0])"] }
            return try summary.messages(1).map { "\(moment) \(try text($0))" }
        }
    }

    private static func text(_ value: ProtocolReader) throws -> String {
        let tag = value.texts(1)[0]
        if let number = value.floats(2).first { return "\(tag) \(number)" }
        if let image = try value.messages(4).first {
            let picture = try PNGReader.read(image.byteStrings(4)[0])
            #expect(image.integers(1) == [picture.height] && image.integers(2) == [picture.width])
            #expect(image.integers(3) == [picture.kind.samples])
            let metadata = try #require(try value.messages(9).first)
            #expect(try metadata.messages(1).first?.texts(1) == ["images"], "the plugin that shows them")
            return "\(tag) \(picture.width) × \(picture.height): \(metadata.texts(3)[0])"
        }
        let metadata = try #require(try value.messages(9).first)
        let plugin = try #require(try metadata.messages(1).first)
        let tensor = try #require(try value.messages(8).first)
        return "\(tag) by \(plugin.texts(1)[0]) \(tensor.texts(8).first?.split(separator: "\n").first ?? "")"
    }

    @Test("The files begin with their version, the run's own with its spec")
    func opening() throws {
        let run = try ModelSamples.run()
        let opening = Self.log(run).opening(at: 100)
        #expect(
            try Self.lines(opening, .run) == [
                "- @100.0 brain.Event:2", "0 @100.0 run by text `\(run.spec)`",
                "0 @100.0 _hparams_/session_start_info by hparams ",
            ])
        #expect(try Self.lines(opening, .training) == ["- @100.0 brain.Event:2"])
        #expect(try Self.lines(opening, .validation) == ["- @100.0 brain.Event:2"])
    }

    @Test("An epoch gives Keras's tags, counted from 0, and the validation rows' confusion matrix")
    func epoch() throws {
        let run = try ModelSamples.run()
        var epoch = run.report.epochs[1]
        epoch.loss = 0.5
        (epoch.accuracy, epoch.validationLoss, epoch.validationAccuracy) = (0.75, nil, 0.25)
        let additions = Self.log(run).epoch(epoch, confusion: [[3, 1, 0], [0, 2, 0], [0, 0, 0]], at: 7)
        #expect(
            try Self.lines(additions, .training) == [
                "1 @7.0 epoch_loss 0.5", "1 @7.0 epoch_accuracy 0.75", "1 @7.0 epoch_learning_rate 0.001",
                "1 @7.0 epoch_gradient_norm 0.25",
            ])
        #expect(
            try Self.lines(additions, .validation) == [
                "1 @7.0 epoch_accuracy 0.25",
                "1 @7.0 confusion 144 × 144: Rows are true classes, columns predicted ones; the colours show shares of a "
                    + "true class. Classes: 0 zero, 1 one, 2 two.",
            ])
        #expect(try Self.lines(additions, .run).isEmpty)
    }

    @Test("An epoch of a run that kept no norm and no wall time has the other figures")
    func earlierVersions() throws {
        let run = try ModelSamples.run()
        var epoch = run.report.epochs[0]
        (epoch.loss, epoch.accuracy, epoch.gradientNorm, epoch.wallSeconds) = (0.5, 0.75, nil, nil)
        #expect(
            try Self.lines(Self.log(run).epoch(epoch, confusion: nil, at: 7), .training) == [
                "0 @7.0 epoch_loss 0.5", "0 @7.0 epoch_accuracy 0.75", "0 @7.0 epoch_learning_rate 0.001",
            ])
    }

    @Test("Without validation rows there is no file of them")
    func withoutValidation() throws {
        let run = try ModelSamples.run("none epochs=1 val=0")
        var dataset = run.report.dataset
        dataset.validation = 0
        let log = TensorBoardLog(line: run.line, dataset: dataset, classNames: ["0", "1", "2"])
        let additions = log.opening(at: 1) + log.epoch(run.report.epochs[0], confusion: nil, at: 2)
        #expect(Set(additions.map(\.place)) == [.run, .training])
    }

    @Test("The end has the test set's figures, its confusion matrix and the worst mistakes, the worst first")
    func closing() throws {
        let run = try ModelSamples.run("none epochs=1")
        let additions = Self.log(run).closing(
            test: run.test, images: ModelSamples.images.test, epochs: 2, ending: .finished, at: 9)
        let lines = try Self.lines(additions, .run)
        let worst = Mistake.worst(of: run.test, count: 16)
        #expect(lines.count == 4 + worst.count && worst.count == run.test.errors && worst.count > 1)
        #expect(lines[0] == "1 @9.0 test_loss \(Float(run.test.loss))")
        #expect(lines[1] == "1 @9.0 test_accuracy \(Float(run.test.accuracy))")
        #expect(lines[2].hasPrefix("1 @9.0 confusion 144 × 144: "))
        let names = ["zero", "one", "two"]
        for (rank, mistake) in worst.enumerated() {
            let (truth, predicted) = (names[mistake.truth], names[mistake.predicted])
            #expect(
                lines[3 + rank].hasPrefix(
                    "1 @9.0 mistakes/0\(rank + 1) \(truth) predicted as \(predicted) 12 × 8: Test image \(mistake.row): "
                ))
            #expect(mistake.truth == Int(run.test.labels[mistake.row]) && mistake.truth != mistake.predicted)
        }
        #expect(worst.map { $0.probabilities[$0.truth] } == worst.map { $0.probabilities[$0.truth] }.sorted())
        #expect(lines.last == "1 @9.0 _hparams_/session_end_info by hparams ")
    }

    @Test("Every setting of the spec's line is a hyperparameter, numbers as numbers")
    func hyperparameters() throws {
        let run = try ModelSamples.run("4leaky_relu:0.1-5 sgd momentum=0.9 nesterov=true epochs=1 lr=1e-2")
        let opening = Self.log(run).opening(at: 100)
        let records = try TFRecordReader.read(opening.filter { $0.place == .run }.flatMap(\.bytes))
        let values = try ProtocolReader(try #require(records.last)).messages(5)[0].messages(1)
        let plugin = try values[1].messages(9)[0].messages(1)[0]
        let start = try ProtocolReader(plugin.byteStrings(2)[0]).messages(3)[0]
        #expect(start.doubles(5) == [100])
        let entries = try start.messages(1).map { entry in
            let value = try entry.messages(2)[0]
            return "\(entry.texts(1)[0])=" + (value.doubles(2).first.map { "\($0)" } ?? "'\(value.texts(3)[0])'")
        }
        #expect(
            entries == [
                "layers='4leaky_relu:0.1-5'", "optimizer='sgd'", "lr=0.01", "batch=32.0", "epochs=1.0", "seed=1.0",
                "momentum=0.9", "nesterov='true'", "parameters=71.0", "data='small'",
            ])
    }

    @Test("A matrix of many classes loses its numbers, then its size")
    func manyClasses() throws {
        for (classes, size) in [(16, 24 + 16 * 40), (17, 170), (64, 640), (65, 260), (256, 1024)] {
            let run = try ModelSamples.run("none epochs=1")
            let confusion = (0..<classes).map { truth in (0..<classes).map { $0 == truth ? 9 : 0 } }
            let epoch = Self.log(run).epoch(run.report.epochs[0], confusion: confusion, at: 1)
            #expect(try Self.lines(epoch, .validation).last?.contains("confusion \(size) × \(size): ") == true)
        }
    }
}
