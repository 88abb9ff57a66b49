import TerminalUI

/// Where Digits has its gallery and what stands beside it.
struct DigitsLayout {
    /// Empty while the digit is shown in full size.
    private(set) var gallery = Rect.zero
    /// The digit in full size; nil beside the gallery.
    private(set) var image: Rect?
    /// The panels beside the gallery, or beside the digit in full size.
    private(set) var areas: [DigitsDetail: Rect] = [:]
    /// Digits side by side in the gallery, at most.
    private(set) var mostColumns = Int.max

    /// - Parameter detail: the panel that comes first.
    init(
        _ body: Rect, form: DigitsScreen.Form = .both, detail: DigitsDetail = .probabilities,
        _ contents: DigitsContents = DigitsContents()
    ) {
        switch form {
        case .gallery: gallery = body
        case .large: fillLarge(body, detail, contents)
        case .both: fillBoth(body, detail, contents)
        }
    }

    /// Digits side by side where the gallery first shares its width. It never has more before: a larger window shows no
    /// fewer digits.
    private static let fewest = 3
    /// Digits side by side while there is no room for a second column of panels.
    private static let steady = 5
    /// A digit in half blocks is 28 columns wide, with a blank on either side; so is that of the second column.
    private static let column = 33
    /// Columns of a window in which the gallery alone is shown.
    private static let leastWidth = 52

    private mutating func fillBoth(_ body: Rect, _ detail: DigitsDetail, _ contents: DigitsContents) {
        let widths = DigitsLayout.columns(body.width, contents)
        guard !widths.isEmpty else {
            guard detail != .probabilities, body.width >= DigitsLayout.leastWidth else {
                (gallery, mostColumns) = (body, DigitsLayout.fewest)
                return
            }
            let (gallery, side) = body.splitRight(DigitsLayout.column - 1)
            self.gallery = gallery
            areas = [detail: side]
            return
        }
        var (rest, columns) = (body, [Rect]())
        for width in widths.reversed() {
            let (left, right) = rest.splitRight(width)
            columns.insert(right, at: 0)
            rest = left
        }
        gallery = rest
        fill(columns, detail, contents, asBars: false)
    }

    /// Columns beside the gallery; none without room. They grow while the gallery keeps its digits, up to the digit in
    /// half blocks and its bars beside it, and then to a second column.
    private static func columns(_ width: Int, _ contents: DigitsContents) -> [Int] {
        guard width >= DigitsGallery.width(of: fewest) + column - 1 else { return [] }
        let first = contents.hasNames ? 58 : 50
        let wide = width - DigitsGallery.width(of: steady)
        if wide >= first + column { return [first, column] }
        return [max(min(first, max(column - 1, width - DigitsGallery.width(of: fewest + 1))), wide)]
    }

    /// The digit first, then the panel that the user chose, and those that follow it; that one alone where there is not
    /// room for both.
    private mutating func fill(
        _ columns: [Rect], _ detail: DigitsDetail, _ contents: DigitsContents, asBars: Bool,
        except hidden: DigitsDetail? = nil
    ) {
        func members(_ width: Int) -> [PanelStack<DigitsDetail>.Member] {
            let others = detail.andFollowing.filter { $0 != .probabilities && $0 != hidden }
            return ([.probabilities] + others).map {
                $0.member(contents, width: width, asBars: asBars, isOnlyColumn: columns.count == 1)
            }
        }
        areas = PanelStack(columns, members).areas
        let isMissing = detail != .probabilities && detail != hidden && areas[detail] == nil
        guard isMissing, let first = columns.first else { return }
        areas = [detail: first]
        // The other columns are for those that follow it.
        let others = PanelStack(Array(columns.dropFirst())) { Array(members($0).dropFirst(2)) }.areas
        areas.merge(others) { chosen, _ in chosen }
    }

    /// The digit as large as it fits, its probabilities beside it, and other panels below these.
    private mutating func fillLarge(_ body: Rect, _ detail: DigitsDetail, _ contents: DigitsContents) {
        guard body.width >= 54 else {
            image = body
            return
        }
        let isLarge = body.width >= 118 && body.height >= 34
        let (left, right) = body.splitLeft(isLarge ? 60 : 32)
        image = left
        let columns =
            right.width >= 80
            ? [right.splitLeft(right.width / 2).left, right.splitLeft(right.width / 2).rest] : [right]
        // Its past stands below the digit where there is room.
        let hasPast = left.height - 2 >= (isLarge ? 28 : 14) + 2
        fill(columns, detail, contents, asBars: true, except: hasPast ? .past : nil)
    }
}

extension DigitsGallery {
    /// The digits of a panel: few of them larger, and lines of lower ones where whole ones would leave a gap. Names need
    /// the line below a digit.
    init(_ shared: Shared, in area: Rect, most: Int) {
        self.init(
            area, most: most, count: shared.evaluation == nil ? .max : shared.selection.rows.count,
            fills: shared.classNames.isEmpty)
    }
}
