import Dashboard
import Datasets
import Foundation
import Specs
import TerminalUI
import Training

extension Sample {
    /// Invented answers to what is watched, of the sizes that the run's network has.
    static func inspection(_ watch: Watch, _ state: DashboardState) -> Inspection {
        let network = state.run?.spec.network ?? state.composer.spec.network
        var result = Inspection(watch: watch, epoch: 4, batch: 2)
        result.keptEpochs = keptEpochs
        if let units = watch.units { look(at: units, watch, network, &result) }
        if watch.layers {
            result.layers = (0...network.hidden.count).map { layer in
                let place = Double(layer + 1)
                return LayerFigures(
                    weightNorm: 12.5 / place, gradientNorm: 0.31 * place, updateRatio: 1.2e-3 * place,
                    deadShare: layer < network.hidden.count ? 0.0625 : nil,
                    spread: layer < network.hidden.count ? [0.05, 0.1, 0.2, 0.3, 0.2, 0.1, 0.05] : [])
            }
        }
        if let source = watch.map { result.map = map(source) }
        guard watch.image != nil else { return result }
        if watch.probes { result.probes = probes(network) }
        if let truth = watch.saliencyOf {
            let waves = [3, 4].map { unit in (0..<network.inputs).map { weight(unit: unit, input: $0) } }
            result.saliency = Saliency(truth: truth, predicted: 7, ofTruth: waves[0], ofPredicted: waves[1])
        }
        let rest: Float = 0.09 / Float(network.classes - 1)
        result.probabilities = (0..<network.classes).map { $0 == 7 ? 0.91 : rest }
        result.outputs = network.hidden.map { layer in (0..<layer.units).map(output) }
        result.neighbours = (0..<watch.neighbours).map { index in
            Neighbour(row: 7 + 10 * (index % 9), distance: 0.5 + Float(index) / 8)
        }
        return result
    }

    static let keptEpochs = [0, 1, 2]

    /// The deeper, the more is right: of the pixels 80 %, of the last layer 96 %.
    private static func probes(_ network: NetworkSpec) -> LayerProbes {
        let count = network.hidden.count
        let probes = (0...count).map { index -> LayerProbes.Probe in
            let share = Float(index + 1) / Float(count + 1)
            let own = 0.3 + 0.6 * share
            let best = index == 0 ? 4 : 7
            let rest = (1 - own) / Float(network.classes - 1)
            return LayerProbes.Probe(
                accuracy: 0.8 + 0.16 * Double(share),
                probabilities: (0..<network.classes).map { $0 == best ? own : rest })
        }
        return LayerProbes(
            probes: probes, networkAccuracy: 0.9733, fitted: 60, checked: 40, areValidation: true,
            place: RunPlace(epoch: 4, batch: 2))
    }

    /// Every sixteenth unit is dead.
    private static func look(
        at watch: Watch.Units, _ whole: Watch, _ network: NetworkSpec, _ result: inout Inspection
    ) {
        let classes = network.classes
        func picture(_ unit: Int) -> UnitPicture {
            var picture = UnitPicture(
                unit: unit, classMeans: (0..<classes).map { Float(($0 + unit) % classes) / 3 - 0.5 },
                isDead: unit % 16 == 15)
            if watch.layer == 0 { picture.weights = (0..<network.inputs).map { weight(unit: unit, input: $0) } }
            if !picture.isDead {
                picture.strongest = (0..<9).map { rows + ($0 * 3 + unit) % 40 }
                if watch.layer > 0 { picture.meanImage = Array(data.dataset.train.image(picture.strongest[0])) }
            }
            return picture
        }
        let width = network.layers[watch.layer].output.count
        result.units = watch.units.filter { $0 < width }.map(picture)
        result.sample = SampledRows(rows: RowNumbers(rows..<(rows + 40)), areValidation: true)
        guard let followed = watch.followed else { return }
        result.past = keptEpochs.map { PastUnit(epoch: $0, picture: picture(followed)) }
    }

