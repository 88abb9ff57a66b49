import Specs
import Testing

@Suite struct SpecTypingTests {
    private let spec: ExperimentSpec

    init() throws { spec = try ExperimentSpec(parsing: "8tanh-4relu sgd lr=0.1 momentum=0.9 seed=7") }

    @Test(
        "A layer is replaced by whatever stands for layers in a line",
        arguments: [
            (0, "200tanh", "784-200tanh-4relu-10 sgd lr=0.1"),
            (1, "3 tanh + drop0.5", "784-8tanh-3tanh+drop0.5-10 sgd lr=0.1"),
            (1, "3-2relu", "784-8tanh-3-2relu-10 sgd lr=0.1"), (0, "none", "784-4relu-10 sgd lr=0.1"),
            (0, "784-5-10", "784-5-4relu-10 sgd lr=0.1"), (0, "5tanh lr=0.2", "784-5tanh-4relu-10 sgd lr=0.2"),
            (0, "5tanh adam", "784-5tanh-4relu-10 adam lr=1e-3"),
            // Only behind the last layer it is the output.
            (0, "10softmax", "784-10softmax-4relu-10 sgd lr=0.1"), (1, "10softmax", "784-8tanh-10 sgd lr=0.1"),
        ])
    func layers(index: Int, text: String, start: String) throws {
        #expect(try spec.replacing(layer: index, with: text).description.hasPrefix(start + " "))
    }

    @Test("Settings replace those that are there; an optimizer comes with its own rate, as in a line")
    func settings() throws {
        #expect(
            try spec.replacing(settings: "lr=0.2 epochs=3").description.contains(" sgd lr=0.2 batch=32 epochs=3 seed=7")
        )
        #expect(try spec.replacing(settings: "adamw wd=0.1").description.contains(" adamw lr=1e-3 "))
        #expect(try spec.replacing(settings: "") == spec)
    }

    @Test(
        "What is refused in a line is refused with the same words",
        arguments: [
            "Dense(8, activation='tanh')", "8 swish", "8tanh lr=0,001", "8tanh learning_rate=0.1", "8tanh+drop0,2",
        ])
    func refusals(text: String) throws {
        let ofLine = #expect(throws: SpecError.self) { try ExperimentSpec(parsing: text) }
        let ofLayer = #expect(throws: SpecError.self) { try spec.replacing(layer: 0, with: text) }
        #expect(ofLine == ofLayer)
    }
}
