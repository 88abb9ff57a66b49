import Specs
import TerminalUI

/// A list to choose a value from, which typing filters.
package struct Chooser: Equatable, Sendable {
    /// What is chosen.
    package enum Subject: Equatable, Sendable {
        /// The theme, which the list shows as the cursor moves; Esc puts this one back.
        case theme(before: Theme)
        /// The value of a row of the composer.
        case row(ComposerRow)
        /// The activation of a hidden layer, counted from 0.
        case activation(layer: Int)
        /// The format in which a saved run is written, by its number in the store.
        case export(run: Int)

        /// Whether what is in no line can still be a value.
        var takesTyped: Bool {
            switch self {
            case .row, .activation: true
            case .theme, .export: false
            }
        }
    }

    /// A line of the list.
    package struct Choice: Equatable, Sendable {
        /// The value as the spec language writes it, or the theme's name.
        package let name: String
        /// What it is, in some words; can be empty.
        package let note: String
        /// What it computes, for the line below the list; can be empty.
        package var detail = ""
    }

    /// What is chosen.
    package let subject: Subject
    /// What is chosen, in words.
    let title: String
    let all: [Choice]
    /// What was typed: words that each line must have.
    package internal(set) var filter = TextField()
    /// Index into `shown`.
    package internal(set) var cursor: Int
    /// Why what was typed was refused; nil if it was not.
    package internal(set) var refusal: Refusal?

    init(_ subject: Subject, title: String, _ all: [Choice], selected: String) {
        self.subject = subject
        self.title = title
        self.all = all
        cursor = all.firstIndex { $0.name == selected } ?? 0
    }

    /// Columns of the longest name.
    var nameWidth: Int { all.map(\.name.columns).max() ?? 0 }

    /// The lines that have all that was typed: the one of that name first, then those whose name begins with it.
    package var shown: [Choice] {
        let typed = filter.text.lowercased()
        let words = typed.split(separator: " ")
        guard !words.isEmpty else { return all }
        let found = all.filter { choice in
            words.allSatisfy { "\(choice.name) \(choice.note)".lowercased().contains($0) }
        }
        func rank(_ choice: Choice) -> Int {
            let name = choice.name.lowercased()
            return name == typed ? 0 : name.hasPrefix(typed) ? 1 : 2
        }
        return (0...2).flatMap { wanted in found.filter { rank($0) == wanted } }
    }

    /// The line with the cursor; nil where no line has what was typed.
    package var selected: Choice? {
        let shown = shown
        return shown.indices.contains(cursor) ? shown[cursor] : nil
    }

    mutating func move(to index: Int) { cursor = min(max(0, index), max(0, shown.count - 1)) }
}

extension Chooser {
    /// The themes by name.
    package init(themes: [Theme], current: Theme) {
        let choices = themes.map { theme in
            Choice(name: theme.name, note: theme.page.luminance < 0.25 ? "for a dark terminal" : "for a light terminal")
        }
        self.init(.theme(before: current), title: "theme", choices, selected: current.name)
    }

    /// The formats of an export.
    init(exportOf run: Int) {
        self.init(
            .export(run: run), title: "export run \(run)",
            ExportRequest.Format.allCases.map { Choice(name: $0.rawValue, note: $0.words) },
            selected: ExportRequest.Format.report.rawValue)
    }

    /// The values of a row of the composer that has words for values; nil for other rows.
    init?(_ row: ComposerRow, of spec: ExperimentSpec) {
        switch row {
        case .optimizer:
            let choices = Optimizer.Kind.allCases.map(Choice.init)
            self.init(.row(row), title: "optimizer", choices, selected: spec.training.optimizer.kind.rawValue)
        case .setting(let key):
            guard case .choice(let texts) = SpecSetting.of(key).kind, texts.count > 2 else { return nil }
            self.init(
                .row(row), title: key.label, texts.map { Choice($0, of: key) },
                selected: SpecSetting.of(key).text(in: spec.training))
        default: return nil
        }
    }

    /// The activations of a hidden layer.
    init(activationOf layer: Int, in spec: ExperimentSpec) {
        self.init(
            .activation(layer: layer), title: "activation of layer \(layer + 1)",
            Activation.Kind.allCases.map(Choice.init),
            selected: spec.network.hidden[layer].activation.kind.rawValue)
    }
}

extension Chooser.Choice {
    fileprivate init(_ kind: some DescribedWord) {
        self.init(name: kind.rawValue, note: kind.summary, detail: kind.formula)
    }

    /// A word that can stand behind a setting.
    fileprivate init(_ word: String, of key: SpecKey) {
        let kinds: [(any DescribedWord)?] =
            switch key {
            case .loss: [Loss.Kind(rawValue: word)]
            case .schedule: [LearningRateSchedule.Kind(rawValue: word)]
            case .initializer: [Initializer(rawValue: word)]
            case .scale: [InputScale(rawValue: word)]
            case .augment: [Augmentation.Preset(rawValue: word)]
            case .split: [HoldingOut(rawValue: word)]
            case .classweight: [ClassWeighting(rawValue: word)]
            case .initmode: [VarianceScaling.Mode(rawValue: word)]
            case .initdistribution: [VarianceScaling.Distribution(rawValue: word)]
            case .monitor: [Monitor(rawValue: word)]
            default: []
            }
        let found = kinds.compactMap(\.self).first
        self.init(name: word, note: found?.summary ?? "", detail: found?.formula ?? "")
    }
}
