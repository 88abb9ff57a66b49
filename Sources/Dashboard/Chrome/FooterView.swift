import TerminalUI

/// The keys that work now; help and quit always.
enum FooterView {
    static func draw(_ state: DashboardState, in area: Rect, on buffer: inout Buffer) {
        FooterHints(state).drawn.draw(in: area, on: &buffer, look: state.look)
    }
}
