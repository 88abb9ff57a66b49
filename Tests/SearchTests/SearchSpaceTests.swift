import Foundation
import Kernels
import Search
import Specs
import Testing

@Suite("Spaces of specs") struct SearchSpaceTests {
    private static let line =
        "layers={200tanh,512relu-512relu,100..2000relu} lr=1e-4..1e-2 optimizer={adam,adamw,sgd} drop=0..0.5 batch={32,64,128}"

    @Test func `a line with sets and ranges gives specs that are all different, within its ends, and repeatable`()
        throws
    {
        let space = try SearchSpace(parsing: Self.line)
        #expect(space.dimensions.map(\.name) == ["layers", "units 1", "lr", "optimizer", "drop", "batch"])
        var generator = SeededGenerator(seed: 3)
        let points = (0..<300).map { _ in space.random(using: &generator) }
        var again = SeededGenerator(seed: 3)
        #expect(points == (0..<300).map { _ in space.random(using: &again) })
        let specs = try points.map { try space.spec(of: $0) }
        #expect(Set(specs.map(\.description)).count > 290)
        for (spec, point) in zip(specs, points) {
            #expect((1e-4...1e-2).contains(spec.training.learningRate))
            #expect([32, 64, 128].contains(spec.training.batch))
            #expect(spec.network.hidden.allSatisfy { (0...0.5).contains($0.dropout) })
            #expect(try ExperimentSpec(canonical: spec.description) == spec)
            #expect(point.values[1].isNaN == (point.values[0] != 2))
        }
        let units = specs.map { $0.network.hidden.map(\.units) }
        #expect(units.contains([200]) && units.contains([512, 512]) && Set(units).count > 60)
        // Half of the rates are below the middle of the logarithms.
        #expect((110...190).contains(specs.count { $0.training.learningRate < 1e-3 }))
        #expect(Set(specs.map(\.training.optimizer.kind.rawValue)) == ["adam", "adamw", "sgd"])
    }

    @Test func `settings that an optimizer has no use for are left out, and numbers have three digits`() throws {
        let space = try SearchSpace(
            parsing: "64relu optimizer={sgd,adam} momentum=0.5..0.99 wd=1e-4 lr=1e-3..1e-1 epochs=5")
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<40 {
            let point = space.random(using: &generator)
            let text = try space.spec(of: point).description
            #expect(text.contains("momentum=") == text.contains("sgd"))
            #expect(text.contains("epochs=5"))
            let rate = point.values[2]
            #expect(Double(String(format: "%.2e", rate)) == rate, "\(text)")
        }
    }

    @Test func `layers have ranges of units in each part, and drop and bn count for all hidden layers`() throws {
        let space = try SearchSpace(
            parsing: "100..400relu-20..80tanh-32relu bn={true,false} drop={0.1,0.3} augment=elastic")
        #expect(space.dimensions.map(\.name) == ["units 1", "units 2", "bn", "drop"])
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<30 {
            let hidden = try space.spec(of: space.random(using: &generator)).network.hidden
            #expect(
                (100...400).contains(hidden[0].units) && (20...80).contains(hidden[1].units) && hidden[2].units == 32)
            #expect(Set(hidden.map(\.dropout)).count == 1 && Set(hidden.map(\.batchNormalization)).count == 1)
        }
        let point = space.random(using: &generator)
        #expect(space.chosen(in: point).map(\.name) == ["layers", "bn", "drop"])
    }

    @Test func `a grid has each text with each step of a number, and says when it is too large`() throws {
        let space = try SearchSpace(parsing: "layers={64relu,100..400relu} optimizer={adam,sgd} lr=1e-4..1e-2")
        let grid = try #require(space.grid(steps: 3))
        #expect(grid.count == (1 + 3) * 2 * 3 && Set(grid).count == grid.count)
        let specs = try grid.map { try space.spec(of: $0).description }
        #expect(Set(specs).count == grid.count)
        #expect(specs.contains { $0.contains("-200relu-") } && specs.contains { $0.contains("lr=1e-3") })
        #expect(space.grid(steps: 1_000) == nil)
        // Whole numbers that round to the same are there once.
        #expect(try SearchSpace(parsing: "64relu epochs=2..4").grid(steps: 9)?.count == 3)
    }

    @Test(arguments: [
        ("lr=1e-3", "no layers"), ("layers={64relu,x9}", "x9"), ("64relu lr=1e-2..1e-4", "expected 1e-4..1e-2"),
        ("64relu lr={1e-3,}", "empty or equal texts"), ("64relu lr={1e-3", "nothing closes"),
        ("64relu lr=1e-3}", "nothing opened"), ("64relu speed=1..2", "no such setting"),
        ("64relu lr=1e-4..2000", "out of range"), ("64relu lr=1..2..3", "not one range"),
        ("64relu optimizer={adam,adamm}", "adamm"), ("64relu lr=1e-4..1e-2 lr=1e-3", "there twice"),
        ("64relu schedule=cosine..linear", "no range of numbers"), ("..200relu", "two numbers of units"),
        ("64relu batch=0..32", "out of range"), ("64relu seed={1,2}", "the same for all trials"),
        ("64relu lr=1e-4...1e-2", "not one range"), ("64relu bn={true,fales}", "true or false"),
        ("64relu drop=x", "not a number"),
        ("64relu mild=1,12", "there is no class 12"), ("layers={{64relu}}", "not one set"),
    ])
    func `what is no space is refused, with the word at fault`(line: String, reason: String) {
        let error = #expect(throws: SpecError.self) { try SearchSpace(parsing: line) }
        #expect(error?.description.contains(reason) == true, "\(line): \(error?.description ?? "none")")
        #expect(error?.description.contains("\n") == false)
    }

    @Test func `two dots of a setting whose value has them are no range`() throws {
        let space = try SearchSpace(parsing: "64relu width={10..20,none} strength=0.5..1 augment={elastic,affine}")
        #expect(space.dimensions.map(\.name) == ["width", "augment"])
        let specs = try #require(space.grid(steps: 2)).map { try space.spec(of: $0).description }
        #expect(specs.count == 4 && specs.allSatisfy { $0.contains("strength=0.5..1") })
        #expect(specs.contains { $0.contains("width=10..20 augment=affine") })
    }
}
