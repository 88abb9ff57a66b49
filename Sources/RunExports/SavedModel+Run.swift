import Exports
import Networks
import Reports
import Runs
import Specs
import Training

extension SavedModel {
    /// The network of a saved run: with its final weights, or those that it has so far.
    ///
    /// Files made from it go to the folder `run-12` if no other one is named.
    ///
    /// - Parameter weights: others than those that it has now; nothing is then known of their test.
    /// - Throws: `ModelError.run` where there are no weights, or they can't be read.
    package init(_ run: RunSummary, in store: RunStore, weights: [Tensor]? = nil) throws(ModelError) {
        do throws(StoreError) {
            let spec: ExperimentSpec
            do throws(SpecError) { spec = try run.spec() } catch {
                throw .damaged(run: run.id, what: "the spec", reason: error.description)
            }
            // A line of another version may not be readable here; then only the spec is exported.
            let line = (try? run.line()) ?? RunLine(spec: spec)
            let (tensors, test) = weights == nil ? try Self.newest(run, in: store) : (weights, nil)
            guard let tensors else {
                throw .damaged(
                    run: run.id, what: "the weights",
                    reason: run.state.isAlive ? "none are saved yet" : "none are saved")
            }
            let ordered: [Tensor]
            do throws(TensorError) { ordered = try spec.network.ordered(tensors) } catch {
                throw .damaged(run: run.id, what: "the weights", reason: error.description)
            }
            let epochs = try store.epochs(of: run.id)
            let kept = try store.dataset(of: run)
            var report = RunReport(
                line: line,
                dataset: .init(
                    name: run.dataset, train: run.trainingRows, validation: run.validationRows, test: run.testRows,
                    images: kept.map { .init($0.shape, $0.levels) }, pixels: run.pixels),
                threads: run.machine.threads, epochs: epochs, test: test.map(ClassificationMetrics.init))
            report.sign(program: run.program, date: run.ended ?? run.heartbeat, digest: run.fingerprint)
            var annotations = RunAnnotations()
            (annotations.name, annotations.tags, annotations.note) = (run.name, run.tags, run.note)
            (annotations.line, annotations.lineFault) = (line, run.lineFault)
            annotations.classNames = kept?.classNames
            annotations.confusions = try store.confusions(of: run.id)
            self.init(
                folder: "run-\(run.id)", weightsPath: store.path, spec: spec, specLine: "\(line)",
                tensors: ordered, report: report, annotations: annotations,
                run: StoredRun(number: run.id, dataSource: run.dataSource), test: test)
        } catch {
            throw .run(error.description)
        }
    }

    /// The weights of the run now, and their evaluation of the test set if there is one.
    private static func newest(_ run: RunSummary, in store: RunStore) throws(StoreError) -> ([Tensor]?, Evaluation?) {
        guard let newest = try store.newestWeights(of: run) else { return (nil, nil) }
        let test = try store.test(of: run.id)
        guard let place = newest.state else {
            // Evaluations of earlier versions do not name their weights; the store does.
            return (newest.tensors, run.isTestOfEnd ? test : nil)
        }
        return (newest.tensors, test?.place == place && test?.weights == nil ? test : nil)
    }
}
