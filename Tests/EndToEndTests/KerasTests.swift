import Datasets
import Foundation
import TestSupport
import Testing

/// The Keras program of the real program, run by a real Keras.
@Suite(.timeLimit(.minutes(40))) struct KerasTests {
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
        "A warm-up with a reduction on a plateau sets the rates of each step in Keras, too",
        .enabled(if: Python.withKeras != nil, Comment(rawValue: Python.missing("Keras"))))
    func warmedPlateau() throws {
        let python = try #require(Python.withKeras)
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/model"
        let words = ["4tanh", "epochs=4", "batch=1000", "warmup=0.1", "plateau=1", "factor=0.5", "monitor=loss"]
        #expect(try Program.run(["train"] + words + ["--quiet", "--export", path]).status == 0)
        #expect(try Program.run(["export", path, "--format", "keras"]).status == 0)
        // Nothing counts as an improvement after the first epoch.
        let script = """
            import re, runpy, keras, numpy as np
            names = runpy.run_path("\(path)/model.py", run_name="model")
            call = re.search("To train anew: (.*)", open("\(path)/model.py").read()).group(1)
            rates = []
            class Watch(keras.callbacks.Callback):
                def on_train_batch_end(self, batch, logs=None):
                    rates.append(float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate)))
            labels = keras.utils.to_categorical(np.arange(2000) % 10, 10)
            names.update(x_train=np.zeros((2000, 784), "float32"), y_train=labels, Watch=Watch)
            call = call.replace("min_delta=0.0001", "min_delta=1e9")
            eval(call.replace("callbacks=[", "verbose=0, callbacks=[Watch(), "), names)
            print(" ".join(f"{1e5 * rate:.3f}" for rate in rates))
            """
        let result = try python.run(["-c", script])
        // 1,800 rows are two steps an epoch. Of the run's 54 a tenth warms up, which is five. After the second epoch the
        // rate is halved for the first time, when four of them are made.
        #expect(
            result.output == "0.000 20.000 40.000 60.000 40.000 50.000 25.000 25.000\n",
            Comment(rawValue: result.errors))
    }

    @Test(
        "The program holds the same rows out as the run, weighs its classes the same, and trains with both",
        .enabled(if: Python.withScikitLearn != nil, Comment(rawValue: Python.missing("Keras and scikit-learn"))))
    func heldOut() throws {
        let python = try #require(Python.withScikitLearn)
        let folder = try TemporaryFolder()
        // 40 of class 0, 30 of class 1, 20 of class 2.
        let labels = (0..<90).map { UInt8($0 % 9 < 4 ? 0 : $0 % 9 < 7 ? 1 : 2) }
        try folder.writeDataset(trainLabels: labels, testLabels: [0, 1, 2])
        let methods: [(String, Split.Method)] = [
            ("shuffled", .shuffled(seed: 1842)), ("stratified", .stratified(seed: 1842)),
        ]
        for (word, method) in methods {
            let path = "\(folder.path)/\(word)"
            let words = ["4tanh", "epochs=1", "val=0.2", "split=\(word)", "splitseed=1842", "classweight=balanced"]
            let data = ["--data", folder.path]
            let train = ["train"] + words + ["scale=standard", "--quiet", "--export", path]
            #expect(try Program.run(train + data).status == 0)
            #expect(try Program.run(["export", path, "--format", "keras"] + data).status == 0)
            let script = """
                import runpy, sys, numpy as np
                sys.argv = ["\(path)/model.py"]
                names = runpy.run_path(sys.argv[0], run_name="__main__")
                labels = names["read_idx"]("\(folder.path)", "train-labels-idx1-ubyte")
                images = names["read_idx"]("\(folder.path)", "train-images-idx3-ubyte")
                rows, held_out = names["divided"](labels)
                print(*rows)
                print(*held_out)
                print(names["class_weights"](labels[rows]))
                x = names["scaled"](images.reshape(len(images), -1), "\(folder.path)")
                model = names["build_model"]()
                history = names["fit"](model, x, labels).history
                assert len(history["val_loss"]) == 1 and np.isfinite(history["val_loss"][0])
                """
            let result = try python.run(["-c", script])
            try #require(result.status == 0, Comment(rawValue: result.errors))
            let lines = result.output.split(separator: "\n").map(String.init)
            let split = try Split(labels: labels, validation: 0.2, method: method)
            // The program's own line about the test set is the first one; Keras's bar may stand behind ours.
            func numbers(_ line: String) -> [Int] { line.split(separator: " ").compactMap { Int($0) } }
            #expect(numbers(lines[1]) == Array(split.training) && numbers(lines[2]) == Array(split.validation))
            let weights = lines[3].split { !"0123456789.".contains($0) }.compactMap { Double($0) }
            let wanted = (0..<3).flatMap { label -> [Double] in
                [Double(label), 72 / (3 * Double(split.training.count { labels[$0] == label }))]
            }
            #expect(weights == wanted, "\(lines[3])")
        }
    }

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
