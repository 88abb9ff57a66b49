import TerminalUI
import Training

/// The name, the screens with their keys, and what the run is doing.
enum HeaderView {
    static func draw(_ state: DashboardState, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let layout = HeaderLayout(state)
        if layout.showsName { buffer.write("trainspotter", x: 1, y: area.y, theme.style(.title).bold()) }
        for tab in layout.tabs {
            let active = tab.screen == state.screen
            let background = theme[active ? .selectedBackground : .background]
            buffer.fill(
                Rect(x: tab.x, y: area.y, width: tab.width, height: 1), Cell(style: theme.style(.text).on(background)))
            let key = active && state.look.colors == .mono ? "[\(tab.key)]" : " \(tab.key) "
            buffer.write(key, x: tab.x, y: area.y, theme.style(.key).on(background))
            let style = active ? theme.style(.title).bold() : theme.style(.dim)
            buffer.write(tab.title, x: tab.x + 2 + tab.key.columns, y: area.y, style.on(background))
        }
        let right = HeaderLayout.runSpans(state, width: area.width)
        buffer.write(right, x: area.maxX - right.width - 1, y: area.y)
    }
}
