import TerminalUI
import Training

/// The data set, without any network: its images, how many each class has, and what is to be known of it.
enum DataView {
    static func draw(_ state: ScreenContext<DataScreen>, in body: Rect, on buffer: inout Buffer) {
        let layout = state.own.layout(state.shared, state.place)
        let browser = state.own.browser
        if state.own.form == .large {
            return SampleView.drawLarge(browser, state.shared, in: layout.main, on: &buffer)
        }
        if !layout.main.isEmpty {
            if state.own.what == .samples {
                SampleGallery.draw(
                    browser, state.shared, wanted: state.own.wanted, note: note(state.shared), in: layout.main,
                    on: &buffer)
            } else {
                ClassMeansView.draw(
                    state.shared, of: state.own.what, selected: state.own.label, in: layout.main, on: &buffer)
            }
        }
        for (detail, area) in layout.areas { draw(detail, state, in: area, on: &buffer) }
        if let strip = layout.strip {
            WarningsView.drawStrip(state.own.warnings, state.shared, in: strip, on: &buffer)
        }
    }

    private static func draw(
        _ detail: DataDetail, _ state: ScreenContext<DataScreen>, in area: Rect, on buffer: inout Buffer
    ) {
        let browser = state.own.browser
        switch detail {
        case .classes:
            ClassCountsView.draw(
                browser, state.shared, label: state.own.shownLabel(state.shared), in: area, on: &buffer)
        case .sample: SampleView.draw(browser, state.shared, in: area, on: &buffer)
        case .pixels: PixelsView.draw(browser.part.file, state.shared, in: area, on: &buffer)
        case .means: ClassMeansView.draw(state.shared, of: .means, selected: nil, in: area, on: &buffer)
        case .warnings: WarningsView.draw(state.own.warnings, state.shared, in: area, on: &buffer)
        }
    }

    /// That the survey is under way, else how rows are held out.
    private static func note(_ state: Shared) -> String {
        state.data.loaded != nil && state.surveyAtHand == nil ? "looking at all images ..." : split(state)
    }

    /// How rows are held out: `val=0.1 split=stratified`.
    static func split(_ state: Shared) -> String {
        let training = state.composer.spec.training
        let held = "val=\(Figures.plain(training.validation))"
        guard training.validation > 0, training.split != .last else { return held }
        return "\(held) split=\(training.split.rawValue)"
    }
}
