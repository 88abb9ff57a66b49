import Specs

/// What a dimension's values are called, and lines of smaller spaces.
extension SearchSpace {
    /// A value of a dimension in words: of a choice its text, `100..2000relu`, of a number the number.
    package func text(of value: Double, on dimension: Int) -> String {
        guard dimensions.indices.contains(dimension), value.isFinite else { return "–" }
        switch dimensions[dimension].kind {
        case .number(let interval): return SpecNumber.short(value, isWhole: interval.isWhole)
        case .choice:
            let number = Int(value)
            guard let parameter = parameters.first(where: { $0.choice == dimension }),
                parameter.texts.indices.contains(number)
            else { return "–" }
            return text(of: parameter.texts[number], within: [:])
        }
    }

    /// The parameters of which something is chosen, as `chosen(in:)` names them.
    package var chosenNames: [String] {
        parameters.filter { $0.choice != nil || $0.texts[0].hasNumbers }.map(\.key)
    }

    /// The line of a space with the values between two of each dimension alone: texts are left out, and numbers cut.
    ///
    /// - Parameter ranges: by the places of dimensions; of a choice by the numbers of its texts. All values of the others stay.
    package func line(within ranges: [Int: ClosedRange<Double>]) -> String {
        parameters.map { parameter in
            let texts = parameter.texts.indices.filter { number in
                parameter.choice.flatMap { ranges[$0] }?.contains(Double(number)) ?? true
            }
            let kept = texts.isEmpty ? Array(parameter.texts.indices) : texts
            let words = kept.map { text(of: parameter.texts[$0], within: ranges) }
            return "\(parameter.key)=" + (words.count == 1 ? words[0] : "{\(words.joined(separator: ","))}")
        }.joined(separator: " ")
    }

    private func text(of template: Template, within ranges: [Int: ClosedRange<Double>]) -> String {
        template.pieces.map { piece in
            switch piece {
            case .text(let text): return text
            case .number(let dimension):
                guard case .number(let interval) = dimensions[dimension].kind else { return "" }
                let range = ranges[dimension] ?? interval.least...interval.greatest
                let ends = [max(range.lowerBound, interval.least), min(range.upperBound, interval.greatest)].map {
                    SpecNumber.short($0, isWhole: interval.isWhole)
                }
                return ends[0] == ends[1] ? ends[0] : "\(ends[0])..\(ends[1])"
            }
        }.joined()
    }
}
