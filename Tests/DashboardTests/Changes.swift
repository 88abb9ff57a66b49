import Dashboard
import TerminalUI
import Testing
import Training

extension Sample {
    /// Presses a key and holds the whole state and the effects against what is expected of it.
    ///
    /// - Parameter change: everything that the key changes, and nothing else may.
    static func expect(
        _ key: Key, in state: inout DashboardState, effects: [Effect] = [],
        sourceLocation: SourceLocation = #_sourceLocation, change: (inout DashboardState) -> Void
    ) {
        var expected = state
        change(&expected)
        let found = update(&state, .input(.key(key)))
        #expect(found == effects, sourceLocation: sourceLocation)
        #expect(state == expected, sourceLocation: sourceLocation)
    }

    /// With data and without a run.
    static func ready(width: Int = 80, height: Int = 24, look: Look = Look()) -> DashboardState {
        var state = state(width: width, height: height, look: look)
        _ = update(&state, .dataLoaded(data))
        return state
    }

    /// With a run that is paused after `epochs` epochs.
    static func paused(epochs: Int = 4) -> DashboardState {
        var state = training(epochs: epochs)
        _ = update(&state, .event(.paused(position: Double(epochs) + 0.5), run: 1))
        return state
    }

    /// With a run that has all its epochs behind it, and the test set measured.
    static func finished() -> DashboardState {
        var state = training(epochs: 10)
        _ = update(&state, .event(.testEvaluated(evaluation(epoch: 10, source: .test)), run: 1))
        _ = update(&state, .event(.finished, run: 1))
        let history = state.run?.snapshot?.history ?? BatchHistory()
        _ = update(&state, .snapshot(snapshot(.finished, epoch: 10, batch: 0, history: history), run: 1))
        return state
    }
}

extension DashboardState {
    var spec: String { shared.composer.spec.description }
    var layers: String { String(spec.prefix { $0 != " " }) }
}
