import Foundation

extension KernelLevel {
    /// The environment variable that chooses the level.
    package static let variable = "TRAINSPOTTER_VECTORS"

    /// A value of `TRAINSPOTTER_VECTORS` that names no level, or one that the processor does not have.
    package struct Refusal: Error, Equatable, CustomStringConvertible {
        /// The value of the variable.
        package let value: String
        /// The levels that the processor has, lowest first.
        package let available: [KernelLevel]

        package var description: String {
            let has = Self.list(available, "and")
            guard KernelLevel.allCases.contains(where: { $0.word == value }) else {
                let expected = Self.list(KernelLevel.allCases, "or")
                return "\(KernelLevel.variable): expected \(expected), found “\(value)”; this processor has \(has)"
            }
            return "\(KernelLevel.variable): this processor has no \(value) vectors; it has \(has)"
        }

        /// The levels' words, highest first.
        private static func list(_ levels: [KernelLevel], _ conjunction: String) -> String {
            let words = levels.reversed().map(\.word)
            guard let last = words.last, words.count > 1 else { return words.first ?? "" }
            return "\(words.dropLast().joined(separator: ", ")) \(conjunction) \(last)"
        }
    }

    /// The level that an environment chooses; nil where the variable is missing or empty.
    ///
    /// - Throws: `Refusal` if there is no such level, or the processor does not have it.
    package static func chosen(
        _ environment: [String: String] = ProcessInfo.processInfo.environment,
        available: [KernelLevel] = KernelLevel.available
    ) throws(Refusal) -> KernelLevel? {
        guard let value = environment[variable], !value.isEmpty else { return nil }
        guard let level = available.first(where: { $0.word == value }) else {
            throw Refusal(value: value, available: available)
        }
        return level
    }
}
