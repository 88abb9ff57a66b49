import TerminalUI
import Training

/// The network's inside: its layers, their figures, the units of one of them, and what they make of a digit.
enum NetworkView {
    static func draw(_ state: ScreenContext<NetworkScreen>, in body: Rect, on buffer: inout Buffer) {
        let layout = state.own.layout(state.shared, state.place)
        if let layers = layout.layers { LayersView.draw(state, in: layers, on: &buffer) }
        if let figures = layout.figures { LayerFiguresView.draw(state, in: figures, on: &buffer) }
        if let digit = layout.digit { ActivationsView.draw(state, in: digit, on: &buffer) }
        switch state.own.detail {
        case .map: FeatureMapView.draw(state, in: layout.main, on: &buffer)
        case .units: UnitsView.draw(state, layout, on: &buffer)
        case .unit, .epochs, .saliency:
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
        case .epochs: UnitPastView.draw(state, in: area, on: &buffer)
        case .saliency:
            let moment = moment(state)
            SaliencyView.draw(state.shared, state.inspection?.saliency, moment: moment, in: area, on: &buffer)
        }
    }

    /// Which weights are shown: `epoch 12`, `epoch 12.4`, `kept, epoch 5`.
    static func moment(_ state: ScreenContext<NetworkScreen>) -> String {
        guard let inspection = state.inspection else { return "" }
        if inspection.watch.epoch == inspection.epoch { return "kept, epoch \(inspection.epoch)" }
        guard let batches = state.run?.facts?.batchesPerEpoch, inspection.batch > 0, batches > 0 else {
            return "epoch \(inspection.epoch)"
        }
        // Where a run has just begun, or failed in its first steps, decimals would say nothing.
        if inspection.epoch == 0 { return "epoch 1, batch \(inspection.batch)" }
        return "epoch \(Figures.decimal(Double(inspection.epoch) + Double(inspection.batch) / Double(batches)))"
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
