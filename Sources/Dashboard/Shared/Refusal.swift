import DataFormats
import Networks
import Specs
import Training

/// Why something is not done, in words that fit the line they are shown in.
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
    /// Why a run of this spec can't start; nil if it can, as far as is known before the data is there.
    func refusal(toStart spec: ExperimentSpec) -> Refusal? {
        do throws(SpecError) { try spec.validateForTraining() } catch { return .spec(error) }
        guard let data = data.loaded else { return nil }
        do throws(TrainingError) { _ = try Trainer.split(spec, data.dataset) } catch { return .training(error) }
        return nil
    }

    /// Why an edit is not taken over. A fault that was there before does not stand in the way of other edits.
    func refusal(toEdit new: ExperimentSpec) -> Refusal? {
        guard let refusal = refusal(toStart: new), refusal != self.refusal(toStart: composer.spec) else { return nil }
        return refusal
    }

    /// Says so at the composer and in the status line, both until the next key.
    mutating func refuse(_ refusal: Refusal) {
        composer.refusal = refusal
        message = .error(refusal)
    }
}
