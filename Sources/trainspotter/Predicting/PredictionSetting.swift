import DataFormats
import Datasets
import Exports
import Reports
import Training

/// What a network needs to be asked: the size of its images, the values of black and white, the names of its classes, and
/// the scaling of pixels. What was recorded with the network is taken; the images that it was trained on are read only
/// where they are needed.
struct PredictionSetting {
    let shape: ImageShape
    let levels: ShownLevels
    let classNames: [String]
    let predictor: Predictor
    /// The images to choose from; nil where they were not needed.
    let test: ImageSet?

    /// - Parameter needsImages: whether images of the test set are asked for.
    init(_ model: SavedEnsemble, _ data: DataOptions, needsImages: Bool) throws(CommandFailure) {
        let images = model.members[0].report?.dataset.images
        let recorded = images?.shape(inputs: model.members[0].spec.network.inputs)
        if needsImages || model.scalingNeedsData {
            let dataset = try data.load(of: model, other: .told)
            (shape, classNames, test) = (dataset.train.shape, dataset.classNames, dataset.test)
            levels = images?.levels ?? dataset.levels
            do throws(EnsembleError) { predictor = try Predictor(try model.ensemble(dataset), shape: shape) } catch {
                throw CommandFailure(error, of: model)
            }
            return
        }
        if data.data == nil, let recorded, let known = images?.levels, let names = model.classNames {
            (shape, levels, classNames) = (recorded, known, names)
        } else {
            (shape, levels, classNames) = try Self.facts(model.members[0], data)
        }
        test = nil
        do throws(EnsembleError) { predictor = try Predictor(try model.ensemble(nil), shape: shape) } catch {
            throw CommandFailure(error, of: model)
        }
    }

    /// The size, the values of black and white, and the names of a model's data set, from its files, of which the images
    /// are read only where their range was not recorded; where they are gone, from what is known of the model.
    private static func facts(
        _ model: SavedModel, _ data: DataOptions
    ) throws(CommandFailure) -> (ImageShape, ShownLevels, [String]) {
        let network = model.spec.network
        let recorded = model.report?.dataset.images?.levels
        do {
            let source = try data.source(of: model)
            let found = try source.shape()
            guard found.inputs == network.inputs else {
                throw CommandFailure(
                    TrainingError.inputsDiffer(spec: network.inputs, dataset: found.inputs, name: source.name))
            }
            guard found.classes == network.classes else {
                throw CommandFailure(
                    TrainingError.classesDiffer(spec: network.classes, dataset: found.classes, name: source.name))
            }
            let levels = try recorded ?? source.knownLevels ?? source.load().levels
            return (found.image, levels, found.classNames)
        } catch {
            let side = Int(Double(network.inputs).squareRoot().rounded())
            let failure = error as? CommandFailure ?? (error as? DataError).map { CommandFailure($0) }
            guard data.data == nil, side * side == network.inputs else { throw failure ?? .usage("\(error)") }
            let names = model.classNames
            printError(
                "trainspotter: the data set is not here (\(failure?.message ?? "\(error)")): images are taken to be "
                    + "\(side) × \(side)\(names == nil ? ", and classes have numbers" : "")")
            return (
                ImageShape(rows: side, columns: side), recorded ?? .full,
                names ?? (0..<network.classes).map(String.init)
            )
        }
    }

    /// What the network predicts.
    ///
    /// - Parameters:
    ///   - pixels: of one image, `shape.bytes` of them.
    ///   - label: the true class, where it is known.
    func report(_ pixels: [UInt8], index: Int? = nil, image: String? = nil, label: Int? = nil) -> PredictionReport {
        let probabilities = predictor.probabilities(pixels)
        var best = 0
        for label in probabilities.indices where probabilities[label] > probabilities[best] { best = label }
        return PredictionReport(
            index: index, image: image, label: label, predicted: best, probabilities: probabilities,
            classNames: classNames)
    }
}
