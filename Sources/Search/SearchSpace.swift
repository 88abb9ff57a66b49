import Foundation
import Kernels
import Specs

/// The specs that a search chooses from: a line of the spec language with sets and ranges in it.
///
///     layers={200tanh,512relu-512relu,100..2000relu} lr=1e-4..1e-2 optimizer={adam,adamw,sgd} drop=0..0.5
package struct SearchSpace: Equatable, Sendable {
    /// A word of the line: its name, and the texts that it chooses from.
    struct Parameter: Equatable, Sendable {
        let key: String
        let texts: [Template]
        /// The dimension that chooses between the texts; nil where there is one.
        let choice: Int?
    }

    /// A text with numbers in it that are chosen.
    struct Template: Equatable, Sendable {
        enum Piece: Equatable, Sendable {
            case text(String)
            case number(dimension: Int)
        }

        let pieces: [Piece]
    }

    /// Words that are no settings, with what they are.
    static let ownKeys = ["layers", "optimizer", "drop", "bn"]

    /// The line as it was typed.
    package let line: String
    /// What is chosen, in the order of the line.
    package let dimensions: [SearchDimension]
    let parameters: [Parameter]
    let inputs: Int
    let classes: Int

    /// Whether nothing is to be chosen.
    package var isFixed: Bool { dimensions.isEmpty }

    // MARK: - Points

    /// A point that chance chooses: each text as likely as the others, and numbers evenly on their scales.
    package func random(using generator: inout SeededGenerator) -> SearchPoint {
        var point = SearchPoint(values: [])
        for dimension in dimensions {
            // Drawn whether it counts or not, so that one choice does not move all that follow.
            let share = Double(generator.uniform())
            point.values.append(dimension.isActive(in: point) ? Self.value(dimension.kind, at: share) : .nan)
        }
        return point
    }

    static func value(_ kind: SearchDimension.Kind, at share: Double) -> Double {
        switch kind {
        case .choice(let count): min(Double(count - 1), (share * Double(count)).rounded(.down))
        case .number(let interval): interval.value(at: share)
        }
    }

    /// All points of a grid, with so many steps of each number; nil where there are more than a limit.
    package func grid(steps: Int, limit: Int = 100_000) -> [SearchPoint]? {
        var points = [SearchPoint(values: [])]
        for dimension in dimensions {
            var longer: [SearchPoint] = []
            for point in points {
                guard dimension.isActive(in: point) else {
                    longer.append(SearchPoint(values: point.values + [.nan]))
                    continue
                }
                for value in Self.grid(dimension.kind, steps: steps) {
                    longer.append(SearchPoint(values: point.values + [value]))
                }
            }
            guard longer.count <= limit else { return nil }
            points = longer
        }
        return points
    }

    private static func grid(_ kind: SearchDimension.Kind, steps: Int) -> [Double] {
        switch kind {
        case .choice(let count): return (0..<count).map(Double.init)
        case .number(let interval):
            var values: [Double] = []
            for step in 0..<steps {
                let value = interval.value(at: steps == 1 ? 0.5 : Double(step) / Double(steps - 1))
                if values.last != value { values.append(value) }
            }
            return values
        }
    }

    // MARK: - Specs

    /// The spec of a point. Settings that have no meaning beside the others are left out.
    ///
    /// - Throws: `SpecError` where values contradict each other.
    package func spec(of point: SearchPoint, seed: UInt64? = nil) throws(SpecError) -> ExperimentSpec {
        var words: [String: String] = [:]
        for parameter in parameters { words[parameter.key] = text(of: parameter, in: point) }
        let layers = words["layers"] ?? "none"
        let first = [layers, words["optimizer"]].compactMap(\.self).joined(separator: " ")
        let settings = parameters.map(\.key).filter { !Self.ownKeys.contains($0) }
        // What decides about others is read first: what these have no use for is left out.
        let deciding = settings.filter { SpecKey(rawValue: $0).map(SpecKey.deciding.contains) ?? false }
        func joined(_ keys: [String]) -> String {
            ([first] + keys.map { "\($0)=\(words[$0] ?? "")" }).joined(separator: " ")
        }
        let base = try ExperimentSpec(parsing: joined(deciding), inputs: inputs, classes: classes)
        let used = settings.filter { SpecKey(rawValue: $0).map { $0.isUsed(in: base.training) } ?? true }
        var spec = try ExperimentSpec(parsing: joined(used), inputs: inputs, classes: classes)
        if let text = words["drop"] {
            let drop = try SettingRange.dropout.number(text)
            for layer in spec.network.hidden.indices { spec.network.hidden[layer].dropout = drop }
        }
        if let text = words["bn"] {
            guard let normalizes = Bool(text) else {
                throw SpecError("bn=\(text)", "neither", expected: "true or false")
            }
            for layer in spec.network.hidden.indices { spec.network.hidden[layer].batchNormalization = normalizes }
        }
        if let seed { spec.training.seed = seed }
        try spec.validate()
        return spec
    }

    /// What a parameter is in a point: `512relu-512relu`, `3e-4`.
    func text(of parameter: Parameter, in point: SearchPoint) -> String {
        let number = parameter.choice.map { Int(point.values[$0]) } ?? 0
        return parameter.texts[number].pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .number(let dimension): SpecNumber.short(point.values[dimension], isWhole: isWhole(dimension))
            }
        }.joined()
    }

    func isWhole(_ dimension: Int) -> Bool {
        if case .number(let interval) = dimensions[dimension].kind { interval.isWhole } else { true }
    }

    /// What of a point is named in a list: each parameter that is chosen, with its text.
    package func chosen(in point: SearchPoint) -> [(name: String, text: String)] {
        parameters.filter { $0.choice != nil || $0.texts[0].hasNumbers }.map { ($0.key, text(of: $0, in: point)) }
    }
}

extension SearchSpace.Template {
    /// Whether a number in it is chosen.
    var hasNumbers: Bool { pieces.contains { if case .number = $0 { true } else { false } } }
}

extension SpecNumber {
    /// Whole numbers are written with digits alone.
    static func short(_ value: Double, isWhole: Bool) -> String {
        isWhole ? String(format: "%.0f", value) : short(value)
    }
}
