import DataFormats
import Datasets
import Dispatch
import Memory
import Runs
import Specs
import Training

/// Reading all of a run that is opened: its curves, its matrices, and its network with the data set it was trained on.
extension RunLibrary {
    func open(_ request: OpenRequest) {
        do throws(StoreError) {
            let store = try opened()
            guard let summary = try store.summary(of: request.run) else {
                throw .noRun("\(request.run)", nearest: nil)
            }
            let saved = SavedRun(summary)
            let isKnown = request.known.map { $0.checkpoint == OpenedStamp(summary).checkpoint } ?? false
            let network = isKnown ? nil : try savedNetwork(of: request, in: store)
            let read = OpenedRead(
                saved: saved, epochs: try store.epochs(of: request.run), events: try store.events(of: request.run),
                confusions: try store.confusions(of: request.run),
                test: try store.testReport(of: request.run)?.confusion,
                bestEpoch: try store.bestEpochKept(of: request.run),
                classNames: try store.dataset(of: summary)?.classNames)
            // A state that was replaced while the rest was read belongs to the next reading.
            guard let network else { return post(read, request, nil) }
            // Loading a data set takes long: others of the queue don't wait for it.
            DispatchQueue.global(qos: .userInitiated).async { [self] in
                post(read, request, self.network(of: saved, network))
            }
        } catch {
            post(.runs(.openFailed(ticket: request.ticket, error.description)))
        }
    }

    /// The saved state, with the weights that are asked for. Where the state was given back, these alone.
    private func savedNetwork(of request: OpenRequest, in store: RunStore) throws(StoreError) -> SavedNetwork {
        let best = request.weights == .best ? try store.weights(of: request.run, .best) : nil
        if let state = try store.checkpoint(of: request.run) {
            return .state(best.map { state.ended(with: $0.tensors, ofEpoch: $0.place.epoch) } ?? state)
        }
        if let best { return .weights(best) }
        guard let final = try store.weights(of: request.run, .final) else { return .nothing }
        return .weights(final)
    }

    /// Posts the digest of the weights that a run has, by which `from=` and `teacher=` name them.
    func findWeights(_ run: Int, to use: UseOfWeights) throws(StoreError) {
        let store = try opened()
        guard let summary = try store.summary(of: run) else { throw .noRun("\(run)", nearest: nil) }
        guard !summary.state.isAlive else {
            return post(.runs(.refused("run \(run) is being trained: its final weights are not there yet")))
        }
        guard let weights = try store.newestWeights(of: summary) else {
            return post(.runs(.refused("run \(run): its weights are not saved")))
        }
        post(.runs(.weights(SavedRun(summary), WeightDigest(of: weights.tensors), use)))
        FreedMemory.giveBack()
    }

    private func post(_ read: OpenedRead, _ request: OpenRequest, _ network: OpenedNetwork?) {
        let content = OpenedContent(
            ticket: request.ticket, saved: read.saved, epochs: read.epochs, events: read.events,
            confusions: read.confusions, test: read.test, network: network, bestEpoch: read.bestEpoch,
            classNames: read.classNames)
        post(.runs(.opened(content)))
    }

    private func network(of run: SavedRun, _ saved: SavedNetwork) -> OpenedNetwork {
        let number = run.summary.id
        let (data, note): (LoadedData?, String?)
        do throws(OpenedProblem) { (data, note) = try self.data(of: run.summary) } catch {
            return OpenedNetwork(.failure(error), data: nil)
        }
        guard let spec = run.spec else {
            return OpenedNetwork(.failure(OpenedProblem("run \(number): this program can't read its spec")), data: data)
        }
        switch saved {
        case .state(let state): return OpenedNetwork(.success(state), data: data, note: note)
        case .weights(let weights):
            return OpenedNetwork(state(with: weights, of: spec, number, data?.dataset), data: data, note: note)
        case .nothing:
            let words =
                run.summary.state.isAlive
                ? "run \(number): nothing of its network is saved yet, so only its figures are shown"
                : "run \(number): no state of its network is saved, so only its figures are shown"
            return OpenedNetwork(.failure(OpenedProblem(words)), data: data)
        }
    }

    /// A state to look at, made from weights alone: without moments, and without the curves of the batches.
    ///
    /// - Parameter dataset: the run's; nil where it is the session's.
    private func state(
        with weights: SavedWeights, of spec: ExperimentSpec, _ number: Int, _ dataset: Dataset?
    ) -> Result<TrainerState, OpenedProblem> {
        guard let dataset = dataset ?? datasetAndDigest()?.0 else {
            return .failure(OpenedProblem("run \(number): its data set is not loaded"))
        }
        do throws(TrainingError) {
            let trainer = try Trainer(spec: spec, dataset: dataset, threads: 1)
            return .success(trainer.state.ended(with: weights.tensors, ofEpoch: weights.place.epoch))
        } catch {
            return .failure(OpenedProblem("run \(number): \(error)"))
        }
    }

    /// The data set of a run, nil where it is the session's, and what is to be said of it.
    ///
    /// - Throws: `OpenedProblem` where it can't be found, or is another one now.
    private func data(of run: RunSummary) throws(OpenedProblem) -> (LoadedData?, note: String?) {
        if let (dataset, digest) = datasetAndDigest() {
            let isSame = run.fingerprint.map { $0 == digest } ?? (dataset.name == run.dataset)
            if isSame { return (nil, nil) }
        }
        if let other = otherData(run.dataSource, run.fingerprint) { return (other, nil) }
        let words = "only the figures of run \(run.id) are shown: its data set, \(run.dataset), "
        let (dataset, note): (Dataset, String?)
        do throws(DataError) {
            let trained = try DatasetSource.trained(
                on: run.dataSource, digest: run.fingerprint, imported: imported, onThread: onThread)
            (dataset, note) = (try trained.source.load(onThread: onThread), trained.note)
        } catch {
            throw OpenedProblem(words + "can't be loaded: \(error.description)")
        }
        let digest = DatasetFingerprint.digest(of: dataset)
        if let fingerprint = run.fingerprint, fingerprint != digest {
            throw OpenedProblem(words + "has other images now")
        }
        let data = LoadedData(dataset)
        keep(data, source: run.dataSource, digest: digest)
        return (data, note)
    }
}

/// What the store has of a run's network.
private enum SavedNetwork: Sendable {
    case state(TrainerState)
    case weights(SavedWeights)
    case nothing
}

/// What was read of a run beside its network.
private struct OpenedRead: Sendable {
    let saved: SavedRun
    let epochs: [EpochFigures]
    let events: [RunEvent]
    let confusions: [EpochConfusion]
    let test: [[Int]]?
    let bestEpoch: Int?
    let classNames: [String]?
}
