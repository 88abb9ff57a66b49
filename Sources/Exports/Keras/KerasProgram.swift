import DataFormats
import Specs

/// A short Python program that builds a saved model in Keras 3, loads its weights and evaluates it on the test set.
package struct KerasProgram {
    /// The network that the program builds.
    package let model: SavedModel
    /// Path of the data set, unless the program is given another one.
    package let dataPath: String
    /// How the program reads the data set.
    package let reader: PythonReader
    /// Name of the `.npz` file beside the program.
    package let weightsName: String

    package init(model: SavedModel, dataPath: String, reader: PythonReader, weightsName: String) {
        self.model = model
        self.dataPath = dataPath
        self.reader = reader
        self.weightsName = weightsName
    }

    /// The whole program.
    package var text: String {
        ([introduction, imports, constants, reader.functions + "\n"]
            + [form?.function, scaling].compactMap(\.self) + KerasLayers.functions(for: model.spec) + schedule.classes
            + [builder]
            + split.functions(classes: model.spec.network.classes, fit: fitArguments) + [main])
            .joined(separator: "\n\n") + "\n"
    }

    private var calls: [PythonCall] {
        KerasLayers.calls(for: model.spec) + [optimizer, KerasTraining.loss(model.spec.training)]
            + KerasTraining.callbacks(model.spec.training, stepsPerEpoch: stepsPerEpoch)
    }

    private var optimizer: PythonCall {
        KerasTraining.optimizer(model.spec.training, stepsPerEpoch: stepsPerEpoch)
    }

    private var form: KerasInkForm? { KerasInkForm(model) }

    private var split: KerasSplit { KerasSplit(model.spec.training) }

    private var schedule: KerasSchedule { KerasSchedule(model.spec.training, stepsPerEpoch: stepsPerEpoch) }

    /// Steps in an epoch of the run that made the model; those of MNIST where that is not known.
    private var stepsPerEpoch: Int {
        let rows = model.report?.dataset.train ?? 54_000
        return (rows + model.spec.training.batch - 1) / model.spec.training.batch
    }

    private var introduction: String {
        """
        \"\"\"Builds a trained network in Keras, loads its weights and measures it on the test set.

            python PROGRAM [\(reader.constant)]

        \(reader.constant) \(reader.meaning)
        spec: \(model.spec)
        \"\"\"
        """
    }

    /// Only the modules of Keras that the calls use.
    private var imports: String {
        let text = (calls.map(\.text) + schedule.classes).joined()
        let modules = [
            "activations", "callbacks", "constraints", "initializers", "layers", "losses", "optimizers", "regularizers",
        ].filter { text.contains("\($0).") }
        let own = Set(reader.modules + ["pathlib", "sys"]).sorted().map { "import \($0)" }
        return """
            \(own.joined(separator: "\n"))

            import keras
            import numpy as np
            \((["from keras import \(modules.joined(separator: ", "))"] + split.imports).joined(separator: "\n"))
            """
    }

    private var constants: String {
        let names = model.tensors.map { PythonText.string($0.name) }
        let accuracy = model.report?.test.map { PythonText.number($0.accuracy) } ?? "None"
        return """
            \(reader.constant) = \(PythonText.string(dataPath))
            WEIGHTS = pathlib.Path(__file__).with_name(\(PythonText.string(weightsName)))
            TENSORS = [\(names.joined(separator: ", "))]
            RECORDED_ACCURACY = \(accuracy)

            """
    }

    private var scaling: String {
        let body = KerasTraining.scaling(model.spec.training, reader).map { "    \($0)" }.joined(separator: "\n")
        return """
            def scaled(pixels, \(reader.variable)):
                \"\"\"Inputs of the network, scaled as in training.\"\"\"
            \(body)

            """
    }

    private var builder: String {
        let layers = KerasLayers.calls(for: model.spec).map { "            \($0.text),\n" }.joined()
        return """
            def build_model():
                \"\"\"The compiled model, with new weights.\"\"\"
                model = keras.Sequential(
                    [
            \(layers)        ]
                )
                model.compile(
                    optimizer=\(optimizer.text),
                    loss=\(KerasTraining.loss(model.spec.training).text),
                    metrics=["accuracy"],
                )
                return model

            """
    }

    /// Arguments of `fit` apart from the rows.
    private var fitArguments: [String] {
        let training = model.spec.training
        let callbacks = KerasTraining.callbacks(training, stepsPerEpoch: stepsPerEpoch).map(\.text)
        return ["batch_size=\(training.batch)", "epochs=\(training.epochs)"]
            + (callbacks.isEmpty ? [] : ["callbacks=\(PythonText.list(callbacks))"])
    }

    private var main: String {
        let training = model.spec.training
        let flat = "images.reshape(len(images), -1)"
        let pixels = form == nil ? flat : "formed(\(flat))"
        let shortfall = KerasTraining.shortfalls(training).map { "\n    # \($0)" }.joined()
        return """
            def main():
                \(reader.variable) = sys.argv[1] if len(sys.argv) > 1 else \(reader.constant)
                model = build_model()
                with np.load(WEIGHTS) as arrays:
                    model.set_weights([arrays[name] for name in TENSORS])
                images = \(reader.testImages)
                x = scaled(\(pixels), \(reader.variable))
                y = keras.utils.to_categorical(\(reader.testLabels), \(model.spec.network.classes))
                loss, accuracy = model.evaluate(x, y, batch_size=1000, verbose=0)
                print(f"test accuracy {accuracy:.4f}, recorded {RECORDED_ACCURACY}; loss {loss:.4f}")
                # To train anew: \(split.call(fit: fitArguments))\(shortfall)


            if __name__ == "__main__":
                main()
            """
    }
}
