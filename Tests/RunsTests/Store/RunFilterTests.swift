import Foundation
import GRDB
import Reports
import Runs
import TestSupport
import Testing
import Training

/// The filter language and orders.
struct RunFilterTests {
    private let runs: [RunSummary]

    init() throws {
        let store = try RunStore()
        let lines = [
            ("100relu sgd momentum=0.9 lr=0.1", "wide one", ["paper"], 0.97),
            ("64tanh-32tanh adam lr=0.001", "deep", ["paper", "draft"], 0.985),
            ("none adam lr=0.01 l2=0.001", nil, [], nil as Double?),
        ]
        for (line, name, tags, accuracy) in lines {
            let id = try store.create(try RunSamples.run(line, name: name, tags: tags))
            if let accuracy {
                try store.record(RunSamples.progress([RunSamples.figures(1, validation: accuracy)]), run: id)
            }
        }
        runs = try store.summaries()
    }

    private func found(_ text: String) throws -> [Int] {
        let filter = try RunFilter(parsing: text)
        return runs.filter(filter.accepts).map(\.id).sorted()
    }

    @Test(
        "Conditions choose runs",
        arguments: [
            ("", [1, 2, 3]), ("lr<0.05", [2, 3]), ("lr<=0.001", [2]), ("optimizer=adam", [2, 3]),
            ("optimizer!=adam", [1]), ("val_accuracy>0.98", [2]), ("val_accuracy>=97%", [1, 2]), ("name~WIDE", [1]),
            ("name!~wide", [2, 3]), ("tag=paper", [1, 2]), ("tag=paper tag=draft", [2]), ("tag!=draft", [1, 3]),
            ("layers~tanh", [2]), ("depth=0", [3]), ("units>=96 units<100", [2]), ("momentum=0.9", [1]),
            ("l2>0", [3]), ("state=running dataset=stripes", [1, 2, 3]), ("relu", [1]), ("draft", [2]),
            ("name=\"wide one\"", [1]), ("optimizer=adam lr=0.001 name~e", [2]), ("done=0", [3]), ("id>1", [2, 3]),
        ])
    func chooses(text: String, expected: [Int]) throws { #expect(try found(text) == expected) }

    @Test("Every accuracy of 10,000 test images is found by its number and by its per cent")
    func findsAccuracies() throws {
        var run = try #require(runs.first)
        for count in 0...10_000 {
            run.testAccuracy = Share.of(count, among: 10_000)
            let share = String(format: "%.4f", Double(count) / 10_000)
            let percent = String(format: "%d.%02d", count / 100, count % 100)
            for text in ["test_accuracy=\(share)", "test_accuracy>=\(percent)% test_accuracy<=\(percent)%"] {
                #expect(try RunFilter(parsing: text).accepts(run), "\(text)")
            }
        }
    }

    @Test("An accuracy that an older program took from the errors is found all the same")
    func findsOlderAccuracies() throws {
        // 1 - 66 / 100 and 1 - 132 / 200 are less than the nearest number to 0.34.
        let older = 1 - 0.66
        #expect(older < 0.34)
        let folder = try TemporaryFolder()
        let path = folder.path("runs.sqlite")
        do {
            let store = try RunStore(path: path)
            let id = try store.create(try RunSamples.run())
            try store.record(RunSamples.progress([RunSamples.figures(1, validation: older)]), run: id)
            try DatabaseQueue(path: path).write {
                try $0.execute(sql: "UPDATE run SET test_accuracy = ?, test_errors = 132", arguments: [older])
            }
        }
        let store = try RunStore(path: path)
        let run = try #require(try store.summaries().first)
        for text in ["test_accuracy>=0.34", "test_accuracy=34%", "val_accuracy>=34%", "last_val_accuracy=0.34"] {
            #expect(try RunFilter(parsing: text).accepts(run), "\(text)")
        }
        #expect(try store.epochs(of: run.id).map(\.validationAccuracy) == [0.34])
    }

    @Test(
        "Conditions that make no sense are refused with what would",
        arguments: [
            (
                "lear>1",
                "lear: no such field of a run; expected one such as lr, optimizer, state, tag, val_accuracy or test_errors"
            ),
            ("optimiser=adam", "optimiser: no such field of a run; did you mean optimizer?"),
            ("val_acuracy>0.9", "val_acuracy: no such field of a run; did you mean val_accuracy?"),
            ("lr~0.1", "lr~0.1: lr takes = != < <= > or >="), ("name<5", "name<5: name takes = != ~ or !~"),
            ("lr<fast", "lr<fast: fast is not a number"), ("lr<", "lr<: expected a value after it"),
            (
                "=5",
                "\"\": no such field of a run; expected one such as lr, optimizer, state, tag, val_accuracy or test_errors"
            ),
        ])
    func refuses(text: String, message: String) {
        let error = #expect(throws: RunFilterError.self) { try RunFilter(parsing: text) }
        #expect(error?.description == message)
    }

    @Test("An order has the best first, turned round the worst, and runs without a value last")
    func sorts() throws {
        func order(_ text: String) throws -> [Int] { try RunOrder(parsing: text).sorted(runs).map(\.id) }
        #expect(try order("val_accuracy") == [2, 1, 3])
        #expect(try order("-val_accuracy") == [1, 2, 3])
        #expect(try order("val_loss") == [2, 1, 3])
        #expect(try order("lr") == [2, 3, 1])
        #expect(try order("id") == [3, 2, 1])
        #expect(try order("-id") == [1, 2, 3])
        #expect(try order("name") == [2, 1, 3])
        #expect(RunOrder.leaderboard(runs).map(\.id) == [2, 1, 3])
        #expect(throws: RunFilterError.unknownField("val_los", nearest: "val_loss")) {
            try RunOrder(parsing: "val_los")
        }
    }

