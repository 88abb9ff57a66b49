import Specs
import Training

/// The layers with their figures, the selected unit, and all outputs for the selected digit.
enum PlainNetwork {
    static func lines(_ state: ScreenContext<NetworkScreen>) -> [PlainLine] {
        let network = state.shownNetwork
        let chosen = state.own.shownLayer(state.shared)
        var lines = [PlainLine("layer", "\(network.layers[chosen].name), up and down choose")]
        if state.shared.run == nil {
            let problem = state.shared.initial?.problem
            lines.append(PlainLine("weights", problem ?? "initial, as training with this seed starts with them"))
        }
        lines += unit(state)
        switch state.own.detail {
        case .map: lines += map(state)
        case .epochs: lines += past(state)
        case .probes: lines += probes(state)
        case .units, .unit, .saliency: break
        }
        // Where the window is high the read-outs stand beside the others all the time.
        if state.own.detail != .probes, state.inspection?.probes != nil { lines += probes(state) }
        lines.append(PlainLine("input", PlainComposer.input(network)))
        for layer in network.layers {
            lines.append(PlainLine(layer.name, PlainComposer.layer(layer)))
            lines += facts(layer, state)
        }
        return lines + digit(state)
    }

    /// The map in words: where each class lies, and which other one is nearest to it.
    private static func map(_ state: ScreenContext<NetworkScreen>) -> [PlainLine] {
        guard let map = state.own.maps.map(at: state.own.epoch),
            let points = FeatureMapView.points(map, state.shared)
        else { return [PlainLine("map of the last hidden layer", "not known yet")] }
        let (digits, variance) = FeatureMapView.words(map, state)
        let wrong = points.count(where: \.isMarked)
        var lines = [PlainLine("map of the last hidden layer", "\(digits), \(variance), \(wrong) wrong")]
        let middles = (0..<state.shownNetwork.classes).map { label -> (x: Double, y: Double)? in
            let own = points.filter { $0.label == label }
            guard !own.isEmpty else { return nil }
            let count = Double(own.count)
            return (own.reduce(0) { $0 + $1.x } / count, own.reduce(0) { $0 + $1.y } / count)
        }
        for (label, middle) in middles.enumerated() {
            guard let middle else { continue }
            let distances = middles.enumerated().compactMap { other, place -> (label: Int, square: Double)? in
                guard let place, other != label else { return nil }
                let (x, y) = (place.x - middle.x, place.y - middle.y)
                return (other, x * x + y * y)
            }
            guard let nearest = distances.min(by: { $0.square < $1.square }) else { continue }
            let name = state.classNames[label]
            lines.append(PlainLine("class \(name)", "nearest to class \(state.classNames[nearest.label])"))
        }
        return lines
    }

    /// What a unit was at each kept epoch: how like its weights were to those of now, or the digits that excited it most.
    private static func past(_ state: ScreenContext<NetworkScreen>) -> [PlainLine] {
        let pictures = UnitPastView.pictures(state)
        let name = "unit through the epochs"
        guard let now = pictures.last, let data = state.data.loaded else { return [PlainLine(name, "not known yet")] }
        return pictures.map { epoch, picture, isNow in
            let label = isNow ? "\(name), now" : "\(name), epoch \(epoch)"
            guard picture.weights.isEmpty else {
                guard !isNow else { return PlainLine(label, "norm \(PlainText.figure(norm(picture.weights)))") }
                let likeness = likeness(picture.weights, now.picture.weights)
                return PlainLine(
                    label,
                    "norm \(PlainText.figure(norm(picture.weights))), correlation with now "
                        + PlainText.figure(likeness))
            }
            let labels = picture.strongest.map { state.classNames[Int(data.dataset.train.labels[$0])] }
            let text =
                labels.isEmpty
                ? "silent"
                : "classes of its strongest \(state.classNames.noun)s "
                    + labels.joined(separator: " ")
            return PlainLine(label, text)
        }
    }

