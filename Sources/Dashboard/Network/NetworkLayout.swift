import TerminalUI

/// Where Network has its panels. Of three arrangements the one that shows most units is taken, and of those that show as
/// many the one with most beside them, so that a larger screen never shows fewer units:
///
/// - all panels above each other;
/// - layers, their figures, what each knows and the map at the left, units above the digit beside them;
/// - the same with a panel for one unit at the right.
struct NetworkLayout: Equatable {
    private(set) var layers: Rect?
    /// Figures of each layer.
    private(set) var figures: Rect?
    /// What linear read-outs find in each layer.
    private(set) var probes: Rect?
    /// The map of the last hidden layer, beside the units.
    private(set) var map: Rect?
    /// The parts of the panel of figures.
    private(set) var column: NetworkColumn?
    /// The units, or what the user chose to see in their place.
    private(set) var main: Rect
    /// The digit, and what each layer makes of it.
    private(set) var digit: Rect?
    /// The panel beside the units.
    private(set) var side: Rect?
    /// Places of the units within `main`; nil without room.
    private(set) var tiles: UnitTiles?

    private static let sideWidth = 36

    /// - Parameters:
    ///   - levels: the layers, the input among them.
    ///   - units: of the chosen layer.
    init(_ body: Rect, levels: Int, units: Int, detail: NetworkScreen.Detail) {
        let stacked = NetworkLayout(stacked: body, levels: levels, units: units)
        var candidates = [stacked]
        if body.width >= 64, body.height >= 11 {
            candidates.append(
                NetworkLayout(columns: body, levels: levels, units: units, detail: detail, hasSide: false))
        }
        if body.width >= 120, body.height >= 24 {
            let whole = NetworkLayout(columns: body, levels: levels, units: units, detail: detail, hasSide: true)
            // Smaller tiles for the panel's sake only on a large screen.
            if whole.tiles?.side ?? 0 >= 6 || body.width >= 150 && body.height >= 38 { candidates.append(whole) }
        }
        let most = candidates.map { $0.shown(of: units) }.max() ?? 0
        self = candidates.last { $0.shown(of: units) == most } ?? stacked
        if detail == .map || side == nil && detail != .units { tiles = nil }
        giveUnusedLinesToDigit(units)
    }

    /// All units fit: what is left below them goes to the digit.
    private mutating func giveUnusedLinesToDigit(_ units: Int) {
        guard let tiles, let digit, units <= tiles.perPage else { return }
        let rows = (units + tiles.columns - 1) / tiles.columns
        let used = 2 + rows * (tiles.side / 2 + 1)
        let spare = main.height - used
        guard spare > 0 else { return }
        main = main.splitTop(used).top
        self.digit = Rect(x: digit.x, y: digit.y - spare, width: digit.width, height: digit.height + spare)
        self.tiles = UnitTiles(main, units: units, least: tiles.side)
    }

    /// The units that are seen at a time.
    func shown(of units: Int) -> Int { min(units, tiles?.perPage ?? 0) }

    private init(stacked body: Rect, levels: Int, units: Int) {
        let height = body.height
        // Never both a line more at the same height: the units would lose one.
        let top = height < 20 ? 0 : min(levels + 2, 3 + max(0, height - 21) / 4)
        let low = height < 14 ? 0 : min(4 + (height - 14) / 2, Self.lowest(levels), max(0, height - top - 10))
        let (layers, rest) = body.splitTop(top)
        let (main, digit) = rest.splitBottom(low)
        (self.layers, self.main, self.digit) = (top > 0 ? layers : nil, main, low > 0 ? digit : nil)
        tiles = UnitTiles(main, units: units, least: 6)
    }

