import Experiments
import Foundation
import Neural
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct KerasProgramTests {
    @Test("The whole program of a network with dropout and a penalty")
    func wholeText() throws {
        let folder = try TemporaryFolder()
        let run = try ModelSamples.run("4leaky_relu+drop0.2 sgd momentum=0.9 epochs=1 init=he_normal l2=1e-4")
        try run.write(to: folder.path)
        let model = try SavedModel(path: folder.path)
        let text = KerasProgram(model: model, dataFolder: "/a \"b\"\\ü", weightsName: "weights.npz").text
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
        #expect(try export.writeKeras(to: inside, dataFolder: "x") == [inside])
        #expect(try String(contentsOfFile: inside, encoding: .utf8).contains("with_name(\"weights.npz\")"))
        let outside = folder.path + "/keras/digits.py"
        #expect(
            try export.writeKeras(to: outside, dataFolder: "x") == [folder.path + "/keras/digits.npz", outside])
        #expect(try String(contentsOfFile: outside, encoding: .utf8).contains("with_name(\"digits.npz\")"))
        #expect(try WeightFiles.readArchive(folder.path + "/keras/digits.npz", limits: .init()) == export.model.tensors)
    }
}
