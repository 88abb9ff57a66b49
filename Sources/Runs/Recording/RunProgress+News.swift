import Foundation
import Specs
import Training

extension UnsavedProgress {
    /// What the store saves when something happens in a run.
    ///
    /// - Parameters:
    ///   - interrupted: whether a stop means that the program ends, and not that the user stops the run.
    ///   - time: when it happened.
    package init(_ news: RecordedEvent, interrupted: Bool, time: Date) {
        self.init()
        switch news {
        case .started(_, let untrained):
            if let untrained, untrained.epoch == 0, untrained.batch == 0 {
                confusions = [EpochConfusion(untrained)]
            }
        case .begun(let weights): start = SavedWeights(at: RunPlace(epoch: 0), tensors: weights)
        case .state(let state): checkpoint = state
        case .epoch(let report, let weights):
            epochs = [report.figures]
            if let validation = report.validation {
                confusions = [EpochConfusion(validation)]
            }
            events = report.callbacks.map { RunEvent($0, epoch: report.figures.epoch, time: time) }
            best = weights.map { SavedWeights(at: RunPlace(epoch: report.figures.epoch), tensors: $0) }
        case .changed(let change, _, let state):
            changes = [RunChange(change, time: time)]
            checkpoint = state
        case .paused(let position, let state):
            events = [RunEvent(.paused, position: position, time: time)]
            checkpoint = state
            standing = Standing(.paused)
        case .resumed: standing = Standing(.running)
        case .weightsReplaced(let weights, let position):
            var event = RunEvent(.weightsReplaced, position: position, time: time)
            if case .best(let epoch) = weights { event.value = Double(epoch) }
            events = [event]
        case .test(let evaluation): test = evaluation
        case .ended(let end):
            checkpoint = end.state
            final = end.weights.map { SavedWeights(at: end.place, source: end.source, tensors: $0) }
            self.end(end.ending, interrupted: interrupted, position: end.position, time: time)
        }
    }

    private mutating func end(_ ending: RunEnding, interrupted: Bool, position: Double, time: Date) {
        switch ending {
        case .finished:
            standing = Standing(.finished, ended: time)
            events = [RunEvent(.finished, position: position, time: time)]
        case .stopped where interrupted:
            standing = Standing(.interrupted)
            events = [RunEvent(.interrupted, position: position, time: time)]
        case .stopped:
            standing = Standing(.stopped, ended: time)
            events = [RunEvent(.stopped, position: position, time: time)]
        case .failed(let error):
            standing = Standing(.failed, failure: error.description, ended: time)
            events = [RunEvent(.failed, position: position, time: time, text: error.description)]
        }
    }
}

extension RunEvent {
    init(_ event: CallbackEvent, epoch: Int, time: Date) {
        switch event {
        case .best(let epoch, let value): self.init(.best, position: Double(epoch), time: time, value: value)
        case .rateReduced(let old, let new):
            self.init(.plateau, position: Double(epoch), time: time, value: new, previous: old)
        case .stopsEarly(let best): self.init(.earlyStop, position: Double(epoch), time: time, value: Double(best))
        }
    }
}
