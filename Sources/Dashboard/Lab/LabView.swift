import TerminalUI
import Training

/// Composer, curves, confusion matrix and digits on one screen.
enum LabView {
    static func draw(_ state: DashboardState, in body: Rect, on buffer: inout Buffer) {
        let layout = state.labLayout
        let shared = state.shared
        for (panel, area) in layout.areas.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let focused = state.lab.focus == panel
            let place = Place(area, panel: panel)
            let curves = ScreenContext(state.curves, shared, place)
            switch panel {
            case .composer:
                ComposerView.draw(shared, state.composerPanel.editing, focused: focused, in: area, on: &buffer)
            case .loss: CurvesView.drawPanel(.loss, curves, focused: focused, in: area, on: &buffer)
            case .accuracy: CurvesView.drawPanel(.accuracy, curves, focused: focused, in: area, on: &buffer)
            case .confusion:
                let confusion = ScreenContext(state.confusion, shared, place)
                let layout = state.confusion.layout(shared, place)
                ConfusionView.drawHeatmap(confusion, layout, focused: focused, on: &buffer)
            case .wrong: DigitsView.drawGallery(shared, focused: focused, in: area, on: &buffer)
            }
        }
        if let shape = layout.shape { ShapeView.draw(shared, in: shape, on: &buffer) }
        if let epochs = layout.epochs {
            let curves = ScreenContext(state.curves, shared, Place(epochs, panel: .loss))
            EpochTableView.draw(curves, in: epochs, on: &buffer)
        }
        for facts in layout.facts { RunFactsView.draw(shared, in: facts, on: &buffer) }
        if let sureness = layout.sureness {
            SurenessView.draw(shared, in: sureness, on: &buffer)
        }
        if let pairs = layout.pairs { ConfusedPairsView.draw(shared, in: pairs, on: &buffer) }
        if let digit = layout.digit { DigitDetailView.draw(shared, in: digit, on: &buffer) }
    }
}
