import Specs
import Testing

@Suite struct SpecCompletionTests {
    private func words(_ word: String, after before: [String] = [], layersAreOptional: Bool = false) -> [String] {
        SpecCompletion.offers(for: word, after: before, layersAreOptional: layersAreOptional).map(\.word)
    }

    @Test("Units become units with each activation that begins so, in the last layer of several")
    func activations() {
        #expect(words("200re") == ["200relu", "200relu6"])
        #expect(
            words("784-200tanh+bn-64sof")
                == ["soft_shrink", "softplus", "softsign", "softmax"].map { "784-200tanh+bn-64\($0)" })
        #expect(words("200").count == Activation.Kind.allCases.count)
        #expect(words("200-") == [])
    }

    @Test("Behind a + stands what a layer does not have yet")
    func extras() {
        #expect(words("200relu+") == ["200relu+bn", "200relu+noise0.1", "200relu+drop0.2"])
        #expect(words("200relu+bn+drop0.5+") == ["200relu+bn+drop0.5+noise0.1"])
    }

    @Test("A spec begins with a preset, or with a setting where it needs no layers")
    func start() {
        #expect(words("") == Presets.all.map(\.name) + ["none"])
        #expect(words("l") == ["long"])
        #expect(words("lr", layersAreOptional: true) == ["lr="])
    }

    @Test("Behind the layers stand one optimizer and the settings that have a meaning there, each once")
    func settings() {
        #expect(words("ad", after: ["64relu"]) == ["adam", "adamw", "adamax", "adagrad", "adadelta", "adafactor"])
        #expect(words("ad", after: ["64relu", "sgd"]) == [])
        #expect(words("mom", after: ["64relu", "sgd"]) == ["momentum="])
        #expect(words("mom", after: ["64relu", "adam"]) == [])
        #expect(words("lr", after: ["exercise-1", "lr=0.1"]) == [])
        #expect(words("decay", after: ["none", "schedule=exponential"]) == ["decaysteps=", "decayrate="])
    }

    @Test("A choice offers its words, another setting its default")
    func values() {
        #expect(words("augment=") == ["augment=none", "augment=affine", "augment=elastic"])
        #expect(words("lr=") == ["lr=1e-3"])
        #expect(words("nosuch=") == [])
    }

    @Test("Every word that is offered is taken")
    func valid() throws {
        for offer in words("64", after: []) { #expect(throws: Never.self) { try ExperimentSpec(parsing: offer) } }
        for extra in words("64relu+") { #expect(throws: Never.self) { try ExperimentSpec(parsing: extra) } }
        for key in words("", after: ["64relu", "adam"]) where key.hasSuffix("=") {
            for value in words(key) where !["schedule=piecewise", "schedule=onecycle"].contains(value) {
                #expect(throws: Never.self, "\(value)") { try ExperimentSpec(parsing: "64relu \(value)") }
            }
        }
    }
}
