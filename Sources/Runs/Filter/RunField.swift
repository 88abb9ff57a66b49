import Foundation
import Specs

/// A property of runs by which lists are filtered and sorted, and which can be a column.
package struct RunField: Sendable, Equatable {
    /// How its values compare.
    package enum Kind: Sendable, Equatable {
        case number, text
        /// Several texts; a condition holds where it holds for one of them.
        case texts
    }

    /// A run's value.
    package enum Value: Sendable, Equatable {
        case number(Double)
        case text(String)
        case texts([String])
        /// The run has none: it fulfils no condition, and is last in every order.
        case none
    }

    /// Its name in the filter language.
    package let name: String
    /// How its values compare.
    package let kind: Kind
    /// Its meaning, for the help.
    package let help: String
    /// Whether greater values are better, as with an accuracy.
    package let moreIsBetter: Bool
    private let read: @Sendable (RunSummary, SpecTraits?) -> Value

    package static func == (first: RunField, second: RunField) -> Bool { first.name == second.name }

    /// The run's value.
    ///
    /// - Parameter traits: the parts of the run's spec; nil where its line can't be read, and settings have no values.
    package func value(_ run: RunSummary, _ traits: SpecTraits?) -> Value { read(run, traits) }

    /// Every field: properties of the run, then the settings of the spec language.
    package static let all: [RunField] = ofRun + ofSpec

    /// The field of a name; nil where there is none.
    ///
    /// - Parameter name: a field's name in any case, or Keras's for one.
    package static func named(_ name: String) -> RunField? {
        let name = name.lowercased()
        return byName[otherNames[name] ?? name]
    }

    /// Keras's names of the training figures, and the word above the table's column. Keras's `val_loss` and `val_accuracy`
    /// are fields by themselves.
    static let otherNames = ["loss": "train_loss", "accuracy": "train_accuracy", "data": "dataset"]

    /// Every name that a filter takes, in order.
    package static let names = (all.map(\.name) + otherNames.keys).sorted()

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The `help` of every setting of the spec language.
    package static let settingHelp = "setting of the spec"

    /// The field of what a run takes, whose values are bytes.
    static let sizeName = "size"

    /// The field of the least validation loss.
    static let validationLoss = number("val_loss", "least validation loss") { $0.bestValidationLoss }

    // MARK: - The table

    private static let ofRun: [RunField] = [
        number("id", "number of the run") { Double($0.id) },
        text("name", "its name") { $0.name },
        RunField(name: "tag", kind: .texts, help: "one of its tags", moreIsBetter: false) { run, _ in .texts(run.tags)
        },
        text("note", "its note") { $0.note },
        text("state", "running, paused, finished, stopped, failed, interrupted, imported") { $0.stateWord },
        text("dataset", "name of the data set") { $0.dataset },
        text("started", "when it started, in UTC: 2026-11-25 17:07") {
            $0.started.formatted(
                Date.ISO8601FormatStyle(dateTimeSeparator: .space).year().month().day().time(
                    includingFractionalSeconds: false)
            ).dropLast(3).description
        },
        text("host", "machine that trained it") { $0.machine.host },
        text("program", "version of the program") { $0.program },
        text("spec", "the spec line, with what was changed while it trained") {
            $0.changeLine.isEmpty ? $0.specLine : "\($0.specLine) \($0.changeLine)"
        },
        text("changes", "what was changed while it trained, such as @12+844 lr=3e-3") {
            $0.changeLine.isEmpty ? nil : $0.changeLine
        },
        text("layers", "hidden layers, such as 200tanh-100relu") { ExperimentSpec.hiddenWords(of: $0.specLine) },
        spec("optimizer", .text, "name of the optimizer") { .text($0.optimizer) },
        spec("depth", .number, "hidden layers") { .number(Double($0.depth)) },
        spec("units", .number, "units of all hidden layers") { .number(Double($0.units)) },
        number("parameters", "weights and biases") { Double($0.parameters) },
        number("done", "finished epochs") { Double($0.epochs) },
        number("train_loss", "training loss of the last epoch; or loss") { $0.loss },
        number("train_accuracy", "training accuracy of the last epoch; or accuracy", more: true) { $0.accuracy },
        validationLoss,
        number("val_accuracy", "greatest validation accuracy", more: true) { $0.bestValidationAccuracy },
        number("last_val_loss", "validation loss of the last epoch") { $0.validationLoss },
        number("last_val_accuracy", "validation accuracy of the last epoch", more: true) { $0.validationAccuracy },
        number("best_epoch", "epoch of the least validation loss") { $0.bestEpoch.map(Double.init) },
        number("test_loss", "loss on the test set") { $0.testLoss },
        number("test_accuracy", "accuracy on the test set", more: true) { $0.testAccuracy },
        number("test_errors", "wrong digits of the test set") { $0.testErrors.map(Double.init) },
        number("test_recall", "macro recall on the test set", more: true) { $0.testRecall },
        number("val_chance", "standard error of val_accuracy, by the number of rows") { $0.validationChance },
        number("test_chance", "standard error of test_accuracy, by the number of rows") { $0.testChance },
        number("seconds", "time of the training passes") { $0.seconds },
        number("threads", "workers that shared a step") { Double($0.machine.threads) },
        RunField(name: sizeName, kind: .number, help: "what it takes in the store, such as 3.8MB", moreIsBetter: true) {
            run, _ in run.size.map { .number(Double($0.total)) } ?? .none
        },
    ]

    private static let ofSpec: [RunField] = SpecSetting.all.map { setting in
        let isNumber = setting.isNumber
        return spec(setting.key.rawValue, isNumber ? .number : .text, settingHelp) { traits in
            guard let text = traits.text(of: setting.key) else { return .none }
            guard isNumber else { return .text(text) }
            return Double(text).map(Value.number) ?? .none
        }
    }

    private static func number(
        _ name: String, _ help: String, more: Bool = false, _ value: @escaping @Sendable (RunSummary) -> Double?
    ) -> RunField {
        RunField(name: name, kind: .number, help: help, moreIsBetter: more) { run, _ in
            value(run).map(Value.number) ?? .none
        }
    }

    private static func text(
        _ name: String, _ help: String, _ value: @escaping @Sendable (RunSummary) -> String?
    ) -> RunField {
        RunField(name: name, kind: .text, help: help, moreIsBetter: false) { run, _ in
            value(run).map(Value.text) ?? .none
        }
    }

    private static func spec(
        _ name: String, _ kind: Kind, _ help: String, _ value: @escaping @Sendable (SpecTraits) -> Value
    ) -> RunField {
        RunField(name: name, kind: kind, help: help, moreIsBetter: false) { _, traits in traits.map(value) ?? .none }
    }
}
