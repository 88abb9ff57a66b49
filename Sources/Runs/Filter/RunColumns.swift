import Foundation
import Reports
import Specs

/// A table of runs: a column a field.
package struct RunColumns: Sendable, Equatable {
    /// From left to right.
    package let fields: [RunField]

    /// The columns of `trainspotter runs` where no others are chosen.
    package static let standard = RunColumns(
        ["id", "name", "state", "done", "val_accuracy", "test_accuracy", "started", "spec"]
            .compactMap(RunField.named))

    package init(_ fields: [RunField]) { self.fields = fields }

    /// The texts of a run; a dash where it has no value.
    package func values(_ run: RunSummary) -> [String] {
        let traits = run.traits()
        return fields.map { Self.text($0, run, traits) }
    }

    /// Reads names of fields between commas: `id,name,lr,val_accuracy`.
    ///
    /// - Throws: `unknownField` for the first name that no field has.
    package init(parsing text: String) throws(RunFilterError) {
        var fields: [RunField] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            fields.append(try RunField.find(name.trimmingCharacters(in: .whitespaces)))
        }
        self.fields = fields
    }

    /// A first row with the names of the fields, then a row for each run; a dash where it has no value.
    package func rows(_ runs: [RunSummary]) -> [[String]] {
        [fields.map(\.name)]
            + runs.map(values)
    }

    /// Indices of the columns whose values are numbers.
    package var numbers: Set<Int> { Set(fields.indices.filter { fields[$0].kind == .number }) }

    private static func text(_ field: RunField, _ run: RunSummary, _ traits: SpecTraits?) -> String {
        switch field.value(run, traits) {
        case .none: return "–"
        case .text(let text): return text.isEmpty ? "–" : text
        case .texts(let texts): return texts.isEmpty ? "–" : texts.joined(separator: " ")
        case .number(let value):
            if field.name == "done" { return run.progressWords }
            if field.name == RunField.sizeName { return ByteAmount.text(Int(value)) }
            if field.name.hasSuffix("accuracy") || field.name.hasSuffix("loss") || field.name.hasSuffix("recall")
                || field.name.hasSuffix("chance")
            {
                return FigureText.fixed(value, 4)
            }
            if field.name == "seconds" { return FigureText.fixed(value, 1) }
            return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : SpecNumber.short(value)
        }
    }
}