    private init(columns body: Rect, levels: Int, units: Int, detail: NetworkScreen.Detail, hasSide: Bool) {
        let (left, rest) = body.splitLeft(min(42, 28 + max(0, body.width - 64) / 4))
        let (middle, side) = rest.splitRight(hasSide ? Self.sideWidth : 0)
        let column = NetworkColumn(height: left.height, levels: levels, hasMap: detail != .map)
        var below = left
        func next(_ lines: Int) -> Rect? {
            guard lines > 0 else { return nil }
            defer { below = below.inset(top: lines) }
            return below.splitTop(lines).0
        }
        (layers, figures, probes, map) = (
            next(column.layers), next(column.figures), next(column.probes), next(column.map)
        )
        self.column = column
        let height = body.height
        // Where the digit comes in, the units keep their rows: four of the smallest tiles.
        let leastUnits = 14
        let low = height < 18 ? 0 : height <= 20 ? height - leastUnits : min(7 + (height - 20) / 2, Self.lowest(levels))
        let (main, digit) = middle.splitBottom(low)
        (self.main, self.digit, self.side) = (main, low > 0 ? digit : nil, hasSide ? side : nil)
        let isLow = (leastUnits + 1...17).contains(height)
        tiles = UnitTiles(isLow ? main.splitTop(leastUnits).top : main, units: units, least: 4)
    }

    /// Lines that the digit's panel uses: its image, or a line for each layer and the classes.
    private static func lowest(_ levels: Int) -> Int { min(22, max(16, levels + 7)) }
}

/// The units of a layer as tiles, in pages as the digits' gallery.
struct UnitTiles: Equatable {
    let inner: Rect
    /// Columns of a tile; it has half as many lines, and a caption.
    let side: Int
    let columns: Int
    let rows: Int

    private static let sides = [28, 24, 20, 18, 16, 14, 12, 10, 8, 6, 4]

    /// nil without room for one tile.
    ///
    /// - Parameters:
    ///   - area: the panel, border included.
    ///   - units: of the layer.
    ///   - least: columns of a tile at least.
    init?(_ area: Rect, units: Int, least: Int) {
        let inner = area.inset(by: 1).inset(left: 1)
        func grid(_ side: Int) -> (columns: Int, rows: Int) {
            ((inner.width + 1) / (side + 1), inner.height / (side / 2 + 1))
        }
        // As large as all of them fit; else the smallest, for most of them.
        let side = Self.sides.first { $0 >= least && grid($0).columns * grid($0).rows >= units } ?? least
        self.inner = inner
        self.side = side
        (columns, rows) = grid(side)
        guard columns > 0, rows > 0 else { return nil }
    }

    var perPage: Int { columns * rows }

    /// The places on the page of one, of so many units; the last page is full, too.
    func page(of place: Int, units: Int) -> Range<Int> {
        let first = min(place / perPage * perPage, max(0, units - perPage))
        return first..<min(units, first + perPage)
    }

    /// The n-th tile of the page, its caption included.
    func cell(_ number: Int) -> Rect {
        let air = (inner.width - columns * side) / max(1, columns)
        let pitch = side + max(1, min(3, air))
        let down = min(side / 2 + 2, max(side / 2 + 1, inner.height / rows))
        return Rect(
            x: inner.x + number % columns * pitch, y: inner.y + number / columns * down, width: side,
            height: side / 2 + 1)
    }

    func number(atX x: Int, y: Int) -> Int? { (0..<perPage).first { cell($0).contains(x: x, y: y) } }
}

/// The layers as rows: two lines each where there is room for the weights between them; around the chosen one where
/// there is none for all.
struct LayerRows {
    let inner: Rect
    /// Lines from one layer to the next.
    let pitch: Int
    /// The layers that are shown; 0 is the input.
    let shown: Range<Int>
    /// The line of the first one.
    private let top: Int
    let levels: Int

    /// - Parameters:
    ///   - area: the panel, border included.
    ///   - levels: the layers, the input among them.
    init(_ area: Rect, levels: Int, chosen: Int) {
        inner = area.inset(by: 1).inset(left: 1, right: 1)
        self.levels = levels
        pitch = inner.height >= 2 * levels - 1 ? 2 : 1
        guard inner.height < levels else {
            (shown, top) = (0..<levels, inner.y)
            return
        }
        // A line says how many there are above, and one how many below.
        let room = inner.height >= 3 ? inner.height - 2 : max(1, inner.height)
        let first = min(max(0, chosen - room / 2), levels - room)
        shown = first..<min(levels, first + room)
        top = inner.height >= 3 ? inner.y + 1 : inner.y
    }

    var above: Int { shown.lowerBound }
    var below: Int { levels - shown.upperBound }

    func y(_ level: Int) -> Int { top + (level - shown.lowerBound) * pitch }

    func level(atY y: Int) -> Int? { shown.first { self.y($0) == y } }
}
