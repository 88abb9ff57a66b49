import DataFormats
import Datasets
import Kernels
import Networks

/// A saved network that predicts single images, without the data set that it was trained on.
package final class Predictor {
    private let network: Network
    private let form: InkForm?
    private let shape: ImageShape

    /// - Parameters:
    ///   - model: with its weights.
    ///   - transform: from pixel bytes to inputs, see `SavedModel.inputTransform`.
    ///   - shape: of the images.
    package init(_ model: SavedModel, transform: InputTransform, shape: ImageShape) {
        (form, self.shape) = (InkForm(model.spec.training), shape)
        // A single image can't be divided among workers.
        network = Network(spec: model.spec, transform: transform, threads: 1, largestBatch: 1)
        do { try network.load(model.tensors) } catch {
            preconditionFailure("the tensors were checked when they were read: \(error)")
        }
    }

    /// The probability of each class.
    ///
    /// - Parameter image: as many bytes as the network has inputs.
    package func probabilities(_ image: [UInt8]) -> [Float] {
        precondition(image.count == network.spec.network.inputs, "a byte for each input")
        let image = form?.applied(to: image, shape) ?? image
        var probabilities = [Float](repeating: 0, count: network.spec.network.classes)
        image.withUnsafeBufferPointer { pixels in
            probabilities.withUnsafeMutableBufferPointer { output in
                guard let pixels = pixels.baseAddress, let output = output.baseAddress else { return }
                var row: Int32 = 0
                network.predict(
                    ImageBatch(pixels: pixels, width: image.count, rows: &row, count: 1), labels: nil,
                    probabilities: output, losses: nil)
            }
        }
        return probabilities
    }
}
