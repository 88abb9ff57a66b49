import Reports
import Runs
import Training

/// What the mean of several saved runs says of the test set, by what each of them said of it.
package struct RunEnsemble: Equatable, Sendable {
    /// The runs, by their numbers in the store.
    package let runs: [Int]
    /// What it gains, by each mean, with equal weights.
    package let reports: [EnsembleMean: EnsembleReport]
    /// The ensembles that are saved already.
    package let saved: [StoredEnsemble]

    /// Why runs can't be averaged.
    package enum Problem: Error, Equatable, Sendable, CustomStringConvertible {
        /// A run whose final weights were not measured.
        case untested(Int)
        /// Two runs that were measured on different images.
        case otherRows(Int, Int)

        package var description: String {
            switch self {
            case .untested(let run): "run \(run) was never measured on the test set with its final weights"
            case .otherRows(let first, let other): "runs \(first) and \(other): measured on different images"
            }
        }
    }

    /// - Parameter tests: of each run with its name, two at least; nil where its final weights were not measured.
    /// - Throws: `Problem` for the first run that can't be averaged with those before it.
    package init(
        _ tests: [(run: Int, name: String?, test: Evaluation?)], saved: [StoredEnsemble]
    ) throws(Problem) {
        var evaluations: [Evaluation] = []
        for (run, _, test) in tests {
            guard let test else { throw .untested(run) }
            if let first = evaluations.first {
                guard first.rows == test.rows, first.labels == test.labels, first.classes == test.classes,
                    first.source == test.source
                else { throw .otherRows(tests[0].run, run) }
            }
            evaluations.append(test)
        }
        runs = tests.map(\.run)
        let names = tests.map { run, name, _ in name.map { "\(run) \($0)" } ?? "\(run)" }
        let weights = tests.map { _ in 1 / Double(tests.count) }
        reports = Dictionary(
            uniqueKeysWithValues: EnsembleMean.allCases.map {
                ($0, EnsembleReport(evaluations, names: names, mean: $0, weights: weights))
            })
        self.saved = saved
    }
}

/// The ensemble that is shown over the table.
package struct RunEnsembleState: Equatable, Sendable {
    /// What was computed.
    package let ensemble: RunEnsemble
    /// How probabilities are averaged.
    package var mean = EnsembleMean.arithmetic
    /// The first line on the screen.
    var start = 0

    init(_ ensemble: RunEnsemble) { self.ensemble = ensemble }

    /// What it gains by the chosen mean.
    var report: EnsembleReport? { ensemble.reports[mean] }
}
