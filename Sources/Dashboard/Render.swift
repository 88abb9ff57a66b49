import TerminalUI

/// Draws the whole screen: a pure function of the state.
///
/// - Returns: a buffer of `state.width` × `state.height` cells.
package func render(_ state: DashboardState) -> Buffer {
    let look = state.look
    var buffer = Buffer(width: state.width, height: state.height, fill: Cell(style: look.theme.style(.text)))
    guard ScreenLayout.fits(width: state.width, height: state.height) else {
        TooSmallView.draw(state, on: &buffer)
        return finished(buffer, look)
    }
    let layout = state.layout
    HeaderView.draw(state, in: layout.header, on: &buffer)
    buffer.clipped(to: layout.body) { buffer in
        if state.screen == .lab {
            LabView.draw(state, in: layout.body, on: &buffer)
        } else {
            state.active.draw(state.shared, in: layout.body, on: &buffer)
        }
    }
    SpecLineView.draw(state, in: layout.spec, on: &buffer)
    StatusView.draw(state, in: layout.status, on: &buffer)
    FooterView.draw(state, in: layout.footer, on: &buffer)
    if let overlay = state.overlay, overlay.isPopup {
        buffer.fadeOut(buffer.bounds.splitBottom(1).0, look: look)
        var raised = state
        raised.shared.look = look.raised
        draw(overlay, raised, on: &buffer)
    }
    return finished(buffer, look)
}

private func draw(_ overlay: Overlay, _ state: DashboardState, on buffer: inout Buffer) {
    switch overlay {
    case .help(let help): HelpView.draw(state, help, on: &buffer)
    case .quitQuestion: QuitView.draw(state, on: &buffer)
    case .chooser(let chooser): ChooserView.draw(state, chooser, on: &buffer)
    case .resumeQuestion(let run): ResumeView.draw(state, run, on: &buffer)
    case .presets(let cursor): PresetsView.draw(state.shared, cursor: cursor, on: &buffer)
    case .rateFinder(let finder): RateFinderView.draw(state.shared, finder, on: &buffer)
    case .options(let options): OptionsView.draw(state, options, on: &buffer)
    case .specLine: break
    }
}

private func finished(_ buffer: Buffer, _ look: Look) -> Buffer {
    guard look.glyphs == .ascii else { return buffer }
    var plain = buffer
    plain.reduceToASCII()
    return plain
}

extension Overlay {
    /// Whether it is drawn over the screen, which then stands back.
    var isPopup: Bool { if case .specLine = self { false } else { true } }
}
