import Datasets
import Memory
import Runs
import Specs
import Training

/// Ensembles of saved runs, by what the store has of their tests: no network is asked again.
extension RunLibrary {
    /// Posts what the mean of some runs says of the test set.
    func average(_ runs: [Int]) throws(StoreError) {
        let store = try opened()
        var tests: [(run: Int, name: String?, test: Evaluation?)] = []
        for run in runs {
            guard let summary = try store.summary(of: run) else { throw .noRun("\(run)", nearest: nil) }
            tests.append((run, summary.name, summary.isTestOfEnd ? try store.test(of: run) : nil))
        }
        do throws(RunEnsemble.Problem) {
            post(.runs(.ensemble(try RunEnsemble(tests, saved: savedEnsembles(store)))))
        } catch {
            post(.runs(.refused(error.description)))
        }
        FreedMemory.giveBack()
    }

    /// Posts what the mean of some runs says of an image. Their networks stay for the next image.
    func ask(_ runs: [Int], _ mean: EnsembleMean, _ image: [UInt8]) {
        let answer: EnsembleAnswer
        do {
            let probabilities = try averaged.withLock { averaged in
                if averaged?.runs != runs || averaged?.mean != mean {
                    averaged = nil
                    averaged = AveragedRuns(runs: runs, mean: mean, network: try network(of: runs, mean))
                }
                return averaged?.probabilities(of: image)
            }
            answer = probabilities.map { .probabilities($0) } ?? .refused("the image is not of the size that they take")
        } catch {
            answer = .refused("\(error)")
        }
        post(.runs(.answered(runs, mean, answer)))
    }

    /// The networks of runs with the weights that these have now, for images of the session's data set.
    private func network(of runs: [Int], _ mean: EnsembleMean) throws -> EnsembleNetwork {
        let store = try opened()
        guard let dataset = datasetAndDigest()?.0 else { throw EnsembleError.noDataset }
        var members: [Ensemble.Member] = []
        for run in runs {
            guard let summary = try store.summary(of: run) else { throw StoreError.noRun("\(run)", nearest: nil) }
            guard let weights = try store.newestWeights(of: summary) else {
                throw StoreError.damaged(run: run, what: "the weights", reason: "none are saved")
            }
            let spec = try summary.spec()
            members.append(
                Ensemble.Member(
                    name: "run \(run)", spec: spec, tensors: weights.tensors,
                    transform: try summary.inputTransform(spec, dataset)))
        }
        let ensemble = try Ensemble(members, mean: mean)
        guard ensemble.inputs == dataset.train.imageBytes, ensemble.classes == dataset.classes else {
            throw EnsembleError.otherDataset(dataset.name)
        }
        // A single image can't be divided among workers.
        return try EnsembleNetwork(ensemble, shape: dataset.train.shape, threads: 1)
    }

    private func savedEnsembles(_ store: RunStore) -> [StoredEnsemble] { (try? store.ensembles()) ?? [] }

    /// Saves an ensemble of runs with the weights that these have now.
    func saveEnsemble(_ runs: [Int], _ mean: EnsembleMean, _ name: String) throws(StoreError) {
        let store = try opened()
        var members: [StoredEnsemble.Member] = []
        for run in runs {
            guard let summary = try store.summary(of: run) else { throw .noRun("\(run)", nearest: nil) }
            guard let weights = try store.newestWeights(of: summary) else {
                return post(.runs(.refused("run \(run): its weights are not saved")))
            }
            members.append(
                StoredEnsemble.Member(
                    run: run, digest: WeightDigest(of: weights.tensors), weight: 1 / Double(runs.count)))
        }
        try store.createEnsemble(name: name, mean: mean, members: members)
        FreedMemory.giveBack()
        refresh()
        post(.runs(.changed("the ensemble \(name) is saved: `trainspotter evaluate \(name)` measures it")))
    }
}

/// The networks of runs that were asked about an image.
struct AveragedRuns {
    let runs: [Int]
    let mean: EnsembleMean
    let network: EnsembleNetwork

    /// Nil for an image of another size.
    func probabilities(of image: [UInt8]) -> [Float]? {
        guard image.count == network.shape.bytes else { return nil }
        return network.predict(ImageSet(pixels: image, labels: [0], shape: network.shape), rows: RowNumbers(0..<1))
    }
}
