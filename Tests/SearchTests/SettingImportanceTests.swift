import Foundation
import Kernels
import Search
import Testing

@Suite("Importance of settings") struct SettingImportanceTests {
    private static func trials(
        _ count: Int, _ line: String, seed: UInt64 = 5, _ value: (SearchPoint, inout SeededGenerator) -> Double
    ) throws -> (SearchSpace, [SearchPoint], [Double]) {
        let space = try SearchSpace(parsing: line)
        var generator = SeededGenerator(seed: seed)
        let points = (0..<count).map { _ in space.random(using: &generator) }
        return (space, points, points.map { value($0, &generator) })
    }

    /// Independent parts: 9 of 10 parts of the variance come from the rate, one from dropout, none from the batch.
    @Test func `each setting's share is that of the variance which it explains alone`() throws {
        let (space, points, values) = try Self.trials(400, "64relu lr=1e-4..1e-2 drop=0..0.5 batch={32,64,128}") {
            point, _ in
            3 * (log10(point.values[0]) + 4) / 2 + point.values[1] / 0.5
        }
        let importance = try #require(SettingImportance(space, points: points, values: values))
        #expect(abs(importance.shares[0] - 0.9) < 0.06 && abs(importance.shares[1] - 0.1) < 0.06)
        #expect(importance.shares[2] < 0.01 && importance.together < 0.06)
        #expect(SettingImportance(space, points: points, values: values) == importance, "the same for the same trials")
    }

    @Test func `texts have no order: the middle one can be the best`() throws {
        let (space, points, values) = try Self.trials(200, "64relu lr=1e-4..1e-2 optimizer={adam,sgd,adamw}") {
            point, generator in
            (point.values[1] == 1 ? 1 : 0) + 0.2 * Double(generator.normal())
        }
        let importance = try #require(SettingImportance(space, points: points, values: values))
        #expect(importance.shares[1] > 0.7 && importance.shares[0] < 0.1)
    }

    @Test func `what two settings decide only together is the share of none`() throws {
        let (space, points, values) = try Self.trials(400, "64relu lr={1e-3,1e-2} batch={32,64}") { point, _ in
            point.values[0] == point.values[1] ? 1 : 0
        }
        let importance = try #require(SettingImportance(space, points: points, values: values))
        #expect(importance.shares.allSatisfy { $0 < 0.1 } && importance.together > 0.8)
    }

    @Test func `units of layers that are not there say nothing for the choice of layers`() throws {
        let (space, points, values) = try Self.trials(300, "layers={64relu,32..512relu} lr=1e-4..1e-2") { point, _ in
            point.values[0]
        }
        let importance = try #require(SettingImportance(space, points: points, values: values))
        #expect(importance.shares[0] > 0.9 && importance.shares[1] < 0.05 && importance.shares[2] < 0.05)
    }

    @Test func `few trials, or equal ones, say nothing`() throws {
        let (space, points, values) = try Self.trials(9, "64relu lr=1e-4..1e-2") { point, _ in point.values[0] }
        #expect(SettingImportance(space, points: points, values: values) == nil)
        let (other, more, _) = try Self.trials(50, "64relu lr=1e-4..1e-2") { _, _ in 0 }
        #expect(SettingImportance(other, points: more, values: Array(repeating: 0.5, count: 50)) == nil)
    }
}

@Suite("Narrower spaces") struct SearchNarrowingTests {
    private static let line =
        "layers={200tanh,512relu-512relu,100..2000relu} lr=1e-4..1e-2 optimizer={adam,adamw,sgd} drop=0..0.5 epochs=9"

    @Test func `nothing is cut without ranges, and the line reads as the same space`() throws {
        let space = try SearchSpace(parsing: Self.line)
        let same = try SearchSpace(parsing: space.line(within: [:]))
        #expect(same.dimensions == space.dimensions && same.line(within: [:]) == same.line)
    }

    @Test func `texts are left out, numbers cut, and a single value has no braces`() throws {
        let space = try SearchSpace(parsing: Self.line)
        #expect(
            space.line(within: [0: 1...2, 1: 400...900, 2: 5e-4...2e-3, 3: 1...1])
                == "layers={512relu-512relu,400..900relu} lr=5e-4..2e-3 optimizer=adamw drop=0..0.5 epochs=9")
        #expect(
            space.line(within: [0: 2...2, 1: 400...400, 4: 0.25...7])
                == "layers=400relu lr=1e-4..0.01 optimizer={adam,adamw,sgd} drop=0.25..0.5 epochs=9")
        // Every line that is offered can be searched.
        _ = try SearchSpace(parsing: space.line(within: [0: 0...0, 2: 1e-4...1e-3]))
    }

    @Test func `values have the words of the line`() throws {
        let space = try SearchSpace(parsing: Self.line)
        #expect(space.text(of: 2, on: 0) == "100..2000relu" && space.text(of: 1, on: 3) == "adamw")
        #expect(space.text(of: 0.00035, on: 2) == "3.5e-4" && space.text(of: 512, on: 1) == "512")
        #expect(space.text(of: .nan, on: 1) == "–" && space.text(of: 9, on: 0) == "–")
    }
}
