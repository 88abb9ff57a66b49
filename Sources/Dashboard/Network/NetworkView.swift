import Specs
import TerminalUI
import Training

/// The network's inside: its layers, their figures, the units of one of them, and what they make of a digit.
enum NetworkView {
    static func draw(_ state: ScreenContext<NetworkScreen>, in body: Rect, on buffer: inout Buffer) {
        let layout = state.own.layout(state.shared, state.place)
        if let layers = layout.layers { LayersView.draw(state, in: layers, on: &buffer) }
        if let figures = layout.figures { LayerFiguresView.draw(state, in: figures, on: &buffer) }
        if let probes = layout.probes { ProbesView.draw(state, in: probes, on: &buffer) }
        if let map = layout.map { FeatureMapView.draw(state, in: map, on: &buffer) }
        if let digit = layout.digit { ActivationsView.draw(state, in: digit, on: &buffer) }
        switch state.own.detail {
        case .map: FeatureMapView.draw(state, in: layout.main, on: &buffer)
        case .units: UnitsView.draw(state, layout, on: &buffer)
        case .unit, .epochs, .saliency, .probes:
            if layout.side == nil {
                drawDetail(state, in: layout.main, on: &buffer)
            } else {
                UnitsView.draw(state, layout, on: &buffer)
            }
        }
        if let side = layout.side { drawDetail(state, in: side, on: &buffer) }
    }

    private static func drawDetail(_ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer) {
        switch state.own.detail {
        case .units, .unit, .map: UnitView.draw(state, in: area, on: &buffer)
        case .probes: ProbesView.draw(state, in: area, on: &buffer)
        case .epochs: UnitPastView.draw(state, in: area, on: &buffer)
        case .saliency:
            let moment = moment(state)
            SaliencyView.draw(state.shared, state.inspection?.saliency, moment: moment, in: area, on: &buffer)
        }
    }

    /// Which weights are shown: `epoch 12`, `epoch 12.4`, `kept, epoch 5`, `best weights (epoch 7)`.
    static func moment(_ state: ScreenContext<NetworkScreen>) -> String {
        guard let inspection = state.inspection else { return "" }
        if state.shared.run == nil { return "initial weights" }
        if inspection.watch.epoch == inspection.epoch { return "kept, epoch \(inspection.epoch)" }
        let place = RunPlace(epoch: inspection.epoch, batch: inspection.batch)
        // The end of a run may have put other weights in place of the last step's.
        if case .shown(let words) = state.opened?.weights { return words }
        if let evaluation = state.run?.validation ?? state.run?.test, evaluation.place == place,
            evaluation.weights != nil, state.run?.state == .finished
        {
            return evaluation.measuredOn.weightsInFull
        }
        return moment(place, state)
    }

    /// `epoch 12`, `epoch 12.4`, `untrained`, `at the start`
    static func moment(_ place: RunPlace, _ state: ScreenContext<NetworkScreen>) -> String {
        guard let batches = state.run?.facts?.batchesPerEpoch, place.batch > 0, batches > 0 else {
            return place.epoch == 0 ? state.shared.startWords : "epoch \(place.epoch)"
        }
        // Where a run has just begun, or failed in its first steps, decimals would say nothing.
        if place.epoch == 0 { return "epoch 1, batch \(place.batch)" }
        return "epoch \(Figures.decimal(Double(place.epoch) + Double(place.batch) / Double(batches)))"
    }

    /// The text of an empty panel.
    static func drawEmpty(_ state: Shared, in inner: Rect, on buffer: inout Buffer) {
        guard !inner.isEmpty else { return }
        let hint = inner.width >= 22 ? "\(state.key(.train)) makes a network" : "no network yet"
        let text = state.emptyNetworkText(hint)
        buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, state.look.theme.style(.dim))
    }

    /// The rows that units are measured on, in words: `1,000 validation digits`.
    static func words(_ sample: SampledRows?, _ names: ClassNames) -> String {
        guard let sample else { return "" }
        let set = sample.areValidation ? "validation" : "training"
        return "\(Figures.grouped(sample.rows.count)) \(set) \(names.noun)s"
    }
}
