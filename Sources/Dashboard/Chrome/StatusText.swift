import TerminalUI

/// Text in place of the status line. Where it is too long for one line it has several, so that it can be read whole.
enum StatusText {
    /// The greatest number of lines of a text that stays only until the next key.
    private static let most = 4

    /// The text in lines of whole words, four at most; else its short form in one.
    ///
    /// - Parameter short: nil where there are no other words, and the text is cut.
    static func lines(_ text: String, width: Int, short: String? = nil) -> [String] {
        let lines = WrappedText.lines(text, width: width)
        // A path that is longer than a line has a short form, in which the reason can be read, too.
        let isWhole = short == nil || lines.allSatisfy { $0.columns <= width }
        return isWhole && lines.count <= most ? lines : [short ?? text]
    }

    /// Draws the lines from bottom to top, the last one in `line`, over what is there.
    static func draw(_ lines: [String], _ style: Style, upFrom line: Rect, on buffer: inout Buffer) {
        let top = line.y - lines.count + 1
        for (row, text) in lines.enumerated() {
            if lines.count > 1 {
                let whole = Rect(x: line.x - 1, y: top + row, width: line.width + 2, height: 1)
                buffer.fill(whole, Cell(style: style))
            }
            buffer.write(text, x: line.x, y: top + row, style, maxWidth: line.width)
        }
    }
}

extension Shared {
    /// Why the run on the screen failed, or why there is no data: in the lines that the status has as long as that is so.
    /// Nil where all is well.
    var trouble: [String]? {
        guard opened == nil else { return nil }
        let room = width - 2
        // The panels keep seven of eight rows, and on the lowest windows nine rows.
        let most = height < 14 ? 1 : max(2, height / 8)
        if let run {
            guard run.state == .failed, let failure = run.failure else { return nil }
            // What is to be done about it is more useful than what stands in brackets.
            let forms = [failure, failure.replacing(#/ \([^()]*\)/#, with: "")]
            let lines = forms.map { WrappedText.lines($0, width: room) }
            return lines.first { $0.count <= most } ?? [forms[1]]
        }
        guard case .failed(let error) = sessionData else { return nil }
        let lines = WrappedText.lines(error.description, width: room)
        let isWhole = lines.count <= most && lines.allSatisfy { $0.columns <= room }
        return isWhole ? lines : [error.description(width: room)]
    }
}

extension DashboardState {
    /// Why the typed spec line is refused, in the lines below it; nil where it is not typed or not refused.
    var specRefusal: [String]? {
        guard case .specLine(_, let refusal) = overlay else { return nil }
        let room = shared.width - 2
        if let lineRefusal { return StatusText.lines(lineRefusal, width: room) }
        return refusal.map { StatusText.lines($0.description, width: room, short: $0.description(width: room)) }
    }
}
