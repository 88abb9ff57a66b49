import TerminalUI

extension DashboardState {
    /// The screen as it is now, as a picture in the theme's colours and as plain text.
    var screenPicture: SaveRequest {
        let buffer = render(self)
        return SaveRequest(
            stem: "trainspotter-\(screen.title.lowercased())",
            files: [
                SaveRequest.File(
                    ending: ".svg", bytes: Array(buffer.svg(look: shared.look, title: "trainspotter").utf8)),
                SaveRequest.File(ending: ".txt", bytes: Array((text(buffer) + "\n").utf8)),
            ],
            what: "the screen")
    }

    /// For a screen reader its lines, whole and all of them.
    private func text(_ buffer: Buffer) -> String { shared.display.plain ? PlainScreen(self).text : buffer.text }
}
