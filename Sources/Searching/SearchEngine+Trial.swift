import Runs
import Search
import Specs
import Training

extension SearchEngine {
    /// A trial of the search.
    package struct Trial: Sendable, Equatable {
        /// Its number, from 0.
        package let number: Int
        /// Layers and settings.
        package let spec: ExperimentSpec
        /// What was chosen for it; nil for one that repeats another one.
        package let point: SearchPoint?
        /// Its epochs so far.
        package var figures: [EpochFigures] = []
        /// The trial that this one repeats with another seed; nil for one that the space gave.
        package var repeats: Int?
        /// Why it failed.
        package var failure: String?
        /// What it has reached; NaN where it failed, nil before the first rung.
        package var score: Double?
        /// Whether it has been trained to its end.
        package var isFinished = false
        /// Whether the user took it out: it goes on no more.
        package var isDropped = false

        package init(number: Int, spec: ExperimentSpec, point: SearchPoint? = nil) {
            (self.number, self.spec, self.point) = (number, spec, point)
        }

        /// The trial as the store has it.
        package func saved(as state: SavedTrial.State) -> SavedTrial {
            SavedTrial(
                number: number, line: spec.description, state: state, score: score, point: point?.description)
        }

        /// Where it stands.
        ///
        /// - Parameter isThere: whether it is at a rung, or has failed; else it is on its way.
        func state(isThere: Bool) -> SavedTrial.State {
            if failure != nil { return .failed }
            if isFinished { return .finished }
            return isDropped ? .stopped : isThere ? .waiting : .running
        }

        /// The validation accuracy of the weights that it would end with now; of equals the less loss counts. NaN where it
        /// failed.
        var reached: Double {
            let settings = spec.training.earlyStopping
            let values = figures.map { ($0.epoch, settings.monitor.value(in: $0)) }
            let kept = EarlyStoppingTracker.keptEpoch(values, settings: settings)
            guard failure == nil, let kept = figures.last(where: { $0.epoch == kept }),
                let accuracy = kept.validationAccuracy
            else { return .nan }
            return SearchEngine.score(accuracy: accuracy, loss: kept.validationLoss)
        }
    }

    /// The accuracy, less so little for the loss that this counts of equals alone.
    static func score(accuracy: Double, loss: Double?) -> Double { accuracy - 1e-7 * min(100, loss ?? 100) }
}
