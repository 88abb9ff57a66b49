import Kernels
import Search
import Searching
import Specs

/// The space of a search, a spec with sets and ranges; and the line on which one is typed with its budget.
struct SearchSpaceTarget: FuzzTarget {
    static let name = "search-space"
    static let parsers = ["SearchSpace.init(parsing", "SearchRequest.init(parsing"]
    static let longestInput = 512

    init() throws {}

    func run(_ input: [UInt8]) throws {
        try Self.checkRequest(String(decoding: input, as: UTF8.self))
        let space: SearchSpace
        do throws(SpecError) { space = try SearchSpace(parsing: String(decoding: input, as: UTF8.self)) } catch {
            return try requireMessage(error)
        }
        try Self.check(space)
        try Self.checkNarrowing(space)
    }

    /// What is typed is printed and read back as the same.
    private static func checkRequest(_ line: String) throws {
        guard let request = try? SearchRequest(parsing: line, inputs: 784, classes: 10) else { return }
        let again = try? SearchRequest(parsing: request.plan.line(), inputs: 784, classes: 10)
        try require(again?.plan == request.plan, "\(request.plan.line()) reads back as another search")
    }

    /// The line of the whole space is the same space, and that of a part can be searched.
    private static func checkNarrowing(_ space: SearchSpace) throws {
        let line = space.line(within: [:])
        let again = try? SearchSpace(parsing: line)
        try require(again?.dimensions == space.dimensions, "\(line) reads back as another space")
        var generator = SeededGenerator(seed: 2)
        let point = space.random(using: &generator)
        let ranges = point.values.enumerated().filter { !$0.element.isNaN }.map { ($0.offset, $0.element...$0.element) }
        let narrow = space.line(within: Dictionary(uniqueKeysWithValues: ranges))
        guard (try? space.spec(of: point)) != nil else { return }
        try require((try? SearchSpace(parsing: narrow)) != nil, "\(narrow) of \(space.line) is no space")
    }

    /// A point's spec prints and reads back to the same; what contradicts itself is refused, as a search draws again.
    private static func check(_ space: SearchSpace) throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<4 {
            let point = space.random(using: &generator)
            guard let spec = try? space.spec(of: point, seed: 7) else { continue }
            let again = try? ExperimentSpec(canonical: spec.description)
            try require(again == spec, "\(spec) reads back as \(again?.description ?? "nothing")")
        }
        for point in space.grid(steps: 2, limit: 64) ?? [] { _ = try? space.spec(of: point) }
    }
}
