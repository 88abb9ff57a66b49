import Specs
import TerminalUI
import Training

extension NetworkScreen: ScreenState {
    func layout(_ shared: Shared, _ place: Place) -> NetworkLayout {
        NetworkLayout(place.area, levels: shared.shownNetwork.layers.count + 1, units: units(shared), detail: detail)
    }

    /// The chosen layer's facts, within the network.
    func facts(_ shared: Shared) -> LayerFacts {
        let layers = shared.shownNetwork.layers
        return layers[shownLayer(shared)]
    }

    /// The chosen layer, within the network.
    func shownLayer(_ shared: Shared) -> Int { min(layer, max(0, shared.shownNetwork.layers.count - 1)) }

    /// The units of the chosen layer.
    func units(_ shared: Shared) -> Int { facts(shared).output.count }

    /// The chosen unit, within the layer.
    func shownUnit(_ shared: Shared) -> Int { min(unit, max(0, units(shared) - 1)) }

    /// The units of the chosen layer in the order in which they are shown.
    package func orderedUnits(_ shared: Shared) -> [Int] {
        let count = units(shared)
        return order.count == count && orderKey?.layer == shownLayer(shared) ? order : Array(0..<count)
    }

    /// Where the chosen unit stands in the order.
    func position(_ shared: Shared, in order: [Int]) -> Int {
        let unit = shownUnit(shared)
        return order.firstIndex(of: unit) ?? 0
    }

    /// The digit that is looked at: on the map the one chosen there.
    func digit(_ shared: Shared) -> (row: Int, source: Evaluation.Source)? {
        guard detail == .map, let map = maps.map(at: epoch) else {
            guard shared.run == nil, let data = shared.data.loaded else { return shared.digitAtHand }
            return (min(initialRow, data.images(shared.source).count - 1), shared.source)
        }
        return (map.rows[mapPlace(map)], map.source)
    }

    /// The place of the digit that is chosen on a map among the map's rows, of which there are some; of the first where
    /// it is none of them.
    func mapPlace(_ map: FeatureMap) -> Int { mapRow.flatMap(map.rows.place(of:)) ?? 0 }

    // MARK: - Verbs

    package mutating func move(_ direction: Command.Direction, _ shared: inout Shared, _ place: Place) -> Reply {
        if focus == .map, detail == .map {
            moveOnMap(direction)
            return []
        }
        if focus == .layers, direction == .up || direction == .down {
            choose(layer: shownLayer(shared) + (direction == .down ? 1 : -1), shared)
            return []
        }
        let columns = shared.display.plain ? 1 : max(1, layout(shared, place).tiles?.columns ?? 1)
        switch direction {
        case .left: moveUnit(by: -1, shared)
        case .right: moveUnit(by: 1, shared)
        case .up: moveUnit(by: -columns, shared, whole: true)
        case .down: moveUnit(by: columns, shared, whole: true)
        }
        return []
    }

    package mutating func page(_ pages: Int, _ shared: inout Shared, _ place: Place) -> Reply {
        moveUnit(by: pages * max(1, layout(shared, place).tiles?.perPage ?? 1), shared)
        return []
    }

    package mutating func jump(toEnd: Bool, _ shared: inout Shared, _ place: Place) -> Reply {
        let order = orderedUnits(shared)
        unit = (toEnd ? order.last : order.first) ?? 0
        return []
    }

    package mutating func open(_ shared: inout Shared, _ place: Place) -> Reply {
        guard detail == .map, let digit = digit(shared), let evaluation = shared.evaluation,
            evaluation.source == digit.source
        else { return .going(to: .screen(.digits)) }
        // Among all digits: the one that was chosen may be a right one.
        shared.setFilter(DigitsFilter(shown: .all))
        if let row = evaluation.rows.place(of: digit.row),
            let index = shared.selection.rows.firstIndex(of: Int32(row))
        {
            shared.selection.cursor = index
        }
        return .going(to: .screen(.digits))
    }

    package mutating func back(_ shared: inout Shared, _ place: Place) -> Bool {
        if epoch != nil {
            epoch = nil
            return true
        }
        guard detail != .units, detail != .unit || layout(shared, place).side == nil else { return false }
        show(.units)
        return true
    }

