import TerminalUI

/// Where Digits has its gallery and the digit at hand.
struct DigitsLayout {
    /// Empty while the digit is shown in full size.
    let gallery: Rect
    /// nil without room, as those below.
    private(set) var detail: Rect?
    /// How the digit's prediction changed, below the digit.
    private(set) var past: Rect?
    /// The most confused pairs.
    private(set) var pairs: Rect?
    /// The nearest training digits, in place of the pairs or at need of the detail.
    private(set) var nearest: Rect?
    /// Digits side by side in the gallery, at most.
    private(set) var mostColumns = Int.max

    /// - Parameter hasNames: whether the classes have names, which need room beside the bars.
    init(_ body: Rect, form: DigitsScreen.Form = .both, showsNearest: Bool = false, hasNames: Bool = false) {
        switch form {
        case .gallery: gallery = body
        case .large:
            gallery = .zero
            fillLarge(body, showsNearest)
        case .both:
            let right = DigitsLayout.column(body.width, hasNames: hasNames)
            if right > 0 {
                let (gallery, right) = body.splitRight(right)
                self.gallery = gallery
                fillColumn(right, showsNearest)
            } else if showsNearest, body.width >= 52 {
                let (gallery, nearest) = body.splitRight(32)
                (self.gallery, self.nearest) = (gallery, nearest)
            } else {
                gallery = body
                mostColumns = DigitsLayout.fewest
            }
        }
    }

    /// Digits side by side where the gallery first shares its width. It never has more before: a larger window shows no
    /// fewer digits.
    private static let fewest = 3

    /// Columns beside the gallery; 0 without room. They grow while the gallery keeps its digits, up to the digit in half
    /// blocks and its bars beside it, with names if there are any.
    private static func column(_ width: Int, hasNames: Bool) -> Int {
        // A digit in half blocks is 28 columns wide, with a blank on either side.
        let least = 32
        guard width >= DigitsGallery.width(of: fewest) + least else { return 0 }
        return min(hasNames ? 58 : 50, max(least, width - DigitsGallery.width(of: fewest + 1)))
    }

    /// The digit, then its past, then pairs or neighbours.
    private mutating func fillColumn(_ column: Rect, _ showsNearest: Bool) {
        let least = 10
        let digit = column.width >= 49 ? 18 : 22
        let (detail, below) = column.splitTop(column.height >= digit + least ? digit : column.height)
        self.detail = detail
        guard !below.isEmpty else {
            if showsNearest { (self.detail, nearest) = (nil, column) }
            return
        }
        let (past, rest) = below.splitTop(below.height >= 8 + least ? 8 : 0)
        self.past = past.isEmpty ? nil : past
        if showsNearest { nearest = rest } else { pairs = rest }
    }

    /// The digit as large as it fits, its probabilities beside it, and the neighbours at the right.
    private mutating func fillLarge(_ body: Rect, _ showsNearest: Bool) {
        let isLarge = body.width >= 118 && body.height >= 34
        let (left, right) = body.splitLeft(isLarge ? 60 : 32)
        detail = body.width >= 54 ? left : body
        guard body.width >= 54 else { return }
        let room = right.width >= 80 ? 48 : right.width >= 62 ? 46 : 30
        if !showsNearest {
            pairs = right
        } else if right.width >= room + 18 {
            let (bars, nearest) = right.splitRight(room)
            (pairs, self.nearest) = (bars, nearest)
        } else {
            nearest = right
        }
    }
}

/// A grid of thumbnails, each with a caption, in pages: the page changes, the digits on it never slide.
///
/// Captions stand below the digits, or at their left where the panel is too low for that.
struct DigitsGallery {
    /// A blank and a digit in braille.
    private static let width = 15
    /// Lines of a digit in braille and its caption.
    private static let height = 8
    let inner: Rect
    let columns: Int
    let rows: Int
    let captionsAtLeft: Bool

    /// Columns of a panel with so many digits side by side, border included.
    static func width(of columns: Int) -> Int { columns * width + 2 }

    /// - Parameters:
    ///   - area: the panel, border included.
    ///   - most: digits side by side, at most.
    init(_ area: Rect, most: Int = .max) {
        inner = area.inset(by: 1)
        captionsAtLeft = inner.height < DigitsGallery.height
        if captionsAtLeft {
            columns = inner.width / (2 * inner.height + 2)
            rows = inner.height >= 3 ? 1 : 0
        } else {
            columns = min(most, inner.width / DigitsGallery.width)
            rows = inner.height / DigitsGallery.height
        }
    }

    var perPage: Int { columns * rows }

    /// How far an arrow moves the cursor: a row of digits up and down, one digit where they are lines of text.
    func step(_ direction: Command.Direction, isPlain: Bool) -> Int {
        let columns = isPlain ? 1 : max(1, columns)
        return switch direction {
        case .left: -1
        case .right: 1
        case .up: -columns
        case .down: columns
        }
    }

    /// Lines from one row of digits to the next: a blank one between them where the panel has it to spare.
    private var rowPitch: Int {
        let spare = inner.height - rows * DigitsGallery.height
        return DigitsGallery.height + (spare >= rows - 1 ? 1 : 0)
    }

    func firstOnPage(_ cursor: Int) -> Int { perPage == 0 ? 0 : cursor / perPage * perPage }

    /// The cell of the n-th digit of the page.
    func cell(_ number: Int) -> Rect {
        let pitch = inner.width / max(1, columns)
        let row = number / max(1, columns)
        let height = captionsAtLeft ? inner.height : DigitsGallery.height
        return Rect(
            x: inner.x + number % max(1, columns) * pitch, y: inner.y + row * rowPitch,
            width: captionsAtLeft ? pitch : min(pitch, DigitsGallery.width + 2), height: height)
    }

    /// Where the digit and where its caption lie in a cell.
    func parts(of cell: Rect) -> (image: Rect, caption: Rect) {
        if captionsAtLeft {
            let (caption, image) = cell.splitLeft(2)
            return (image, caption)
        }
        let (image, caption) = cell.splitBottom(1)
        return (Rect(x: image.x + 1, y: image.y, width: DigitsGallery.width - 1, height: image.height), caption)
    }

    func index(x: Int, y: Int, cursor: Int) -> Int? {
        (0..<perPage).first { cell($0).contains(x: x, y: y) }.map { firstOnPage(cursor) + $0 }
    }
}

/// Where the nearest training digits stand.
enum NearestLayout {
    /// Where the digits go within the panel, row by row: an image of 14 × 7 and its caption.
    static func places(_ inner: Rect) -> [Rect] {
        let columns = inner.width / 14
        let rows = inner.height / 8
        guard columns > 0, rows > 0 else { return [] }
        let pitch = min(16, inner.width / columns)
        let left = inner.x + (inner.width - (columns - 1) * pitch - 14) / 2
        let down = min(10, inner.height / rows)
        return (0..<(rows * columns)).map { number in
            Rect(
                x: left + number % columns * pitch, y: inner.y + number / columns * down, width: 14, height: 8)
        }
    }
}
