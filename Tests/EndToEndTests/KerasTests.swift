import Foundation
import TestSupport
import Testing

/// The Keras program of the real program, run by a real Keras.
@Suite(.timeLimit(.minutes(10))) struct KerasTests {
    /// Every activation, input scale and optimizer in a few networks: what a spec can say, Keras must take.
    static let specs = [
        "30relu-20leaky_relu-20elu-20gelu-20linear epochs=1 scale=standard adamw init=he_uniform",
        "30sigmoid-20tanh+drop0.2-20softplus-20silu epochs=1 scale=raw sgd nesterov=true momentum=0.9 lr=1e-4",
        "40tanh epochs=1 rmsprop l2=1e-4 init=lecun_normal val=0",
        "40threshold:0.1:0.05-30sparse_plus-20sparse_sigmoid epochs=1 adafactor lr=0.01 init=truncated_normal",
        "60sparsemax epochs=1 schedule_free_adamw lr=0.01 init=variance_scaling initscale=4 initmode=fan_avg",
        "60log_softmax epochs=1 schedule=one_cycle lr=0.01",
    ]

    @Test(
        "The program gives the recorded test accuracy in Keras",
        .enabled(if: Python.withKeras != nil, Comment(rawValue: Python.missing("Keras"))))
    func accuracy() throws {
        let python = try #require(Python.withKeras)
        let folder = try TemporaryFolder()
        for (number, spec) in Self.specs.enumerated() {
            let path = "\(folder.path)/model_\(number)"
            let words = spec.split(separator: " ").map(String.init)
            #expect(try Program.run(["train"] + words + ["--quiet", "--export", path]).status == 0)
            #expect(try Program.run(["export", path, "--format", "keras"]).status == 0)
        }
        // One process for all: importing Keras takes most of the time.
        let script = """
            import runpy, sys
            for number in range(\(Self.specs.count)):
                sys.argv = [f"FOLDER/model_{number}/model.py"]
                runpy.run_path(sys.argv[0], run_name="__main__")
            """.replacingOccurrences(of: "FOLDER", with: folder.path)
        let result = try python.run(["-c", script])
        #expect(result.status == 0, Comment(rawValue: result.errors))
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == Self.specs.count, Comment(rawValue: result.errors))
        for (number, line) in lines.enumerated() {
            let object = try JSONSerialization.jsonObject(
                with: Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/model_\(number)/result.json")))
            let test = try #require((object as? [String: Any])?["test"] as? [String: Any])
            let recorded = try #require(test["accuracy"] as? Double)
            let loss = try #require(test["loss"] as? Double)
            let words = line.split { " ,;".contains($0) }
            #expect(words.count == 7 && words[4] == "\(recorded)", "\(line)")
            // One image in 10,000 may fall the other way, since both sum in 32 bits, in another order.
            #expect(abs(try #require(Double(words[2])) - recorded) < 1.5e-4, "\(line)")
            #expect(abs(try #require(Double(words[6])) - loss) < 1e-3 * max(1, loss), "\(line)")
        }
    }
}
