import Datasets
import Networks
import Specs

/// Why a run can't start, or ended before its last epoch.
package enum TrainingError: Error, Equatable, Sendable, CustomStringConvertible {
    case inputsDiffer(spec: Int, dataset: Int, name: String)
    case classesDiffer(spec: Int, dataset: Int, name: String)
    case noTrainingRows(Int)
    /// Rows of every class can't be held out.
    case notStratified(Split.Problem, classNames: [String])
    /// Training would take more memory than the program allows itself.
    case tooLarge(SpecError)
    /// The loss became NaN or infinite at a batch, from 1, of an epoch, from 1. With the layer whose values did so
    /// first, and the rate of that step.
    case diverged(epoch: Int, batch: Int, where: NonFiniteLayer? = nil, rate: Double? = nil)
    /// A live change of the run's line is at a batch that no epoch has.
    case place(RunPlace, batchesPerEpoch: Int)
    /// The weights that the run is to begin with are not there; with the reason.
    case noWeights(WeightDigest, reason: String)
    /// They are another network's: the widths of both, and the first tensor that does not fit.
    case otherLayers(WeightDigest, layers: [Int], found: [Int], TensorError)
    /// The teacher is not there; with the reason.
    case noTeacher(WeightDigest, reason: String)
    /// The state to resume from is not one of this spec and data.
    case state(TrainerStateError)

    package var description: String {
        switch self {
        case .inputsDiffer(let spec, let dataset, let name):
            "the network takes \(spec) inputs, but an image of \(name) has \(dataset) pixels"
        case .classesDiffer(let spec, let dataset, let name):
            "the network has \(spec) outputs, but \(name) has \(dataset) classes"
        case .noTrainingRows(let count):
            "validation leaves none of the \(count) rows to train on"
        case .notStratified(.loneRow(let label), let names):
            "split=stratified: class \(names.indices.contains(label) ? names[label] : "\(label)") has one row, "
                + "which can't be both trained on and held out; expected 2 of each class"
        case .notStratified(.fewRows(let training, let validation, let classes), _):
            "split=stratified: \(training) rows to train on and \(validation) held out; expected one of each of the "
                + "\(classes) classes at least in both"
        case .diverged(let epoch, let batch, let layer, let rate):
            "the loss is no longer a number (epoch \(epoch), batch \(batch)"
                + (layer.map { "; \($0.description)" } ?? "") + "): try a lower learning rate"
                + (rate.map { " than \(SpecNumber.short($0))" } ?? "")
        case .tooLarge(let error): error.description
        case .place(let place, let batches):
            "\(place): no such place, an epoch has \(batches) batches; expected @\(place.epoch)+\(batches) at most"
        case .noWeights(let digest, let reason): "from=\(digest): these weights are not to be had: \(reason)"
        case .otherLayers(let digest, let layers, let found, let error):
            "from=\(digest): the weights of other layers: expected \(Self.chain(layers)), found \(Self.chain(found))"
                + (layers == found ? " (\(error))" : "")
        case .noTeacher(let digest, let reason): "teacher=\(digest): the run can't learn from it: \(reason)"
        case .state(let error): error.description
        }
    }

    private static func chain(_ widths: [Int]) -> String { widths.map(String.init).joined(separator: "-") }
}
