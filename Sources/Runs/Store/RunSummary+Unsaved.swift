import Foundation
import Reports
import Specs
import Training

extension RunSummary {
    /// A run that is in no store, to be listed, filtered and sorted beside saved ones.
    ///
    /// - Parameters:
    ///   - number: its number in lists.
    ///   - facts: nil before it has started.
    package init(unsaved number: Int, spec: ExperimentSpec, dataset: String, facts: RunFacts?) {
        self.init(
            id: number, note: "", specLine: spec.description, seed: spec.training.seed, dataset: dataset,
            dataSource: "", parameters: facts?.parameters ?? 0, trainingRows: facts?.trainingRows ?? 0,
            validationRows: facts?.validationRows ?? 0, testRows: facts?.testRows ?? 0,
            batchesPerEpoch: facts?.batchesPerEpoch ?? 0, program: ProgramVersion.current,
            machine: MachineFacts(threads: 0, blas: "", host: ""), started: Date(timeIntervalSince1970: 0),
            state: .running, plannedEpochs: spec.training.epochs, epochs: 0, seconds: 0,
            owner: RunOwner(process: 0, host: "", boot: "", start: ""), heartbeat: Date(timeIntervalSince1970: 0))
    }
}
