import TerminalUI

/// The lines that every screen shares: header on top; spec, status and footer below; the screen between them.
package struct ScreenLayout {
    /// The least columns of a window that the screens fit.
    package static let leastWidth = 40
    /// The least lines of a window that the screens fit.
    package static let leastHeight = 12

    /// Whether the screens fit a window of this size.
    static func fits(width: Int, height: Int) -> Bool { width >= leastWidth && height >= leastHeight }

    let header: Rect
    let body: Rect
    let spec: Rect
    let status: Rect
    let footer: Rect

    /// - Parameter statusRows: rows of the status; more than one where the text that stands there needs them.
    init(width: Int, height: Int, statusRows: Int = 1) {
        let whole = Rect(x: 0, y: 0, width: width, height: height)
        let (header, belowHeader) = whole.splitTop(1)
        let (aboveFooter, footer) = belowHeader.splitBottom(1)
        let (aboveStatus, status) = aboveFooter.splitBottom(statusRows)
        let (body, spec) = aboveStatus.splitBottom(1)
        self.header = header
        self.body = body
        self.spec = spec
        self.status = status
        self.footer = footer
    }
}