    package mutating func focusMoved(_ step: Int, _ shared: inout Shared, _ place: Place) -> Reply {
        let panels: [Focus] = detail == .map ? [.layers, .map] : [.layers, .units]
        let at = panels.firstIndex(of: focus) ?? 0
        focus = panels[(at + step + panels.count) % panels.count]
        return []
    }

    package func disabled(_ command: Command, _ shared: Shared, _ place: Place) -> Message? {
        guard case .network(.epoch(let step)) = command else { return nil }
        if step > 0 { return epoch == nil ? .note("these are the weights of now") : nil }
        guard earlier(than: epoch) == nil else { return nil }
        return .note(
            shared.opened == nil
                ? "no earlier weights are kept: a run keeps them while it trains"
                : "of a saved run only the last weights are kept: those that are shown")
    }

    package mutating func perform(_ command: Command, _ shared: inout Shared, _ place: Place) -> Reply {
        guard case .network(let command) = command else { return [] }
        switch command {
        case .digit(let step): selectDigit(by: step, &shared)
        case .sort: sort = sort == .output ? .index : .output
        case .reverse: isReversed.toggle()
        case .detail: show(nextDetail(layout(shared, place)))
        case .epoch(let step): epoch = step < 0 ? earlier(than: epoch) ?? epoch : later(than: epoch)
        }
        return []
    }

    private func nextDetail(_ layout: NetworkLayout) -> Detail {
        // Where the unit has a panel of its own, it is there beside the units; so it is with the read-outs.
        let all = Detail.allCases.filter {
            switch $0 {
            case .units: layout.side == nil
            case .probes: layout.probes == nil
            default: true
            }
        }
        let now = layout.side != nil && detail == .units ? Detail.unit : detail
        return all[((all.firstIndex(of: now) ?? 0) + 1) % all.count]
    }

    private mutating func show(_ detail: Detail) {
        self.detail = detail
        if detail == .map { focus = .map } else if focus == .map { focus = .layers }
    }

    private mutating func choose(layer: Int, _ shared: Shared) {
        let last = max(0, shared.shownNetwork.layers.count - 1)
        let chosen = min(last, max(0, layer))
        guard chosen != shownLayer(shared) else { return }
        self.layer = chosen
        unit = 0
    }

    /// - Parameter whole: whether a step that leads out of the layer is not made at all.
    private mutating func moveUnit(by step: Int, _ shared: Shared, whole: Bool = false) {
        let order = orderedUnits(shared)
        guard !order.isEmpty else { return }
        let to = position(shared, in: order) + step
        if whole, !order.indices.contains(to) { return }
        unit = order[min(order.count - 1, max(0, to))]
    }

    private mutating func selectDigit(by step: Int, _ shared: inout Shared) {
        guard detail == .map, let map = maps.map(at: epoch) else {
            if shared.run == nil {
                let count = shared.data.loaded?.images(shared.source).count ?? 1
                return initialRow = min(count - 1, max(0, initialRow + step))
            }
            shared.selection.cursor = shared.selection.clamped(shared.selection.cursor + step)
            return
        }
        mapRow = map.rows[min(map.rows.count - 1, max(0, mapPlace(map) + step))]
    }

    private func earlier(than epoch: Int?) -> Int? { keptEpochs.last { $0 < epoch ?? .max } }

    private func later(than epoch: Int?) -> Int? { epoch.flatMap { epoch in keptEpochs.first { $0 > epoch } } }

    /// To the nearest digit in a direction: one that lies ahead, and not far to the side.
    private mutating func moveOnMap(_ direction: Command.Direction) {
        guard let map = maps.map(at: epoch) else { return }
        let here = mapPlace(map)
        guard map.x.indices.contains(here) else { return }
        var best: (index: Int, distance: Float)?
        for index in map.x.indices where index != here {
            let (right, up) = (map.x[index] - map.x[here], map.y[index] - map.y[here])
            let (ahead, aside) =
                switch direction {
                case .left: (-right, up)
                case .right: (right, up)
                case .up: (up, right)
                case .down: (-up, right)
                }
            guard ahead > 0, abs(aside) <= ahead else { continue }
            let distance = ahead + 2 * abs(aside)
            if distance < best?.distance ?? .infinity { best = (index, distance) }
        }
        if let best { mapRow = map.rows[best.index] }
    }

    // MARK: - Mouse

