import DataFormats
import Networks
import Specs
import Training

/// Why a command or an edit is refused, in words that fit the line that they are shown in.
package enum Refusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// A bad value, or a bad spec.
    case spec(SpecError)
    /// The spec does not fit the data set.
    case training(TrainingError)
    case data(DataError)

    package var description: String {
        switch self {
        case .spec(let error): error.description
        case .training(let error): error.description
        case .data(let error): error.description
        }
    }

    /// The text in at most so many characters, with its most useful part.
    package func description(width: Int) -> String {
        switch self {
        case .spec(let error): error.description(width: width)
        case .training(let error): error.description
        case .data(let error): error.description(width: width)
        }
    }
}

extension Shared {
    /// Why a run of this spec can't start; nil if it can, as far as is known without the data set.
    func refusal(toStart spec: ExperimentSpec) -> Refusal? {
        do throws(SpecError) { try spec.validateForTraining() } catch { return .spec(error) }
        if let error = composer.weights?.refusal(of: spec) { return .spec(error) }
        guard let data = sessionData.loaded else { return nil }
        do throws(TrainingError) { _ = try Trainer.split(spec, data.dataset) } catch { return .training(error) }
        return nil
    }

    /// Why an edit is refused. An earlier fault does not block other edits.
    ///
    /// - Parameter isLine: see `edited(to:isLine:)`.
    func refusal(toEdit new: ExperimentSpec, isLine: Bool = false) -> Refusal? {
        let fitting = isLine ? new : new.withoutWeightsOfOtherLayers(editing: composer.spec)
        guard let refusal = refusal(toStart: fitting), refusal != self.refusal(toStart: composer.spec) else {
            return nil
        }
        return refusal
    }

    /// Shows the refusal at the composer and in the status line until the next key.
    mutating func refuse(_ refusal: Refusal) {
        composer.refusal = refusal
        message = .error(refusal)
    }
}
