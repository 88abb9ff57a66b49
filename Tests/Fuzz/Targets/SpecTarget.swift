import Networks
import Specs

/// The line of a run: layers, settings, and what is changed while it trains.
struct SpecTarget: FuzzTarget {
    static let name = "spec"
    static let parsers = [
        "ExperimentSpec.init(parsing", "ExperimentSpec.init(canonical", "RunLine.init(parsing",
        "RunLine.init(canonical", "[LiveChange].init(parsing",
    ]

    static let longestInput = 1024

    init() throws {}

    func run(_ input: [UInt8]) throws {
        let text = String(decoding: input, as: UTF8.self)
        do {
            let line = try RunLine(parsing: text)
            try Self.checkPrinted(line)
            try Self.checkChanges(line)
            try line.spec.refuseTooLarge()
        } catch let error as SpecError {
            try requireMessage(error)
            for width in [0, 1, 30, 80] {
                let cut = error.description(width: width)
                try require(cut.count <= width, "\(cut.count) characters for \(width): \(cut)")
            }
        }
    }

    /// What is printed reads back to the same, and prints the same again.
    private static func checkPrinted(_ line: RunLine) throws {
        for printed in [line.description, line.withOrigin] {
            do throws(SpecError) {
                let again = try RunLine(canonical: printed)
                guard again.spec == line.spec, again.changes == line.changes, "\(again)" == "\(line)" else {
                    throw SpecError(printed, "reads back as \(again)", expected: "the same line")
                }
            } catch { throw Finding("\(line) is printed as \(printed), and that is refused: \(error)") }
        }
    }

    /// Changes alone read back, and lead to a spec that can be printed and read, too.
    private static func checkChanges(_ line: RunLine) throws {
        let changes = RunLine.text(of: line.changes)
        do throws(SpecError) {
            let again = try [LiveChange](parsing: changes, of: line.spec)
            let end = try ExperimentSpec(canonical: line.changedSpec.description)
            guard again == line.changes, end == line.changedSpec else {
                throw SpecError(changes, "reads back as others", expected: "the same changes")
            }
            var spec = line.spec
            for setting in line.changedSpec.liveDifferences(from: spec) { spec.apply(setting) }
            guard spec == line.changedSpec else {
                throw SpecError("\(spec)", "is what the differences give", expected: "\(line.changedSpec)")
            }
        } catch { throw Finding("the changes of \(line): \(error)") }
    }
}
