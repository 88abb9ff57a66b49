import Neural
import Training

extension SavedModel {
    /// The network of a saved run: with the weights it ended with, or those it has so far.
    ///
    /// Files made from it go to the folder `run-12` unless said otherwise.
    ///
    /// - Throws: `ModelError.run` where there are none, or what is stored can't be read.
    public init(_ run: RunSummary, in store: RunStore) throws(ModelError) {
        do throws(StoreError) {
            let spec: ExperimentSpec
            do throws(SpecError) { spec = try run.spec() } catch {
                throw .damaged(run: run.id, what: "the spec", reason: error.description)
            }
            var tensors = try store.weights(of: run.id, .final)?.tensors
            if tensors == nil { tensors = try store.checkpoint(of: run.id)?.network.weights }
            guard let tensors else {
                throw .damaged(run: run.id, what: "the weights", reason: "none are saved yet")
            }
            let ordered: [Tensor]
            do throws(TensorError) { ordered = try spec.network.ordered(tensors) } catch {
                throw .damaged(run: run.id, what: "the weights", reason: error.description)
            }
            let (epochs, test) = (try store.epochs(of: run.id), try store.test(of: run.id))
            let report = RunReport(
                spec: spec,
                dataset: .init(
                    name: run.dataset, train: run.trainingRows, validation: run.validationRows, test: run.testRows),
                threads: run.machine.threads, epochs: epochs, test: test.map(ClassificationMetrics.init))
            var annotations = RunAnnotations()
            (annotations.name, annotations.tags, annotations.note) = (run.name, run.tags, run.note)
            annotations.confusions = try store.confusions(of: run.id)
            self.init(
                folder: "run-\(run.id)", weightsPath: store.path, spec: spec, specLine: run.specLine,
                tensors: ordered, report: report, annotations: annotations)
        } catch {
            throw .run(error)
        }
    }
}
