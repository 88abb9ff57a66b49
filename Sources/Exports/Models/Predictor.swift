import DataFormats
import Datasets
import Training

/// A saved network, or several whose probabilities are averaged, that predicts single images, without the data set that it
/// was trained on.
package final class Predictor {
    private let network: EnsembleNetwork

    /// - Parameters:
    ///   - ensemble: with its weights and scaling.
    ///   - shape: of the images.
    /// - Throws: `EnsembleError.tooLarge`.
    package init(_ ensemble: Ensemble, shape: ImageShape) throws(EnsembleError) {
        // A single image can't be divided among workers.
        network = try EnsembleNetwork(ensemble, shape: shape, threads: 1)
    }

    /// The probability of each class.
    ///
    /// - Parameter image: as many bytes as the network has inputs.
    package func probabilities(_ image: [UInt8]) -> [Float] {
        network.predict(ImageSet(pixels: image, labels: [0], shape: network.shape), rows: RowNumbers(0..<1))
    }
}
