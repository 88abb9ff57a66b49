import Specs
import TerminalUI
import Training

/// What keys ask of Network.
package enum NetworkCommand: Equatable, Sendable {
    /// The next digit at hand, or with −1 the one before.
    case digit(Int)
}

extension DashboardState {
    /// The network that is looked at: the run's, or before the first run the composer's.
    var shownNetwork: NetworkSpec { run?.liveSpec.network ?? composer.spec.network }

    var networkLayout: NetworkLayout {
        NetworkLayout(ScreenLayout(self).body, depth: shownNetwork.hidden.count + 1)
    }

    var weightTiles: WeightTiles? { networkLayout.weights.map { WeightTiles($0, units: shownNetwork.widths[1]) } }

    /// The unit at hand; never beyond the layer.
    var shownUnit: Int { min(network.unit, max(0, shownNetwork.widths[1] - 1)) }

    /// The digit at hand, or the first one of the training rows before anything is known.
    var digitAtHand: (row: Int, source: Evaluation.Source)? {
        if let evaluation, let row = digits.row { return (evaluation.firstRow + row, evaluation.source) }
        return data.loaded.map { _ in (0, .validation) }
    }

    var networkWatch: Watch? {
        guard let data = data.loaded, let digit = digitAtHand else { return nil }
        let units =
            display.plain ? 0..<0 : weightTiles?.page(of: shownUnit, units: shownNetwork.widths[1]) ?? 0..<0
        return Watch(image: Array(data.images(digit.source).image(digit.row)), units: units, layers: true)
    }

    mutating func perform(_ command: NetworkCommand) -> [Effect] {
        switch command {
        case .digit(let step): digits.cursor = clampDigit(digits.cursor + step)
        }
        return []
    }

    mutating func moveUnit(_ direction: Command.Direction) {
        let columns = display.plain ? 1 : max(1, weightTiles?.columns ?? 1)
        switch direction {
        case .left: moveUnit(by: -1)
        case .right: moveUnit(by: 1)
        case .up: if shownUnit >= columns { moveUnit(by: -columns) }
        case .down: if shownUnit + columns < shownNetwork.widths[1] { moveUnit(by: columns) }
        }
    }

    mutating func moveUnit(pages: Int) { moveUnit(by: pages * max(1, weightTiles?.perPage ?? 1)) }

    mutating func jumpUnit(toEnd: Bool) { network.unit = toEnd ? max(0, shownNetwork.widths[1] - 1) : 0 }

    private mutating func moveUnit(by step: Int) {
        network.unit = min(max(0, shownNetwork.widths[1] - 1), max(0, shownUnit + step))
    }

    mutating func clickedNetwork(_ x: Int, _ y: Int) {
        if networkLayout.activations.contains(x: x, y: y) { return go(to: .digits) }
        guard let tiles = weightTiles, let number = tiles.number(atX: x, y: y) else { return }
        let page = tiles.page(of: shownUnit, units: shownNetwork.widths[1])
        if page.contains(page.lowerBound + number) { network.unit = page.lowerBound + number }
    }
}