    /// The classes on a circle, every fourth digit predicted wrong.
    private static func map(_ source: Evaluation.Source) -> FeatureMap {
        let first = source == .test ? 0 : rows
        let labels = (source == .test ? data.dataset.test : data.dataset.train).labels[first..<(first + 40)]
        let angles = labels.map { Float($0) * 0.628 }
        return FeatureMap(
            source: source, rows: RowNumbers(first..<(first + 40)),
            predictions: labels.enumerated().map { $0.offset % 4 == 1 ? ($0.element + 1) % 10 : $0.element },
            x: angles.enumerated().map { cosf($0.element) + Float($0.offset) / 200 }, y: angles.map { sinf($0) },
            shares: [0.38, 0.21])
    }

    /// Waves that fade away from the middle.
    private static func weight(unit: Int, input: Int) -> Float {
        let x = Float(input % 28) - 13.5
        let y = Float(input / 28) - 13.5
        let wave: Float = sinf(x * 0.1 * Float(unit % 5 + 1))
        let fade: Float = expf(-(x * x + y * y) / 80)
        return wave * fade
    }

    private static func output(unit: Int) -> Float { unit % 3 == 0 ? 0 : Float(unit % 7) / 6 }

    /// Answers every watch among the effects.
    static func answer(_ state: inout DashboardState, _ effects: [Effect]) {
        var effects = effects
        // An answer may lead to another question: sorted units make another page.
        for _ in 0..<4 {
            var next: [Effect] = []
            for case .command(.watch(let watch?)) in effects {
                next += update(&state, .inspection(inspection(watch, state), run: state.run?.id ?? 0))
            }
            for case .initialCommand(.watch(let watch?)) in effects {
                guard let ticket = state.shared.initial?.ticket else { continue }
                next += update(&state, .inspection(inspection(watch, state), run: ticket))
            }
            for case .survey(let data) in effects {
                guard let found = data == Sample.data ? Sample.survey : LoadedSurvey(surveying: data) else { continue }
                next += update(&state, .surveyed(found))
            }
            effects = next
        }
    }

    /// Network in a run of some layers, with twelve looks into it behind it.
    static func inside(
        _ layers: String = "128relu", width: Int = 80, height: Int = 24, look: Look = Look()
    ) -> DashboardState {
        var state = ready(width: width, height: height, look: look)
        for key in ["e", .control("u")] + layers.unicodeScalars.map(Key.character) + [.enter, " "] {
            _ = update(&state, .input(.key(key)))
        }
        let facts = RunFacts(parameters: 1, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        _ = update(&state, .event(.started(facts, untrained: evaluation(epoch: 0)), run: 1))
        let effects = update(&state, .input(.key("5")))
        answer(&state, effects)
        for _ in 0..<11 {
            guard let watch = state.inspection?.watch else { break }
            _ = update(&state, .inspection(inspection(watch, state), run: 1))
        }
        let history = BatchHistory()
        _ = update(&state, .snapshot(snapshot(.running, epoch: 4, batch: 2, history: history), run: 1))
        return state
    }

    /// A run of 30 epochs, which gets more and more digits right.
    static func browsing(width: Int = 80, height: Int = 24, look: Look = Look()) -> DashboardState {
        var state = training(width: width, height: height, epochs: 12, look: look)
        for epoch in 13...30 { _ = update(&state, .event(.epochFinished(report(epoch)), run: 1)) }
        return state
    }

    /// Draw in a run, with a seven on the canvas.
    static func drawing(width: Int = 80, height: Int = 24, look: Look = Look()) -> DashboardState {
        var state = training(width: width, height: height, look: look)
        let keys: [Key] =
            ["7"] + Array(repeating: .left, count: 6) + Array(repeating: .up, count: 7) + [.enter]
            + Array(repeating: .right, count: 11) + (0..<14).flatMap { $0 % 2 == 0 ? [.down, .left] : [.down] } + [
                .enter
            ]
        for key in keys { answer(&state, update(&state, .input(.key(key)))) }
        return state
    }
}
