import DataFormats
import Exports
import Foundation
import Specs
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(40))) struct KerasProgramTests {
    @Test("The whole program of a network with dropout and a penalty")
    func wholeText() throws {
        let folder = try TemporaryFolder()
        let run = try ModelSamples.run("4leaky_relu+drop0.2 sgd momentum=0.9 epochs=1 init=he_normal l2=1e-4")
        try run.write(to: folder.path)
        let model = try SavedModel(path: folder.path)
        let text = KerasProgram(
            model: model, dataPath: "/a \"b\"\\ü", reader: IDXFormat.python, weightsName: "weights.npz"
        ).text
        let accuracy = try #require(run.report.test).accuracy
        #expect(
            text == #"""
                """Builds a trained network in Keras, loads its weights and measures it on the test set.

                    python PROGRAM [FOLDER]

                FOLDER has the data set's IDX files, gzip'ed (.gz) or not.
                spec: 6-4leaky_relu+drop0.2-3 sgd lr=0.01 batch=32 epochs=1 seed=1 momentum=0.9 init=he_normal l2=1e-4
                """

                import gzip
                import pathlib
                import sys

                import keras
                import numpy as np
                from keras import layers, losses, optimizers, regularizers

                FOLDER = "/a \"b\"\\\U000000fc"
                WEIGHTS = pathlib.Path(__file__).with_name("weights.npz")
                TENSORS = ["0.kernel", "0.bias", "1.kernel", "1.bias"]
                RECORDED_ACCURACY = \#(accuracy)


                def read_idx(folder, name):
                    """The array of an IDX file: a byte each, of the shape that its header gives."""
                    path = pathlib.Path(folder) / name
                    data = path.read_bytes() if path.exists() else gzip.decompress(pathlib.Path(f"{path}.gz").read_bytes())
                    shape = np.frombuffer(data, ">u4", count=data[3], offset=4)
                    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(shape)


                def scaled(pixels, folder):
                    """Inputs of the network, scaled as in training."""
                    return pixels.astype("float32") / 255


                def build_model():
                    """The compiled model, with new weights."""
                    model = keras.Sequential(
                        [
                            layers.Input(shape=(6,)),
                            layers.Dense(4, kernel_initializer="he_normal", kernel_regularizer=regularizers.L2(l2=0.0001), activation="leaky_relu"),
                            layers.Dropout(0.2),
                            layers.Dense(3, kernel_initializer="he_normal", kernel_regularizer=regularizers.L2(l2=0.0001), activation="softmax"),
                        ]
                    )
                    model.compile(
                        optimizer=optimizers.SGD(learning_rate=0.01, momentum=0.9, nesterov=False),
                        loss=losses.CategoricalCrossentropy(),
                        metrics=["accuracy"],
                    )
                    return model


                def main():
                    folder = sys.argv[1] if len(sys.argv) > 1 else FOLDER
                    model = build_model()
                    with np.load(WEIGHTS) as arrays:
                        model.set_weights([arrays[name] for name in TENSORS])
                    images = read_idx(folder, "t10k-images-idx3-ubyte")
                    x = scaled(images.reshape(len(images), -1), folder)
                    y = keras.utils.to_categorical(read_idx(folder, "t10k-labels-idx1-ubyte"), 3)
                    loss, accuracy = model.evaluate(x, y, batch_size=1000, verbose=0)
                    print(f"test accuracy {accuracy:.4f}, recorded {RECORDED_ACCURACY}; loss {loss:.4f}")
                    # To train anew: build_model().fit(x_train, y_train, batch_size=32, epochs=1, validation_split=0.1)


                if __name__ == "__main__":
                    main()

                """#)
    }

    @Test("Beside the model's archive the program uses it; elsewhere it brings its own")
    func places() throws {
        let folder = try TemporaryFolder()
        try ModelSamples.run().write(to: folder.path + "/run")
        let export = ModelExport(try SavedModel(path: folder.path + "/run"))
        let inside = folder.path + "/run/model.py"
        #expect(try export.writeKeras(to: inside, dataPath: "x", reader: IDXFormat.python) == [inside])
        #expect(try String(contentsOfFile: inside, encoding: .utf8).contains("with_name(\"weights.npz\")"))
        let outside = folder.path + "/keras/digits.py"
        #expect(
            try export.writeKeras(to: outside, dataPath: "x", reader: IDXFormat.python) == [
                folder.path + "/keras/digits.npz", outside,
            ])
        #expect(try String(contentsOfFile: outside, encoding: .utf8).contains("with_name(\"digits.npz\")"))
        #expect(try WeightFiles.readArchive(folder.path + "/keras/digits.npz", limits: .usual) == export.model.tensors)
    }

    @Test("What is special about a data set's format comes from the format")
    func otherFormat() throws {
        let reader = PythonReader(
            variable: "file", meaning: "is a text file.", modules: ["csv"],
            functions: "def read_text(file, part):\n    ...", trainImages: "read_text(file, 1)",
            trainLabels: "read_text(file, 0)", testImages: "read_text(file, 2)", testLabels: "read_text(file, 3)")
        let text = try program("4tanh scale=standard", reader).text
        let lines = [
            "    python PROGRAM [FILE]\n\nFILE is a text file.\n", "import csv\nimport pathlib\nimport sys\n",
            "\nFILE = \"x\"\n", "\n\ndef read_text(file, part):\n    ...\n\n\ndef scaled(pixels, file):\n",
            "    train = read_text(file, 1)\n", "    file = sys.argv[1] if len(sys.argv) > 1 else FILE\n",
            "    images = read_text(file, 2)\n    x = scaled(images.reshape(len(images), -1), file)\n"
                + "    y = keras.utils.to_categorical(read_text(file, 3), 3)\n",
        ]
        for line in lines { #expect(text.contains(line), "\(line)") }
        for word in ["idx", "gzip", "folder"] { #expect(!text.lowercased().contains(word), "\(word)") }
    }

    @Test("The form of the ink is computed by a function of the program, which is there only where images are formed")
    func form() throws {
        let text = try program("4tanh deslant=true width=14 scale=standard").text
        for line in [
            "\n\n\ndef formed(pixels):\n", "        slant = 0.0 if down < 1e-9 else min(1.0, max(-1.0, both / down))\n",
            "        factor = min(2.0, max(0.5, width / (14.0 * ", "    train = formed(read_idx(folder, ",
            "    x = scaled(formed(images.reshape(len(images), -1)), folder)\n",
        ] { #expect(text.contains(line), "\(line)") }
        let narrow = try program("4tanh width=14").text
        #expect(narrow.contains("        slant = 0.0\n") && narrow.contains("def formed"))
        let straight = try program("4tanh deslant=true").text
        #expect(straight.contains("        factor = 1.0\n") && straight.contains("def formed"))
        #expect(try !program("4tanh width=10..20 rotate=5").text.contains("formed"))
    }

    /// The program of a run of five steps an epoch.
    private func program(
        _ line: String, _ reader: PythonReader = IDXFormat.python
    ) throws -> (spec: ExperimentSpec, text: String) {
        let folder = try TemporaryFolder()
        let run = try ModelSamples.run(line)
        try run.write(to: folder.path)
        let model = try SavedModel(path: folder.path)
        return (
            run.spec,
            KerasProgram(model: model, dataPath: "x", reader: reader, weightsName: "weights.npz").text
        )
    }

    @Test("A schedule that Keras does not have is a class of the program, and is there only where it is used")
    func schedules() throws {
        let plain = try program("4tanh epochs=2 batch=4 val=0.25 schedule=cosine warmup=1").text
        #expect(!plain.contains("class "))
        let risen = try program("4tanh epochs=2 batch=4 val=0.25 schedule=exponential warmup=1.5").text
        #expect(risen.contains("\nclass WarmUp(optimizers") && !risen.contains("class OneCycle"))
        #expect(
            risen.contains(
                "learning_rate=WarmUp(rate=0.001, steps=8, schedule=optimizers.schedules.ExponentialDecay("
                    + "initial_learning_rate=0.001, decay_steps=5, decay_rate=0.9, staircase=False))"))
        let cycle = try program("4tanh epochs=2 batch=4 val=0.25 schedule=one_cycle lr=0.01 startdiv=10 enddiv=100")
            .text
        #expect(cycle.contains("\nclass OneCycle(optimizers") && !cycle.contains("class WarmUp"))
        #expect(
            cycle.contains("learning_rate=OneCycle(peak=0.01, start=0.001, end=1e-05, turn=2.0, last=9)"))
        for text in [plain, risen, cycle] { #expect(!text.contains("training here")) }
    }

    @Test(
        "A warm-up with a reduction on a plateau is a callback that sets the rate, since that of a schedule can't be set"
    )
    func warmedPlateau() throws {
        let both = try program("4tanh epochs=2 batch=4 val=0.25 warmup=1.5 plateau=3 factor=0.5 minlr=1e-5").text
        #expect(both.contains("\nfrom keras import callbacks, "))
        #expect(
            both.contains("\nclass WarmUpAndPlateau(callbacks.ReduceLROnPlateau):") && !both.contains("class WarmUp("))
        #expect(both.contains("optimizer=optimizers.Adam(learning_rate=0.001,"))
        #expect(
            both.contains(
                "callbacks=[WarmUpAndPlateau(rate=0.001, steps=8, monitor=\"val_loss\", patience=3, factor=0.5, "
                    + "min_delta=0.0001, cooldown=0, min_lr=1e-05)])"))
        let plain = try program("4tanh epochs=2 batch=4 val=0.25 plateau=3").text
        #expect(plain.contains("callbacks=[callbacks.ReduceLROnPlateau(monitor=") && !plain.contains("class "))
    }

    @Test("Optimizers, initializers and activations with settings of their own are written with them")
    func settings() throws {
        let text = try program(
            "4threshold-3sparsemax-3threshold:0.5:1 epochs=1 adafactor epsilon2=0.01 init=variance_scaling "
                + "initmode=fan_avg initdistribution=uniform"
        ).text
        #expect(text.contains("from keras import activations, initializers, layers, losses, optimizers\n"))
        let scaled = "initializers.VarianceScaling(scale=1.0, mode=\"fan_avg\", distribution=\"uniform\")"
        for words in [
            "layers.Dense(4, kernel_initializer=\(scaled), activation=lambda x: activations.threshold(x, threshold=0.0, "
                + "default_value=0.0))",
            "layers.Dense(3, kernel_initializer=\(scaled), activation=sparsemax)", "\ndef sparsemax(x):\n",
            "activations.threshold(x, threshold=0.5, default_value=1.0)",
            "optimizers.Adafactor(learning_rate=0.001, beta_2_decay=-0.8, epsilon_1=1e-30, epsilon_2=0.01, "
                + "clip_threshold=1.0)",
        ] { #expect(text.contains(words), "\(words)") }
        #expect(try !program("4softmax epochs=1").text.contains("sparsemax"))
        let free = try program("4log_softmax epochs=1 schedule_free_adamw warmupsteps=7 init=truncated_normal").text
        #expect(free.contains("kernel_initializer=\"truncated_normal\", activation=\"log_softmax\""))
        #expect(
            free.contains(
                "optimizers.ScheduleFreeAdamW(learning_rate=0.0025, beta_1=0.9, beta_2=0.999, epsilon=1e-08, "
                    + "warmup_steps=7)"))
        #expect(free.contains("\n    # The run ended with the optimizer's average; fit does not: model.optimizer.swap"))
    }

    @Test("Rows by chance and weights of classes are scikit-learn's, by functions that are there where they are used")
    func divided() throws {
        let line = "4tanh epochs=2 batch=4 val=0.25 split=stratified splitseed=7 classweight=balanced patience=1"
        let both = try program(line).text
        #expect(
            both.contains(
                #"""
                from keras import callbacks, layers, losses, optimizers
                from sklearn.model_selection import train_test_split
                from sklearn.utils.class_weight import compute_class_weight
                """#))
        #expect(
            both.contains(
                #"""
                def divided(labels):
                    """Numbers of the rows to train on, and of those held out, as in training."""
                    return train_test_split(
                        np.arange(len(labels)), test_size=0.25, random_state=7, stratify=labels
                    )


                def class_weights(labels):
                    """Weights with which each class of the rows to train on counts the same."""
                    classes = np.unique(labels)
                    weights = compute_class_weight("balanced", classes=classes, y=labels)
                    return dict(zip(classes.tolist(), weights.tolist()))


                def fit(model, x, labels):
                    """Trains a new model on all rows of the training file, as the run was."""
                    rows, held_out = divided(labels)
                    y = keras.utils.to_categorical(labels, 3)
                    return model.fit(
                        x[rows],
                        y[rows],
                        batch_size=4,
                        epochs=2,
                        callbacks=[callbacks.EarlyStopping(monitor="val_loss", patience=1, min_delta=0.0, restore_best_weights=False)],
                        validation_data=(x[held_out], y[held_out]),
                        class_weight=class_weights(labels[rows]),
                    )


                def main():
                """#))
        #expect(both.contains("\n    # To train anew: fit(build_model(), x_train, labels_train)\n"))
        let scaled = try program("4tanh epochs=2 batch=4 val=0.25 split=shuffled scale=standard").text
        #expect(
            scaled.contains(
                "\n    train = train[divided(read_idx(folder, \"train-labels-idx1-ubyte\"))[0]]\n"))
        #expect(scaled.contains("test_size=0.25, random_state=1\n") && !scaled.contains("compute_class_weight"))
        let weighed = try program("4tanh epochs=2 batch=4 val=0.25 classweight=balanced").text
        #expect(
            weighed.contains(
                "        validation_split=0.25,\n"
                    + "        class_weight=class_weights(labels[: int(len(labels) * (1 - 0.25))]),\n"))
        #expect(!weighed.contains("train_test_split"))
        #expect(try !program("4tanh epochs=2 batch=4 val=0.25").text.contains("sklearn"))
    }

    /// For runs of five steps an epoch.
    static let rates = [
        "schedule=one_cycle lr=0.01 epochs=6", "schedule=one_cycle lr=0.5 epochs=4 rise=0.45 startdiv=10 enddiv=100",
        "schedule=one_cycle epochs=3 rise=0.01", "warmup=1.5 epochs=4", "schedule=exponential warmup=1 epochs=3",
        "schedule=inverse_time warmup=1 staircase=true decaysteps=3 epochs=3", "schedule=cosine warmup=2 epochs=4",
        "schedule=polynomial warmup=1 epochs=4 lrpower=2", "schedule=cosine_restarts warmup=0.4 epochs=4 alpha=0.1",
        "schedule=piecewise boundaries=3,7 rates=0.1,0.01,0.001 epochs=2",
    ]

    @Test(
        "The program's learning rates in Keras are the run's, step by step, and after it was saved and loaded",
        .enabled(if: Python.withKeras != nil, Comment(rawValue: Python.missing("Keras"))))
    func kerasRates() throws {
        let python = try #require(Python.withKeras)
        let folder = try TemporaryFolder()
        var specs: [ExperimentSpec] = []
        for (number, words) in Self.rates.enumerated() {
            let (spec, text) = try program("4tanh batch=4 val=0.25 \(words)")
            try folder.write(text, as: "\(number).py")
            specs.append(spec)
        }
        // One process for all: importing Keras takes most of the time.
        let script = """
            import runpy, sys
            def rates(optimizer, steps):
                found = []
                for step in range(steps):
                    optimizer.iterations.assign(step)
                    found.append(float(optimizer.learning_rate))
                return found
            for number in range(\(specs.count)):
                model = runpy.run_path(f"{sys.argv[1]}/{number}.py", run_name="program")["build_model"]()
                found = rates(model.optimizer, 20)
                again = type(model.optimizer).from_config(model.optimizer.get_config())
                assert rates(again, 20) == found
                print(*found)
            """
        let result = try python.run(["-c", script, folder.path])
        #expect(result.status == 0, Comment(rawValue: result.errors))
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == specs.count)
        for (spec, line) in zip(specs, lines) {
            let training = spec.training
            let run = LearningRateSchedule.Run(stepsPerEpoch: 5, epochs: training.epochs)
            let found = line.split(separator: " ").compactMap { Double($0) }
            #expect(found.count == 20)
            let own = found.indices.map { training.schedule.rate(step: $0, initial: training.learningRate, run: run) }
            // Keras computes in single precision: a cosine near its end has its error at the size of the peak.
            let tolerance = 1e-6 * (own.max() ?? 0)
            for (step, (rate, other)) in zip(own, found).enumerated() {
                #expect(abs(rate - other) <= tolerance, "\(training.schedule.kind), step \(step): \(rate), \(other)")
            }
        }
    }
}
