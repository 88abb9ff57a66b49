import Kernels
import Search
import Specs

/// The space of a search: a spec with sets and ranges.
struct SearchSpaceTarget: FuzzTarget {
    static let name = "search-space"
    static let parsers = ["SearchSpace.init(parsing"]
    static let longestInput = 512

    init() throws {}

    func run(_ input: [UInt8]) throws {
        let space: SearchSpace
        do throws(SpecError) { space = try SearchSpace(parsing: String(decoding: input, as: UTF8.self)) } catch {
            return try requireMessage(error)
        }
        try Self.check(space)
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
