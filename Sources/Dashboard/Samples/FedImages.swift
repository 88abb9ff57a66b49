import DataFormats
import Datasets
import Specs
import TerminalUI
import Training

/// Images as the network is fed with them: in the form that the spec asks for, and those to train on distorted.
extension Shared {
    /// The settings by which images of Data are fed: the composer's.
    private var composed: TrainingConfiguration { composer.spec.training }

    /// The settings by which those of Digits are fed: those of the run that is shown.
    private var shown: TrainingConfiguration { run?.spec.training ?? composed }

    /// An image in a view of the data set: as it is stored, or as it is fed.
    func picture(_ sample: SampleRow, of part: DataPart, _ data: LoadedData) -> DigitImage {
        picture(Int(sample.row), data.images(sample.source), composed, isTrainedOn: part == .training, data)
    }

    /// A digit that the network is tested with: as it is stored, or as it is fed.
    func digitPicture(_ row: Int, _ source: Evaluation.Source, _ data: LoadedData) -> DigitImage {
        picture(row, data.images(source), shown, isTrainedOn: false, data)
    }

    private func picture(
        _ row: Int, _ images: ImageSet, _ training: TrainingConfiguration, isTrainedOn: Bool, _ data: LoadedData
    ) -> DigitImage {
        guard let fedEpoch else { return DigitImage(data.dataset.picture(images, row)) }
        let bytes: [UInt8]
        if isTrainedOn {
            bytes = images.asFed(row, training, epoch: fedEpoch)
        } else {
            let image = Array(images.image(row))
            bytes = InkForm(training)?.applied(to: image, images.shape) ?? image
        }
        return DigitImage(data.dataset.levels.shown(images.shape.gray(bytes)))
    }

    /// Behind a title of Data: which epoch is fed; empty where images are as they are stored.
    func fedWords(of part: DataPart) -> String {
        fedEpoch.map { part == .training ? ", as fed in epoch \($0 + 1)" : ", as fed" } ?? ""
    }

    /// Behind a title of Digits.
    var fedWordsOfDigits: String { fedEpoch == nil ? "" : ", as fed" }

    /// Why images of a part can't be shown as they are fed: they are fed as they are.
    func refusalToFeed(_ part: DataPart) -> String? {
        let training = composed
        guard InkForm(training) == nil else { return nil }
        guard training.drawsImages else {
            return "images are fed as they are: augment, deslant and width in \(key(.lab)) change them"
        }
        return part == .training ? nil : "only rows to train on are distorted: \(key(.rows)) shows them"
    }

    /// Why the digits that the network is tested with can't.
    var refusalToFeedDigits: String? {
        guard InkForm(shown) == nil else { return nil }
        return "\(classNames.noun)s to test with are fed as they are; \(key(.data)) shows how those to train on are fed"
    }

    /// Shows images as they are fed: of rows to train on another epoch's distortions each time.
    mutating func feed(_ part: DataPart) {
        let training = composed
        guard part == .training, training.drawsImages else { return fedEpoch = fedEpoch == nil ? 0 : nil }
        guard let epoch = fedEpoch else { return fedEpoch = min(run?.history.count ?? 0, training.epochs - 1) }
        fedEpoch = (epoch + 1) % max(1, training.epochs)
    }
}

extension DigitImage {
    /// The picture of an image in grey.
    init(_ image: GrayImage) { self.init(pixels: image.pixels, rows: image.rows, columns: image.columns) }
}
