import TerminalUI

/// Where Digits has its gallery and the digit at hand.
struct DigitsLayout {
    let gallery: Rect
    /// nil without room, as the pairs.
    let detail: Rect?
    /// The most confused pairs, below the digit.
    let pairs: Rect?

    init(_ body: Rect) {
        if body.width >= 100 {
            let (gallery, right) = body.splitRight(50)
            let (detail, pairs) = right.splitTop(right.height >= 18 + 6 ? 18 : right.height)
            (self.gallery, self.detail, self.pairs) = (gallery, detail, pairs.isEmpty ? nil : pairs)
        } else if body.width >= 72 {
            // A digit in half blocks is 28 columns wide.
            let (gallery, detail) = body.splitRight(30)
            (self.gallery, self.detail, pairs) = (gallery, detail, nil)
        } else {
            (gallery, detail, pairs) = (body, nil, nil)
        }
    }
}

/// A grid of thumbnails, each with a caption, in pages: the page changes, the digits on it never slide.
///
/// Captions stand below the digits, or at their left where the panel is too low for that.
struct DigitsGallery {
    private static let width = 16
    private static let height = 9
    /// Lines that a digit in braille and its caption take.
    private static let leastHeight = 8
    let inner: Rect
    let columns: Int
    let rows: Int
    let captionsAtLeft: Bool

    /// - Parameter area: the panel, border included.
    init(_ area: Rect) {
        inner = area.inset(by: 1)
        captionsAtLeft = inner.height < DigitsGallery.leastHeight
        if captionsAtLeft {
            columns = inner.width / (2 * inner.height + 2)
            rows = inner.height >= 3 ? 1 : 0
        } else {
            columns = inner.width / DigitsGallery.width
            rows = (inner.height + 1) / DigitsGallery.height
        }
    }

    var perPage: Int { columns * rows }

    /// Lines from one row of digits to the next: what the panel has to spare lies between them.
    private var rowPitch: Int { max(DigitsGallery.height, (inner.height + 1) / max(1, rows)) }

    func firstOnPage(_ cursor: Int) -> Int { perPage == 0 ? 0 : cursor / perPage * perPage }

    /// The cell of the n-th digit of the page.
    func cell(_ number: Int) -> Rect {
        let pitch = inner.width / max(1, columns)
        let row = number / max(1, columns)
        let height = captionsAtLeft ? inner.height : DigitsGallery.height - 1
        return Rect(
            x: inner.x + number % max(1, columns) * pitch, y: inner.y + row * rowPitch,
            width: captionsAtLeft ? pitch : DigitsGallery.width, height: height)
    }

    /// Where the digit and where its caption lie in a cell.
    func parts(of cell: Rect) -> (image: Rect, caption: Rect) {
        if captionsAtLeft {
            let (caption, image) = cell.splitLeft(2)
            return (image, caption)
        }
        let (image, caption) = cell.splitBottom(1)
        return (image.inset(left: 1, right: 1), caption)
    }

    func index(x: Int, y: Int, cursor: Int) -> Int? {
        (0..<perPage).first { cell($0).contains(x: x, y: y) }.map { firstOnPage(cursor) + $0 }
    }
}
