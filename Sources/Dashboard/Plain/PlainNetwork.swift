import Specs
import Training

/// The layers with their figures, the selected unit, and all outputs for the selected digit.
enum PlainNetwork {
    static func lines(_ state: ScreenContext<NetworkScreen>) -> [PlainLine] {
        let network = state.shownNetwork
        var lines = [unit(state)]
        lines.append(PlainLine("input", PlainComposer.input(network)))
        for layer in network.layers {
            lines.append(PlainLine(layer.name, PlainComposer.layer(layer)))
            lines += facts(layer, state)
        }
        return lines + digit(state)
    }

    private static func facts(_ facts: LayerFacts, _ state: ScreenContext<NetworkScreen>) -> [PlainLine] {
        let (name, index) = (facts.name, facts.index)
        var lines = [PlainLine("\(name) parameters", Figures.grouped(facts.parameters))]
        // While it trains they change five times a second.
        guard state.run?.state != .running, let layers = state.inspection?.layers, layers.indices.contains(index)
        else { return lines }
        let layer = layers[index]
        lines += [
            PlainLine("\(name) weight norm", PlainText.figure(layer.weightNorm)),
            PlainLine("\(name) gradient norm", PlainText.figure(layer.gradientNorm)),
        ]
        if let ratio = layer.updateRatio {
            lines.append(PlainLine("\(name) weights changed by a step", PlainText.percent(ratio, digits: 3)))
        }
        if let dead = layer.deadShare {
            lines.append(PlainLine("\(name) dead units", PlainText.percent(dead, digits: 0)))
        }
        return lines
    }

    private static func unit(_ state: ScreenContext<NetworkScreen>) -> PlainLine {
        let units = state.shownNetwork.firstLayer.output.count
        let place = "\(state.own.shownUnit(state.shared) + 1) of \(Figures.grouped(units))"
        guard state.run?.state != .running, let outputs = state.inspection?.outputs.first,
            outputs.indices.contains(state.own.shownUnit(state.shared))
        else { return PlainLine("unit", place, isSelected: true) }
        let output = PlainText.figure(Double(outputs[state.own.shownUnit(state.shared)]))
        return PlainLine("unit", "\(place), activation \(output) for the \(state.classNames.noun)", isSelected: true)
    }

    private static func digit(_ state: ScreenContext<NetworkScreen>) -> [PlainLine] {
        guard let data = state.data.loaded, let digit = state.digitAtHand else { return [] }
        let truth = Int(data.images(digit.source).labels[digit.row])
        var lines = [
            PlainLine(state.classNames.noun, "index \(Figures.grouped(digit.row)), true \(state.classNames[truth])")
        ]
        guard state.run?.state != .running, let inspection = state.inspection else {
            if state.run?.state == .running { lines.append(PlainLine("live figures", "space pauses and says them")) }
            return lines
        }
        for (index, outputs) in inspection.outputs.enumerated() {
            let active = outputs.count { abs($0) > 1e-6 }
            lines.append(PlainLine("layer \(index + 1) active units", "\(active) of \(outputs.count)"))
        }
        return lines + PlainDigits.probabilities(inspection.probabilities, state.classNames, truth: truth)
    }
}
