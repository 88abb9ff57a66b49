import TerminalUI
import Training

/// The whole loop on one screen.
enum LabView {
    static func draw(_ state: DashboardState, in body: Rect, on buffer: inout Buffer) {
        let layout = LabLayout(body, focus: state.focus, layers: state.composer.spec.network.hidden.count)
        for (panel, area) in layout.areas.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let focused = state.focus == panel
            switch panel {
            case .composer: ComposerView.draw(state, in: area, on: &buffer)
            case .loss: CurvesView.drawPanel(.loss, state, focused: focused, in: area, on: &buffer)
            case .accuracy: CurvesView.drawPanel(.accuracy, state, focused: focused, in: area, on: &buffer)
            case .confusion: ConfusionView.drawHeatmap(state, focused: focused, in: area, on: &buffer)
            case .wrong: DigitsView.drawGallery(state, focused: focused, in: area, on: &buffer)
            }
        }
        if let shape = layout.shape { ShapeView.draw(state, in: shape, on: &buffer) }
        if let epochs = layout.epochs { EpochTableView.draw(state, in: epochs, on: &buffer) }
        if let pairs = layout.pairs { ConfusedPairsView.draw(state, in: pairs, on: &buffer) }
        if let digit = layout.digit { DigitDetailView.draw(state, in: digit, on: &buffer) }
    }
}
