import TerminalUI

/// Where Digits has its gallery and the digit at hand.
struct DigitsLayout {
    let gallery: Rect
    /// nil without room.
    let detail: Rect?

    init(_ body: Rect) {
        if body.width >= 100 {
            let (gallery, detail) = body.splitRight(50)
            (self.gallery, self.detail) = (gallery, detail)
        } else if body.width >= 72 {
            let (gallery, detail) = body.splitRight(34)
            (self.gallery, self.detail) = (gallery, detail)
        } else {
            (gallery, detail) = (body, nil)
        }
    }
}

/// A grid of thumbnails, each with a caption, in pages: the page changes, the digits on it never slide.
struct DigitsGallery {
    static let cellWidth = 16
    static let cellHeight = 9
    let inner: Rect
    let columns: Int
    let rows: Int

    /// - Parameter area: the panel, border included.
    init(_ area: Rect) {
        inner = area.inset(by: 1)
        columns = max(inner.width >= 14 ? 1 : 0, inner.width / DigitsGallery.cellWidth)
        rows = max(inner.height >= 5 ? 1 : 0, (inner.height + 1) / DigitsGallery.cellHeight)
    }

    var perPage: Int { columns * rows }

    func firstOnPage(_ cursor: Int) -> Int { perPage == 0 ? 0 : cursor / perPage * perPage }

    /// The cell of the n-th digit of the page.
    func cell(_ number: Int) -> Rect {
        let pitch = max(DigitsGallery.cellWidth, columns > 0 ? inner.width / columns : 0)
        let y = inner.y + number / max(1, columns) * DigitsGallery.cellHeight
        return Rect(
            x: inner.x + number % max(1, columns) * pitch, y: y, width: DigitsGallery.cellWidth,
            height: min(DigitsGallery.cellHeight - 1, inner.maxY - y))
    }

    func index(x: Int, y: Int, cursor: Int) -> Int? {
        (0..<perPage).first { cell($0).contains(x: x, y: y) }.map { firstOnPage(cursor) + $0 }
    }
}
