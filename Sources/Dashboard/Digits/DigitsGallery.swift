import TerminalUI

/// A grid of thumbnails, each with a caption, in pages: the page changes, the digits on it never slide.
///
/// Captions stand below the digits, or at their left where the panel is too low for that.
struct DigitsGallery {
    /// A blank and a digit in braille.
    private static let width = 15
    /// Lines of a digit in braille and its caption.
    static let height = 8
    let inner: Rect
    let columns: Int
    let rows: Int
    let captionsAtLeft: Bool
    /// Lines of a digit.
    let imageHeight: Int

    /// Columns of a panel with so many digits side by side, border included.
    static func width(of columns: Int) -> Int { columns * width + 2 }

    /// - Parameters:
    ///   - area: the panel, border included.
    ///   - most: digits side by side, at most.
    ///   - count: the digits that there are: where they are few, they are drawn larger.
    ///   - fills: whether lines of digits that are less high, with captions at their left, fill what is left of the height.
    init(_ area: Rect, most: Int = .max, count: Int = .max, fills: Bool = false) {
        let room = area.inset(by: 1)
        inner = room
        let lines = inner.height / DigitsGallery.height
        let spare = inner.height - lines * DigitsGallery.height
        if lines == 0 {
            (captionsAtLeft, imageHeight) = (true, inner.height)
            columns = min(most, inner.width / (2 * inner.height + 2))
            rows = inner.height >= 3 ? 1 : 0
        } else if fills, spare > max(2, inner.height / 5), inner.height / (lines + 1) >= 5 {
            captionsAtLeft = true
            rows = lines + 1
            imageHeight = min(DigitsGallery.height - 1, inner.height / rows)
            columns = min(most, inner.width / DigitsGallery.width)
        } else {
            captionsAtLeft = false
            let large = [14, 12, 10].first { height in
                count <= room.width / (2 * height + 1) * (room.height / (height + 1))
            }
            imageHeight = large ?? DigitsGallery.height - 1
            let across = min(large == nil ? most : .max, inner.width / (2 * imageHeight + 1))
            let down = inner.height / (imageHeight + 1)
            // Fewer than there is room for stand in as many lines, with more air between them.
            columns = count < across * down ? max(1, (count + down - 1) / max(1, down)) : across
            rows = count < across * down ? max(1, (count + columns - 1) / columns) : down
        }
    }

    var perPage: Int { columns * rows }
    /// Whether digits are larger than in dots.
    var isLarge: Bool { imageHeight >= DigitsGallery.height }

    /// How far an arrow moves the cursor: a row of digits up and down, one digit where they are lines of text.
    func step(_ direction: Command.Direction, isPlain: Bool) -> Int {
        direction.step(columns: isPlain ? 1 : max(1, columns))
    }

    /// Lines of a digit with its caption.
    private var lines: Int { captionsAtLeft ? imageHeight : imageHeight + 1 }

    /// Lines from one row of digits to the next: a blank one between them where the panel has it to spare.
    private var rowPitch: Int { lines + (inner.height - rows * lines >= rows - 1 ? 1 : 0) }

    func firstOnPage(_ cursor: Int) -> Int { perPage == 0 ? 0 : cursor / perPage * perPage }

    /// The cell of the n-th digit of the page.
    func cell(_ number: Int) -> Rect {
        let pitch = inner.width / max(1, columns)
        let row = number / max(1, columns)
        return Rect(
            x: inner.x + number % max(1, columns) * pitch, y: inner.y + row * rowPitch,
            width: captionsAtLeft ? pitch : min(pitch, 2 * imageHeight + 3), height: lines)
    }

    /// Where the digit and where its caption lie in a cell.
    func parts(of cell: Rect) -> (image: Rect, caption: Rect) {
        if captionsAtLeft {
            let (caption, image) = cell.splitLeft(cell.width > 2 * imageHeight + 1 ? 2 : 1)
            return (image.splitLeft(min(image.width, 2 * imageHeight)).left, caption)
        }
        let (image, caption) = cell.splitBottom(1)
        return (Rect(x: image.x + 1, y: image.y, width: 2 * imageHeight, height: image.height), caption)
    }

    func index(x: Int, y: Int, cursor: Int) -> Int? {
        (0..<perPage).first { cell($0).contains(x: x, y: y) }.map { firstOnPage(cursor) + $0 }
    }
}