    @Test("What was typed is told in one short line, whatever is in it")
    func shortErrors() {
        let long = String(repeating: "x", count: 5000)
        #expect(throws: RunFilterError.unknownField("a\u{2028}b\nc", nearest: nil)) {
            try RunOrder(parsing: "a\u{2028}b\nc")
        }
        #expect("\(RunFilterError.unknownField("a\u{2028}b\nc", nearest: nil))".hasPrefix("a b c: no such field"))
        #expect("\(RunFilterError.noValue(word: "lr\n\(long)"))" == "lr \(long.prefix(57))…: expected a value after it")
        #expect("\(RunFilterError.number(word: "lr<", value: ""))" == "lr<: \"\" is not a number")
    }

    @Test("Keras's names of the training figures are taken, and mean the last epoch; so is the word above the column")
    func otherNames() throws {
        #expect(try RunFilter(parsing: "data=mnist") == RunFilter(parsing: "dataset=mnist"))
        #expect(RunField.named("Accuracy") == RunField.named("train_accuracy"))
        #expect(RunField.named("loss") == RunField.named("train_loss"))
        #expect(
            try RunFilter(parsing: "loss<0.1 accuracy>98%") == RunFilter(parsing: "train_loss<0.1 train_accuracy>98%"))
        #expect(throws: RunFilterError.unknownField("acuracy", nearest: "accuracy")) {
            try RunFilter(parsing: "acuracy>1")
        }
        #expect(RunField.names.contains("loss") && RunField.names == RunField.names.sorted())
    }

    @Test(
        "A run that was trained beyond its plan says so in words",
        arguments: [
            (3, "3/10", "3 of 10 epochs"), (10, "10/10", "10 of 10 epochs"),
            (11, "11 (planned 10)", "11 epochs (planned 10)"),
        ])
    func beyondPlan(done: Int, short: String, long: String) {
        #expect(EpochsText.short(done, 10) == short)
        #expect(EpochsText.ofPlanned(done, 10) == long)
    }

    @Test("Every field has a name of its own, in lower case")
    func namesFields() {
        let names = RunField.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names == names.map { $0.lowercased() })
    }
}
