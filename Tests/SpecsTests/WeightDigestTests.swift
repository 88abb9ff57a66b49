import Specs
import Testing

/// The digest by which a line names the weights that its run begins with.
struct WeightDigestTests {
    @Test("A line with a digest is read and printed the same; without one nothing is printed")
    func line() throws {
        let line = "784-200tanh-10 adam lr=1e-3 batch=32 epochs=10 seed=1 from=sha256:0123456789abcdef"
        let spec = try ExperimentSpec(canonical: line)
        #expect(spec.description == line)
        #expect(spec.training.from?.digits == "0123456789abcdef")
        let none = try spec.replacing(settings: "from=none")
        #expect(none.training.from == nil)
        #expect(none.description == "784-200tanh-10 adam lr=1e-3 batch=32 epochs=10 seed=1")
        #expect(SpecSetting.of(.from).next(by: 1, in: spec.training) == nil)
    }

    @Test("A whole SHA-256, and capitals, are the same digest")
    func forms() throws {
        let whole = "0123456789ABCDEF" + String(repeating: "0", count: 48)
        let spec = try ExperimentSpec(parsing: "200tanh from=SHA256:\(whole)")
        #expect(spec.training.from == WeightDigest(sha256: whole.lowercased()))
        let error = #expect(throws: SpecError.self) { try ExperimentSpec(parsing: "200tanh from=12") }
        #expect(
            error?.description
                == "from=12: no digest of weights; expected sha256: and 16 hexadecimal digits of saved weights, as `runs show` "
                + "prints them, or none")
    }
}
