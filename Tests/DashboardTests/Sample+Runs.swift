import Dashboard
import Specs
import TerminalUI
import Training

extension Sample {
    /// The specs of eight runs; each differs from the first in something.
    static let specs = [
        "128relu", "200tanh", "512relu lr=3e-4", "128relu-128relu", "64gelu batch=128", "128relu+drop0.2",
        "128relu sgd lr=0.1", "32relu epochs=20",
    ]

    /// The session of someone who has tried all of `specs`: seven earlier runs, and the newest in its fifth epoch.
    static func eightRuns(width: Int = 80, height: Int = 24, look: Look = Look()) -> DashboardState {
        var state = ready(width: width, height: height, look: look)
        for (index, spec) in specs.enumerated() {
            press(&state, "e", .control("u"))
            type(&state, spec)
            press(&state, .enter, "r")
            train(&state, run: index + 1, epochs: 4 + index % 3, scale: 1 + Double(index) * 0.15)
        }
        return state
    }

    /// Lets the newest run finish some epochs, and stands in the middle of the next.
    ///
    /// - Parameter scale: of its losses and errors.
    static func train(_ state: inout DashboardState, run: Int, epochs: Int, scale: Double = 1) {
        let facts = RunFacts(
            parameters: 101_770, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        _ = update(&state, .event(.started(facts, untrained: evaluation(epoch: 0)), run: run))
        var history = BatchHistory()
        for epoch in 1...epochs {
            var figures = report(epoch).figures
            figures.loss *= scale
            figures.accuracy = 1 - (1 - figures.accuracy) * scale
            figures.validationLoss = figures.validationLoss.map { $0 * scale }
            figures.validationAccuracy = figures.validationAccuracy.map { 1 - (1 - $0) * scale }
            for batch in 0..<4 {
                history.append(
                    loss: Float(figures.loss) * (1 + Float(batch % 3) * 0.1), accuracy: Float(figures.accuracy))
            }
            let validation = evaluation(epoch: epoch, every: 2 + (epoch + run) % 5)
            let report = EpochReport(figures: figures, validation: validation)
            _ = update(&state, .event(.epochFinished(report), run: run))
        }
        _ = update(&state, .snapshot(snapshot(.running, epoch: epochs, batch: 2, history: history), run: run))
    }

    /// After 10,000 epochs, with one wild batch and one wild epoch among them.
    static func long(width: Int = 80, height: Int = 24, look: Look = Look()) -> DashboardState {
        var state = ready(width: width, height: height, look: look)
        press(&state, "e", .control("u"))
        type(&state, "128relu epochs=10000")
        press(&state, .enter, "r")
        let facts = RunFacts(
            parameters: 101_770, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        _ = update(&state, .event(.started(facts, untrained: evaluation(epoch: 0)), run: 1))
        var history = BatchHistory()
        for epoch in 1...10_000 {
            let loss = 0.2 + 1 / Double(epoch).squareRoot()
            for batch in 0..<4 {
                history.append(loss: epoch == 7_000 && batch == 1 ? 9 : Float(loss), accuracy: 0.9)
            }
            let figures = EpochFigures(
                epoch: epoch, loss: loss, accuracy: 0.9, validationLoss: epoch == 5_000 ? 1.1 : loss + 0.05,
                validationAccuracy: 0.88, learningRate: 1e-3, seconds: 0.25)
            let validation = epoch.isMultiple(of: 100) ? evaluation(epoch: epoch) : nil
            _ = update(&state, .event(.epochFinished(EpochReport(figures: figures, validation: validation)), run: 1))
        }
        _ = update(&state, .snapshot(snapshot(.running, epoch: 10_000, batch: 0, history: history), run: 1))
        return state
    }

    /// Everything that can happen to a run, and a loss that is no number at its end.
    static func eventful(width: Int = 80, height: Int = 24, look: Look = Look()) -> DashboardState {
        var state = training(width: width, height: height, epochs: 6, look: look)
        let events: [TrainingEvent] = [
            .paused(position: 1.5), .paused(position: 1.5),
            .changed(LiveChange(.learningRate(2e-3), at: RunPlace(epoch: 2))),
            .rateReduced(from: 2e-3, to: 2e-4, position: 4), .bestEpoch(5, value: 0.4), .paused(position: 4),
            .stoppedEarly(epoch: 6, best: 5),
        ]
        for event in events { _ = update(&state, .event(event, run: 1)) }
        var history = state.run?.snapshot?.history ?? BatchHistory()
        history.append(loss: .nan, accuracy: 0.1)
        _ = update(&state, .snapshot(snapshot(.failed, epoch: 6, batch: 3, history: history), run: 1))
        _ = update(&state, .event(.failed(.diverged(epoch: 7, batch: 3)), run: 1))
        return state
    }
}
