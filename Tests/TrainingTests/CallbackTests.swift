import Foundation
import Specs
import Testing
import Training

/// The trackers against Keras's callbacks on made-up series; see NeuralTests/Fixtures/make_training_fixtures.py.
@Suite struct CallbackTests {
    private struct Golden: Decodable {
        struct Stopping: Decodable {
            let series: String
            let monitor: Monitor
            let patience: Int
            let delta: Double
            let restore: Bool
            /// Epochs trained, and whether the callback ended the run after them.
            let epochs: Int
            let stopped: Bool
            /// The epoch whose weights the run ends with.
            let weight: Int
            let best: Int
        }

        struct Plateau: Decodable {
            let series: String
            let monitor: Monitor
            let patience: Int
            let delta: Double
            let cooldown: Int
            let minimum: Double
            /// Epochs after which the rate was reduced, and the last rate.
            let reduced: [Int]
            let rate: Double
        }

        let series: [String: [Double]]
        let factor: Double
        let rate: Double
        let stopping: [Stopping]
        let plateau: [Plateau]
    }

    private func golden() throws -> Golden {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/callbacks", withExtension: "json"))
        return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    }

    @Test("Early stopping ends where Keras's does, with the same best epoch")
    func earlyStopping() throws {
        let golden = try golden()
        for wanted in golden.stopping {
            let values = try #require(golden.series[wanted.series])
            var settings = EarlyStopping()
            settings.monitor = wanted.monitor
            settings.patience = wanted.patience
            settings.minDelta = wanted.delta
            var tracker = EarlyStoppingTracker()
            var stopped: Int?
            for (index, value) in values.enumerated() where stopped == nil {
                let decision = tracker.epochFinished(index + 1, value: value, settings: settings)
                #expect(decision.isBest == (tracker.bestEpoch == index + 1))
                if decision.stops { stopped = index + 1 }
            }
            #expect(stopped == (wanted.stopped ? wanted.epochs : nil), "\(wanted)")
            #expect(tracker.bestEpoch == wanted.best, "\(wanted)")
            settings.restoresBest = wanted.restore
            let trained = values.prefix(wanted.epochs).enumerated().map { (epoch: $0 + 1, value: Double?.some($1)) }
            #expect(EarlyStoppingTracker.keptEpoch(trained, settings: settings) == wanted.weight, "\(wanted)")
        }
        #expect(golden.stopping.contains { $0.stopped } && golden.stopping.contains { !$0.stopped })
    }

    @Test("The rate is reduced where Keras reduces it, and to the same")
    func plateau() throws {
        let golden = try golden()
        for wanted in golden.plateau {
            let values = try #require(golden.series[wanted.series])
            var settings = ReduceOnPlateau()
            settings.patience = wanted.patience
            settings.factor = golden.factor
            settings.minDelta = wanted.delta
            settings.cooldown = wanted.cooldown
            settings.minimum = wanted.minimum
            var tracker = PlateauTracker()
            var rate = golden.rate
            var reduced: [Int] = []
            for (index, value) in values.enumerated() {
                let new = tracker.epochFinished(value: value, rate: rate, monitor: wanted.monitor, settings: settings)
                guard let new else { continue }
                rate = new
                reduced.append(index + 1)
            }
            #expect(reduced == wanted.reduced, "\(wanted)")
            // Keras keeps the rate in single precision.
            #expect(abs(rate - wanted.rate) <= 1e-6 * wanted.rate, "\(wanted)")
        }
        #expect(golden.plateau.contains { $0.reduced.count > 2 })
    }

    @Test("Without a patience nothing stops and nothing is reduced; without a value nothing is counted")
    func off() {
        var stopping = EarlyStoppingTracker()
        var plateau = PlateauTracker()
        for epoch in 1...100 {
            let value = epoch == 3 ? 0.5 : 1.0
            let decision = stopping.epochFinished(epoch, value: value, settings: EarlyStopping())
            #expect(!decision.stops && decision.isBest == (epoch == 1 || epoch == 3))
            #expect(
                plateau.epochFinished(value: value, rate: 1, monitor: .loss, settings: ReduceOnPlateau()) == nil)
        }
        let before = stopping
        #expect(stopping.epochFinished(101, value: nil, settings: EarlyStopping()).stops == false)
        #expect(stopping == before && stopping.bestEpoch == 3)
    }

    @Test("What is no number is never better, and counts as waiting")
    func noNumber() {
        var settings = EarlyStopping()
        settings.patience = 2
        var tracker = EarlyStoppingTracker()
        #expect(tracker.epochFinished(1, value: 1, settings: settings).isBest)
        let second = tracker.epochFinished(2, value: .nan, settings: settings)
        let third = tracker.epochFinished(3, value: .nan, settings: settings)
        #expect(!second.isBest && !second.stops && !third.isBest && third.stops)
    }
}
