import Specs
import TerminalUI
import Training

/// Commands of the keys of Network.
package enum NetworkCommand: Equatable, Sendable {
    /// Selects the next digit, or with −1 the one before.
    case digit(Int)
}

extension NetworkScreen: ScreenState {
    package static let context = KeyContext.network

    package static let bindings: [Binding] = [
        Binding(.nextDigit, .network, "digit", "the next digit at hand", .network(.digit(1))),
        Binding(.previousDigit, .network, "", "the digit before", .network(.digit(-1))),
        Binding(.open, .network, "", "the digit among the others", .open),
    ]

    func layout(_ shared: Shared, _ place: Place) -> NetworkLayout {
        NetworkLayout(place.area, depth: shared.shownNetwork.hidden.count + 1)
    }

    private func units(_ shared: Shared) -> Int { shared.shownNetwork.firstLayer.output.count }

    func tiles(_ shared: Shared, _ place: Place) -> WeightTiles? {
        layout(shared, place).weights.map { WeightTiles($0, units: units(shared)) }
    }

    /// The selected unit, within the layer.
    func shownUnit(_ shared: Shared) -> Int { min(unit, max(0, units(shared) - 1)) }

    // MARK: - Verbs

    package mutating func move(_ direction: Command.Direction, _ shared: inout Shared, _ place: Place) -> Reply {
        let columns = shared.display.plain ? 1 : max(1, tiles(shared, place)?.columns ?? 1)
        let shown = shownUnit(shared)
        switch direction {
        case .left: moveUnit(by: -1, shared)
        case .right: moveUnit(by: 1, shared)
        case .up: if shown >= columns { moveUnit(by: -columns, shared) }
        case .down: if shown + columns < units(shared) { moveUnit(by: columns, shared) }
        }
        return []
    }

    package mutating func page(_ pages: Int, _ shared: inout Shared, _ place: Place) -> Reply {
        moveUnit(by: pages * max(1, tiles(shared, place)?.perPage ?? 1), shared)
        return []
    }

    package mutating func jump(toEnd: Bool, _ shared: inout Shared, _ place: Place) -> Reply {
        unit = toEnd ? max(0, units(shared) - 1) : 0
        return []
    }

    package mutating func open(_ shared: inout Shared, _ place: Place) -> Reply { .going(to: .screen(.digits)) }

    package mutating func perform(_ command: Command, _ shared: inout Shared, _ place: Place) -> Reply {
        guard case .network(.digit(let step)) = command else { return [] }
        shared.selection.cursor = shared.selection.clamped(shared.selection.cursor + step)
        return []
    }

    private mutating func moveUnit(by step: Int, _ shared: Shared) {
        unit = min(max(0, units(shared) - 1), max(0, shownUnit(shared) + step))
    }

    // MARK: - Mouse

    package mutating func pointed(_ event: MouseEvent, _ shared: inout Shared, _ place: Place) -> Reply? {
        guard event.kind == .press else { return nil }
        if layout(shared, place).activations.contains(x: event.x, y: event.y) {
            return .going(to: .screen(.digits))
        }
        guard let tiles = tiles(shared, place), let number = tiles.number(atX: event.x, y: event.y) else { return [] }
        let page = tiles.page(of: shownUnit(shared), units: units(shared))
        if page.contains(page.lowerBound + number) { unit = page.lowerBound + number }
        return []
    }

    // MARK: - Elsewhere

    package func watch(_ shared: Shared, _ place: Place) -> Watch? {
        guard let data = shared.data.loaded, let digit = shared.digitAtHand else { return nil }
        let page = tiles(shared, place)?.page(of: shownUnit(shared), units: units(shared)) ?? 0..<0
        return Watch(
            image: Array(data.images(digit.source).image(digit.row)), units: shared.display.plain ? 0..<0 : page,
            layers: true)
    }

    package mutating func noted(_ inspection: Inspection, run: Int) {
        guard !inspection.layers.isEmpty else { return }
        if run != self.run { history = [] }
        self.run = run
        history.append(inspection.layers)
        if history.count > NetworkScreen.mostHistory { history.removeFirst() }
    }

    // MARK: - Views

    package func draw(_ shared: Shared, in body: Rect, on buffer: inout Buffer) {
        NetworkView.draw(ScreenContext(self, shared, Place(body)), in: body, on: &buffer)
    }

    package func plain(_ shared: Shared) -> [PlainLine] {
        PlainNetwork.lines(ScreenContext(self, shared, Place(shared.layout.body)))
    }
}