    private static func norm(_ values: [Float]) -> Double {
        values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    /// The cosine of the angle between two lists; NaN where one is 0.
    private static func likeness(_ a: [Float], _ b: [Float]) -> Double {
        zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) } / (norm(a) * norm(b))
    }

    /// What each layer knows, in words.
    private static func probes(_ state: ScreenContext<NetworkScreen>) -> [PlainLine] {
        guard let probes = state.inspection?.probes else { return [PlainLine(ProbesView.title, "not known yet")] }
        let checked = ProbesView.checked(probes, state)
        return [PlainLine(ProbesView.title, ProbesView.words(probes, state))]
            + ProbesView.lines(probes, state).map { line in
                let isNetwork = line.name == "network"
                let right = line.right.map { "\(PlainText.percent($0)) of \(checked) right" } ?? "no numbers"
                let predicted = line.predicted.map {
                    ", predicted \($0.name) with \(PlainText.percent(Double($0.share), digits: 1))"
                }
                return PlainLine(
                    isNetwork ? "the network" : "read-out of \(line.name == "pixels" ? "the pixels" : line.name)",
                    right + (predicted ?? ""))
            }
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
        if let first = state.own.history.entries.first?.layers, first.indices.contains(index),
            state.own.history.entries.count > 1
        {
            lines.append(
                PlainLine(
                    "\(name) gradient norm over the run",
                    "\(PlainText.figure(first[index].gradientNorm)) at first, "
                        + "\(PlainText.figure(layer.gradientNorm)) now"))
        }
        if !layer.spread.isEmpty {
            let shares = layer.spread.map { Figures.percent(Double($0), digits: 0) }.joined(separator: " ")
            lines.append(PlainLine("\(name) outputs but 0, least to greatest", "\(shares) percent"))
        }
        if let dead = layer.deadShare {
            lines.append(PlainLine("\(name) dead units", PlainText.percent(dead, digits: 0)))
        }
        return lines
    }

    private static func unit(_ state: ScreenContext<NetworkScreen>) -> [PlainLine] {
        let unit = state.own.shownUnit(state.shared)
        let place = "\(unit + 1) of \(Figures.grouped(state.own.units(state.shared)))"
        guard state.run?.state != .running, let output = UnitPaint.output(unit, state) else {
            return [PlainLine("unit", place, isSelected: true)]
        }
        let number = output.isFinite ? PlainText.figure(Double(output)) : "NaN"
        let text = "\(place), activation \(number) for the \(state.classNames.noun)"
        guard let picture = state.inspection?.units.first(where: { $0.unit == unit }) else {
            return [PlainLine("unit", text, isSelected: true)]
        }
        var lines = [PlainLine("unit", text, isSelected: true)]
        if picture.isDead {
            lines.append(PlainLine("unit", "dead: the same output for every \(state.classNames.noun)"))
        }
        let order = picture.classMeans.indices.filter { picture.classMeans[$0].isFinite }
            .sorted { (picture.classMeans[$1], $0) < (picture.classMeans[$0], $1) }
        let means = order.prefix(3).map {
            "\(state.classNames[$0]) \(PlainText.figure(Double(picture.classMeans[$0])))"
        }
        if !means.isEmpty { lines.append(PlainLine("greatest mean output", means.joined(separator: ", "))) }
        if let data = state.data.loaded, !picture.strongest.isEmpty {
            let labels = picture.strongest.map { state.classNames[Int(data.dataset.train.labels[$0])] }
            lines.append(PlainLine("classes of its strongest \(state.classNames.noun)s", labels.joined(separator: " ")))
        }
        return lines
    }

    private static func digit(_ state: ScreenContext<NetworkScreen>) -> [PlainLine] {
        guard let data = state.data.loaded, let digit = state.own.digit(state.shared) else { return [] }
        let truth = Int(data.images(digit.source).labels[digit.row])
        var lines = [
            PlainLine(state.classNames.noun, "index \(Figures.grouped(digit.row)), true \(state.classNames[truth])")
        ]
        guard state.run?.state != .running, let inspection = state.shared.inspection(of: digit.row, digit.source) else {
            if state.run?.state == .running {
                lines.append(PlainLine("live figures", "\(state.shared.key(.train)) pauses and shows them"))
            }
            return lines
        }
        for (index, outputs) in inspection.outputs.enumerated() {
            let active = outputs.count { abs($0) > 1e-6 }
            lines.append(PlainLine("layer \(index + 1) active units", "\(active) of \(outputs.count)"))
        }
        if let saliency = inspection.saliency {
            lines += SaliencyView.words(saliency, state.shared).map { PlainLine("saliency", $0) }
        }
        return lines + PlainDigits.probabilities(inspection.probabilities, state.classNames, truth: truth)
    }
}
