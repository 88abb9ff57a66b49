import DataFormats
import TerminalUI

/// Places of pictures of one shape in pages, each with a caption below: as large as they can be while a wanted number of
/// them has room.
struct PictureGrid: Equatable {
    let inner: Rect
    /// Cells of a picture.
    let width: Int
    let height: Int
    let columns: Int
    let rows: Int
    /// Lines in which nothing stands, where there are pictures enough.
    let blankRows: Int

    /// Lines of a picture, at most; from half a pixel a line on they are drawn pixel by pixel.
    private static let heights = 3...28

    /// How much more of the area smaller pictures must fill.
    private static let gain = 1.2

    /// - Parameters:
    ///   - inner: the area within the frame.
    ///   - shape: of the pictures; a cell is as wide as half of its height.
    ///   - wanted: how many should have room, at least.
    ///   - all: how many there are; more don't fill anything.
    ///   - mostHeight: lines of a picture, at most.
    init(_ inner: Rect, _ shape: ImageShape, wanted: Int, all: Int = .max, mostHeight: Int = 14) {
        self.inner = inner
        let aspect = 2 * Double(max(1, shape.columns)) / Double(max(1, shape.rows))
        func width(_ height: Int) -> Int { max(2, Int((Double(height) * aspect).rounded())) }
        func fits(_ height: Int) -> (columns: Int, rows: Int) {
            // A blank column before each picture, and a blank line where there is one to spare.
            let (columns, rows) = ((inner.width - 1) / (width(height) + 1), inner.height / (height + 1))
            // All that there are stand in as many lines as have room.
            return rows > 0 ? (min(columns, (all - 1) / rows + 1), rows) : (columns, rows)
        }
        func count(_ height: Int) -> Int {
            let (columns, rows) = fits(height)
            return max(0, columns) * max(0, rows)
        }
        let heights = (Self.heights.lowerBound...min(mostHeight, Self.heights.upperBound)).reversed()
        // Without room for all, as many as there can be.
        let most = heights.map(count).max() ?? 0
        let enough = heights.filter { count($0) >= min(wanted, most) && most > 0 }
        // Smaller ones where they fill clearly more of the area.
        var best = enough.first ?? Self.heights.lowerBound
        func filled(_ height: Int) -> Double { Double(min(all, count(height)) * width(height) * height) }
        for height in enough where filled(height) > Self.gain * filled(best) { best = height }
        func blank(_ height: Int) -> Int {
            let (columns, rows) = fits(height)
            let lines = columns > 0 ? min(rows, (all - 1) / columns + 1) : 0
            return inner.height - lines * (height + 1)
        }
        let mostBlank = max(2, inner.height / 5)
        if most > 0, blank(best) > mostBlank {
            // Where one line of small pictures has room, and not two of them, larger ones fill it.
            let larger =
                fits(best).rows > 1
                ? [] : heights.filter { blank($0) <= mostBlank && 2 * count($0) >= min(wanted, most) }
            best =
                enough.first { blank($0) <= mostBlank } ?? larger.max { count($0) < count($1) } ?? best
        }
        blankRows = blank(best)
        height = best
        self.width = width(best)
        (columns, rows) = most > 0 ? fits(best) : (0, 0)
    }

    var perPage: Int { columns * rows }

    /// Columns from one picture to the next.
    private var pitchX: Int { columns > 0 ? (inner.width - 1) / columns : 0 }
    /// Lines from one row of pictures to the next: what is spare stands between them.
    private var pitchY: Int {
        let spare = inner.height - rows * (height + 1)
        return height + 1 + (rows > 1 ? min(2, spare / (rows - 1)) : 0)
    }

    func firstOnPage(_ cursor: Int) -> Int { perPage == 0 ? 0 : cursor / perPage * perPage }

    /// Where the n-th picture of a page and its caption stand.
    func cell(_ number: Int) -> (picture: Rect, caption: Rect) {
        let x = inner.x + 1 + number % max(1, columns) * pitchX
        let y = inner.y + number / max(1, columns) * pitchY
        return (
            Rect(x: x, y: y, width: width, height: height),
            Rect(x: x - 1, y: y + height, width: min(pitchX, width + 2), height: 1)
        )
    }

    /// The picture at a place, counted from the first of all.
    func index(x: Int, y: Int, cursor: Int) -> Int? {
        (0..<perPage).first {
            let (picture, caption) = cell($0)
            return picture.contains(x: x, y: y) || caption.contains(x: x, y: y)
        }.map { firstOnPage(cursor) + $0 }
    }

    /// Draws a picture into a cell: in dots or small blocks where it is as small as these, else scaled to the cell.
    func draw(_ picture: DigitImage, _ small: DigitImage.Form, in area: Rect, on buffer: inout Buffer, look: Look) {
        if height * 4 <= picture.rows, picture.rows >= 12 {
            picture.draw(in: area, form: small, on: &buffer, look: look)
        } else {
            picture.fill(area, on: &buffer, look: look)
        }
    }
}

extension PictureGrid {
    /// A picture for each class, in a panel.
    init(ofClassesOf shared: Shared, in area: Rect) {
        let dataset = shared.data.loaded?.dataset
        self.init(
            area.inset(by: 1), dataset?.train.shape ?? ImageShape(rows: 28, columns: 28),
            wanted: dataset?.classes ?? 10, all: max(1, dataset?.classes ?? 10))
    }
}
