import Specs
import Testing

@Suite("Parts of a spec, as lists keep them", .timeLimit(.minutes(40)))
struct SpecTraitsTests {
    private static let lines =
        Presets.all.map(\.spec.description) + [
            "32relu",
            "64relu+bn+drop0.1-64relu+bn+drop0.1 sgd lr=0.1 momentum=0.9 nesterov=true schedule=cosine wd=1e-3 seed=7",
            "100tanh-50gelu adamw lr=3e-3 batch=32 epochs=4 ema=0.99 val=0 smooth=0.1 clipnorm=1",
        ]

    @Test("Each setting has the text that the spec gives it, and none where it has no effect", arguments: lines)
    func texts(_ line: String) throws {
        let spec = try ExperimentSpec(parsing: line)
        let traits = SpecTraits(spec)
        for setting in SpecSetting.all {
            let expected = setting.key.isUsed(in: spec.training) ? setting.text(in: spec.training) : nil
            #expect(traits.text(of: setting.key) == expected, "\(setting.key)")
        }
        #expect(traits.optimizer == spec.training.optimizer.name)
        #expect(traits.depth == spec.network.hidden.count && traits.units == spec.network.hiddenUnits)
    }

    @Test("Runs of one line and of another differ in what the lines differ in")
    func apart() throws {
        let traits = try ["64relu", "64relu lr=1e-2", "64relu"].map { SpecTraits(try ExperimentSpec(parsing: $0)) }
        #expect(traits[0] == traits[2] && traits[0] != traits[1])
        #expect(traits[1].apart(from: CommonTraits(traits)) == ["lr 0.01"])
    }
}
