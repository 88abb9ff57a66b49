import Specs
import TerminalUI
import Training

/// Events of the data set and of the run.
extension Shared {
    /// The data set is loaded.
    mutating func received(_ data: LoadedData) {
        self.data = .ready(data)
        if message == .stillLoading { message = nil }
        if message == nil, !data.dataset.remarks.isEmpty {
            message = .note(data.dataset.remarks.joined(separator: "; "))
        }
        var spec = composer.spec
        spec.network.inputs = data.dataset.train.imageBytes
        spec.network.classes = data.dataset.classes
        if spec != composer.spec { composer = ComposerState(spec: spec) }
        if let refusal = refusal(toStart: spec) { refuse(refusal) }
    }

    mutating func received(_ event: TrainingEvent) -> [Effect] {
        run?.note(event)
        notePredictions(event)
        switch event {
        case .started:
            if let warning = heldOutWarning { message = .warning(warning) }
            refreshDigits()
            return measureShownTest()
        case .epochFinished(let report):
            if report.validation != nil { refreshDigits() }
            return measureShownTest()
        case .testEvaluated(let evaluation):
            guard source == .test else { break }
            refreshDigits()
            // Epochs can be faster than the test set.
            if evaluation.epoch < run?.history.count ?? 0 { return measureShownTest() }
        case .diverges(let finding, _): message = .warning(Self.divergence(finding))
        case .failed(let error): message = .error(error.description)
        case .rateReduced(_, let rate, _):
            message = .note("no better for a while: learning rate reduced to \(SpecNumber.short(rate))")
        case .stoppedEarly(let epoch, let best):
            message = .note("stopped early after epoch \(epoch): epoch \(best) was the best")
        case .weightsReplaced: refreshDigits()
        case .changed, .bestEpoch, .paused, .finished, .stopped: break
        }
        return []
    }

    /// The request to look whether the saved runs take too much. Those of this session, and those that a view shows or
    /// has marked, stay.
    ///
    /// - Parameter saying: only says so, whatever the user chose: no run has ended.
    func limitEffects(saying: Bool = false) -> [Effect] {
        guard savedRuns.hasStore, storeLimit.bytes != nil else { return [] }
        var limit = storeLimit
        if saying { limit.response = .say }
        var keys = comparison.marked.map(\.key)
        if case .run(let key) = lookBack.baseline { keys.append(key) }
        var spared = Set(keys.compactMap { if case .saved(let number) = $0 { number } else { nil } })
        spared.formUnion(allRuns.compactMap(\.saved))
        spared.formUnion([opened?.number, previousRun].compactMap(\.self))
        return [.runs(.keepLimit(limit, sparing: spared))]
    }

    private static func divergence(_ finding: Divergence.Finding) -> String {
        "diverged: loss \(Figures.loss(finding.loss)), it was \(Figures.loss(finding.least)); a lower rate may help"
    }

    /// Adds the evaluations of an event to the history of predictions.
    mutating func notePredictions(_ event: TrainingEvent) {
        let evaluation: Evaluation? =
            switch event {
            case .started(_, let untrained): untrained
            case .epochFinished(let report): report.validation
            case .weightsReplaced(_, let evaluation): evaluation
            case .testEvaluated(let evaluation): evaluation
            default: nil
            }
        guard let evaluation else { return }
        if evaluation.source == .test { pastOfTest.note(evaluation) } else { past.note(evaluation) }
    }

    // MARK: - Validation rows or test set

    mutating func toggleSource() -> [Effect] {
        if source == .test {
            source = .validation
            refreshDigits()
            return []
        }
        source = .test
        refreshDigits()
        return run?.testIsFresh == true ? [] : measureTest()
    }

    /// The test figures are out of date now. From the last planned epoch on, every end brings new ones.
    mutating func measureShownTest() -> [Effect] {
        guard source == .test, let run, run.history.count < run.plannedEpochs else { return [] }
        return measureTest()
    }

    /// Requests the test figures, where there is a network and no request is open.
    private mutating func measureTest() -> [Effect] {
        guard let run, run.canBeMeasured, !run.awaitsTest else { return [] }
        self.run?.awaitsTest = true
        return [toShownNetwork(.evaluateTest)]
    }

    // MARK: - Keys

    /// Why a key can't be used now; nil if it can.
    func disabled(_ command: RunCommand) -> Message? {
        switch command {
        case .playPause, .stepBatch, .stepEpoch, .restart, .restartWithNewSeed:
            if case .failed(let error) = sessionData { return .note(.data(error)) }
            let run = sessionRun
            if command == .playPause, run?.state == .finished, !isEdited {
                return .note(
                    "all epochs are done: \(key(.stepEpoch)) trains one more, \(key(.again)) starts again, "
                        + "\(key(.againNewSeed)) with a new seed")
            }
            if command == .playPause || command == .stepBatch || command == .stepEpoch, run?.state == .failed,
                !isEdited
            {
                return .note("this run has failed: \(key(.again)) starts again")
            }
            return nil
        case .rateDown, .rateUp, .toggleAutoRun: return nil
        }
    }
}