    package mutating func pointed(_ event: MouseEvent, _ shared: inout Shared, _ place: Place) -> Reply? {
        guard event.kind == .press else { return nil }
        let layout = layout(shared, place)
        if layout.digit?.contains(x: event.x, y: event.y) == true { return open(&shared, place) }
        if let layers = layout.layers, layers.contains(x: event.x, y: event.y) {
            let rows = LayerRows(layers, levels: shared.shownNetwork.levels.count, chosen: shownLayer(shared) + 1)
            if let level = rows.level(atY: event.y), level > 0 { choose(layer: level - 1, shared) }
            focus = .layers
            return []
        }
        guard let tiles = layout.tiles, let number = tiles.number(atX: event.x, y: event.y) else { return [] }
        let order = orderedUnits(shared)
        let page = tiles.page(of: position(shared, in: order), units: order.count)
        if page.contains(page.lowerBound + number) { unit = order[page.lowerBound + number] }
        focus = .units
        return []
    }

    // MARK: - Elsewhere

    package func watch(_ shared: Shared, _ place: Place) -> Watch? {
        guard let data = shared.data.loaded, let digit = digit(shared) else { return nil }
        let order = orderedUnits(shared)
        let position = position(shared, in: order)
        let isPlain = shared.display.plain
        let layout = isPlain ? nil : layout(shared, place)
        let tiles = layout?.tiles
        let page = tiles?.page(of: position, units: order.count) ?? 0..<0
        let units = page.isEmpty ? [shownUnit(shared)] : page.map { order[$0] }
        let images = data.images(digit.source)
        return Watch(
            image: Array(images.image(digit.row)),
            units: Watch.Units(
                layer: shownLayer(shared), units: units, followed: detail == .epochs ? shownUnit(shared) : nil),
            layers: true, saliencyOf: detail == .saliency ? Int(images.labels[digit.row]) : nil,
            map: detail == .map || layout?.map != nil ? shared.source : nil,
            probes: detail == .probes || layout?.probes != nil, epoch: epoch)
    }

    package mutating func noted(_ inspection: Inspection, run: Int) {
        if run != self.run {
            (history, maps, epoch, mapRow) = (LayerHistory(), FeatureMaps(), nil, nil)
            self.run = run
        }
        keptEpochs = inspection.keptEpochs
        if let map = inspection.map { maps.note(map, at: inspection.watch.epoch, now: inspection.epoch) }
        guard !inspection.layers.isEmpty, inspection.watch.epoch == nil else { return }
        history.append(inspection.layers, epoch: inspection.epoch)
    }

    package mutating func runStarted() { (epoch, keptEpochs) = (nil, []) }

    /// Sorts the units again: after another choice at once, while only the weights change not before the run stands.
    package mutating func refresh(_ shared: Shared) {
        guard let inspection = shared.inspection, let run = shared.run?.id ?? shared.initial?.ticket,
            inspection.watch.image != nil
        else { return }
        let layer = shownLayer(shared)
        let outputs = NetworkScreen.outputs(inspection, layer: layer)
        guard outputs.count == units(shared) else { return }
        let key = UnitOrderKey(
            run: run, layer: layer, epoch: epoch, image: inspection.watch.image, sort: sort, isReversed: isReversed,
            place: [inspection.epoch, inspection.batch])
        if let orderKey, orderKey.differsByTimeAlone(from: key), shared.run?.state == .running { return }
        guard key != orderKey else { return }
        orderKey = key
        let sorted =
            sort == .index
            ? Array(outputs.indices)
            : outputs.indices.sorted { (outputs[$1].orLeast, $0) < (outputs[$0].orLeast, $1) }
        order = isReversed ? sorted.reversed() : sorted
    }

    /// The outputs of a layer's units for the digit; of the output layer the probabilities.
    static func outputs(_ inspection: Inspection, layer: Int) -> [Float] {
        if inspection.outputs.indices.contains(layer) { return inspection.outputs[layer] }
        return layer == inspection.outputs.count ? inspection.probabilities : []
    }

    // MARK: - Views

    package func draw(_ shared: Shared, in body: Rect, on buffer: inout Buffer) {
        NetworkView.draw(ScreenContext(self, shared, Place(body)), in: body, on: &buffer)
    }

    package func plain(_ shared: Shared) -> [PlainLine] {
        PlainNetwork.lines(ScreenContext(self, shared, Place(shared.layout.body)))
    }
}

extension Float {
    /// NaN is neither less nor greater than a number, and would leave an order undefined.
    var orLeast: Float { isNaN ? -.infinity : self }
}
