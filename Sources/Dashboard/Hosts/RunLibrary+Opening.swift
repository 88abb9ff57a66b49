import DataFormats
import Datasets
import Dispatch
import Runs
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
            let state = isKnown ? nil : try state(of: request, in: store)
            let read = OpenedRead(
                saved: saved, epochs: try store.epochs(of: request.run), events: try store.events(of: request.run),
                confusions: try store.confusions(of: request.run),
                test: try store.testReport(of: request.run)?.confusion,
                bestEpoch: try store.bestEpochKept(of: request.run))
            // A state that was replaced while the rest was read belongs to the next reading.
            guard !isKnown else { return post(read, request, nil) }
            // Loading a data set takes long: others of the queue don't wait for it.
            DispatchQueue.global(qos: .userInitiated).async { [self] in
                post(read, request, network(of: saved, state))
            }
        } catch {
            post(.runs(.openFailed(ticket: request.ticket, error.description)))
        }
    }

    /// The saved state, with the weights that are asked for.
    private func state(of request: OpenRequest, in store: RunStore) throws(StoreError) -> TrainerState? {
        let state = try store.checkpoint(of: request.run)
        guard request.weights == .best, let best = try store.weights(of: request.run, .best) else { return state }
        return state?.ended(with: best.tensors, ofEpoch: best.place.epoch)
    }

    private func post(_ read: OpenedRead, _ request: OpenRequest, _ network: OpenedNetwork?) {
        let content = OpenedContent(
            ticket: request.ticket, saved: read.saved, epochs: read.epochs, events: read.events,
            confusions: read.confusions, test: read.test, network: network, bestEpoch: read.bestEpoch)
        post(.runs(.opened(content)))
    }

    private func network(of run: SavedRun, _ state: TrainerState?) -> OpenedNetwork {
        let number = run.summary.id
        let data: LoadedData?
        do throws(OpenedProblem) { data = try self.data(of: run.summary) } catch {
            return OpenedNetwork(.failure(error), data: nil)
        }
        guard run.spec != nil else {
            return OpenedNetwork(.failure(OpenedProblem("run \(number): this program can't read its spec")), data: data)
        }
        guard let state else {
            let words =
                run.summary.state.isAlive
                ? "run \(number): nothing of its network is saved yet, so only its figures are shown"
                : "run \(number): no state of its network is saved, so only its figures are shown"
            return OpenedNetwork(.failure(OpenedProblem(words)), data: data)
        }
        return OpenedNetwork(.success(state), data: data)
    }

    /// The data set of a run; nil where it is the session's.
    ///
    /// - Throws: `OpenedProblem` where it can't be found, or is another one now.
    private func data(of run: RunSummary) throws(OpenedProblem) -> LoadedData? {
        if let (dataset, digest) = datasetAndDigest() {
            let isSame = run.fingerprint.map { $0 == digest } ?? (dataset.name == run.dataset)
            if isSame { return nil }
        }
        if let other = otherData(run.dataSource, run.fingerprint) { return other }
        let words = "only the figures of run \(run.id) are shown: its data set, \(run.dataset), "
        let dataset: Dataset
        do throws(DataError) { dataset = try DatasetSource.resolve(run.dataSource).load(onThread: onThread) } catch {
            throw OpenedProblem(words + "can't be loaded: \(error.description)")
        }
        let digest = DatasetFingerprint.digest(of: dataset)
        if let fingerprint = run.fingerprint, fingerprint != digest {
            throw OpenedProblem(words + "has other images now")
        }
        let data = LoadedData(dataset)
        keep(data, source: run.dataSource, digest: digest)
        return data
    }
}

/// What was read of a run beside its network.
private struct OpenedRead: Sendable {
    let saved: SavedRun
    let epochs: [EpochFigures]
    let events: [RunEvent]
    let confusions: [EpochConfusion]
    let test: [[Int]]?
    let bestEpoch: Int?
}
