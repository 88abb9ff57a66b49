import ArgumentParser
import Datasets
import Exports
import Reports
import Training

/// How much the networks of an ensemble count, as the user says it.
enum EnsembleWeighting: ExpressibleByArgument, Equatable {
    /// The weights of saved ensembles; equal ones for other networks.
    case own
    case equal
    /// The weights with the least log-loss of the validation rows.
    case validation
    case given([Double])

    /// Reads `equal`, `validation` or `2,1,1`.
    init?(argument: String) {
        switch argument {
        case "equal": self = .equal
        case "validation": self = .validation
        default:
            let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
            guard numbers.allSatisfy({ $0.map { $0.isFinite && $0 >= 0 } ?? false }) else { return nil }
            self = .given(numbers.compactMap(\.self))
        }
    }

    /// The word in JSON.
    var word: String {
        switch self {
        case .own: "own"
        case .equal: "equal"
        case .validation: "validation"
        case .given: "given"
        }
    }

    /// The ensemble with these weights, and what validation found.
    func apply(
        to ensemble: SavedEnsemble, _ network: EnsembleNetwork, _ dataset: Dataset
    ) throws(CommandFailure) -> (SavedEnsemble, EnsembleWeights?) {
        do throws(EnsembleError) {
            switch self {
            case .own: return (ensemble, nil)
            case .equal: return (try ensemble.weighted(ensemble.members.map { _ in 1 }), nil)
            case .given(let weights): return (try ensemble.weighted(weights), nil)
            case .validation:
                let rows = try network.ensemble.validationRows(of: dataset)
                let members = network.evaluateMembers(dataset.train, rows: rows, source: .validation)
                let found = EnsembleWeights(
                    members.map(\.probabilities), labels: members[0].labels, classes: dataset.classes,
                    mean: ensemble.mean)
                return (try ensemble.weighted(found.weights), found)
            }
        } catch {
            throw .usage("--weights: \(error)")
        }
    }
}
