import Foundation
import Specs

/// Conditions that a run must fulfil, all of them: `lr<0.01 optimizer=adam val_accuracy>0.98 name~wide`.
///
/// A word without an operator must occur in the run's name, tags, data set or spec line. Texts compare without case.
package struct RunFilter: Sendable, Equatable {
    /// How a value is compared.
    package enum Comparison: String, Sendable, CaseIterable {
        case atMost = "<="
        case atLeast = ">="
        case isNot = "!="
        case lacks = "!~"
        case below = "<"
        case above = ">"
        case equals = "="
        case contains = "~"
    }

    enum Condition: Sendable, Equatable {
        case number(RunField, Comparison, Double)
        case text(RunField, Comparison, String)
        case anywhere(String)
    }

    let conditions: [Condition]

    /// The filter that accepts every run.
    package static let none = RunFilter(conditions: [])

    /// Whether there are no conditions, and every run is accepted.
    package var isEmpty: Bool { conditions.isEmpty }

    /// Whether the run fulfils all conditions.
    package func accepts(_ run: RunSummary) -> Bool {
        accepts(run, needsSpec ? run.traits() : nil)
    }

    /// The same with a spec that was parsed before, as parsing takes longer than all conditions.
    ///
    /// - Parameter traits: the parts of the run's spec; nil where its line can't be read.
    package func accepts(_ run: RunSummary, _ traits: SpecTraits?) -> Bool {
        conditions.allSatisfy { $0.holds(run, traits) }
    }

    private var needsSpec: Bool {
        conditions.contains {
            switch $0 {
            case .number, .text: true
            case .anywhere: false
            }
        }
    }
}

extension RunFilter.Condition {
    func holds(_ run: RunSummary, _ traits: SpecTraits?) -> Bool {
        switch self {
        case .anywhere(let word):
            let places = [run.name ?? "", run.dataset, run.specLine] + run.tags
            return places.contains { $0.lowercased().contains(word) }
        case .number(let field, let comparison, let bound):
            guard case .number(let value) = field.value(run, traits) else { return false }
            return comparison.holds(value, bound)
        case .text(let field, let comparison, let text):
            let values: [String] =
                switch field.value(run, traits) {
                case .text(let value): [value]
                case .texts(let values): values
                case .number(let value): [SpecNumber.short(value)]
                case .none: []
                }
            return comparison.holds(values.map { $0.lowercased() }, text)
        }
    }
}

extension RunFilter.Comparison {
    func holds(_ value: Double, _ bound: Double) -> Bool {
        switch self {
        case .below: value < bound
        case .above: value > bound
        case .atMost: value <= bound
        case .atLeast: value >= bound
        case .equals: value == bound
        case .isNot: value != bound
        case .contains, .lacks: false
        }
    }

    /// Whether one of the values fulfils it; `!=` and `!~` hold where none equals or contains the text.
    func holds(_ values: [String], _ text: String) -> Bool {
        switch self {
        case .equals: values.contains(text)
        case .isNot: !values.contains(text)
        case .contains: values.contains { $0.contains(text) }
        case .lacks: !values.contains { $0.contains(text) }
        case .below, .above, .atMost, .atLeast: false
        }
    }
}
