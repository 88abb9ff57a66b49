import TerminalUI

/// Panels one below the other in columns: as many as have room, in the order given, each at a height that it fills.
///
/// A higher column has no fewer of them, and takes from none what it had: a further panel comes in below once all others
/// keep their rows, and until then what is left is given to the pictures.
struct PanelStack<Name: Hashable> {
    /// A panel and what it does with its height. All heights are rows, frame included.
    struct Member {
        let name: Name
        /// Fewer would tell nothing.
        let least: Int
        /// So many before another panel comes below it: a larger window takes nothing away.
        let keeps: Int
        /// More are for others, where there are any.
        let most: Int
        /// Whether it may be the first of a column beside another one. A list may not: there it would have more lines than
        /// later, below another panel.
        let opens: Bool
        /// Rows within the frame that stay blank at a height.
        let blank: (_ height: Int) -> Int

        init(
            _ name: Name, least: Int, keeps: Int? = nil, most: Int = .max, opens: Bool = true,
            blank: @escaping (_ height: Int) -> Int = { _ in 0 }
        ) {
            (self.name, self.least, self.keeps, self.blank) = (name, least, max(least, keeps ?? least), blank)
            (self.most, self.opens) = (max(self.keeps, most), opens)
        }

        /// The greatest height up to another one at which it is not too empty.
        func fullest(_ height: Int) -> Int {
            (keeps...max(keeps, height)).last { blank($0) <= PanelStack.allowed($0 - 2) } ?? keeps
        }
    }

    /// The panels that have room.
    private(set) var areas: [Name: Rect] = [:]

    /// Fills columns from the left; the panels that have no room in one go on in the next.
    init(_ columns: [Rect], _ members: (_ width: Int) -> [Member]) {
        let columns = columns.filter { !$0.isEmpty }
        let inColumn = columns.map { members($0.width) }
        for (number, part) in PanelStack.parts(columns.map(\.height), inColumn).ranges.enumerated() {
            let column = columns[number]
            var rest = column
            let members = Array(inColumn[number][part])
            for (member, height) in zip(members, PanelStack.heights(members, column.height)) {
                let (top, below) = rest.splitTop(height)
                areas[member.name] = top
                rest = below
            }
        }
    }

    /// How many panels have room in columns.
    static func count(_ columns: [Rect], _ members: (_ width: Int) -> [Member]) -> Int {
        var (count, next) = (0, 0)
        for (number, column) in columns.filter({ !$0.isEmpty }).enumerated() {
            let left = rest(of: members(column.width), from: next, column: number)
            let fitting = PanelStack.count(left, column.height)
            (count, next) = (count + fitting, left.startIndex + fitting)
        }
        return count
    }

    /// Those that may stand in a column, after those before it.
    private static func rest(of members: [Member], from next: Int, column: Int) -> ArraySlice<Member> {
        let left = members.dropFirst(next)
        return column == 0 ? left : left.drop { !$0.opens }
    }

    /// Which panels stand in which column: as many as have room; of equal numbers the way that leaves the fewest rows
    /// without contents, then the one with most of them in the first columns.
    private static func parts(
        _ heights: [Int], _ members: [[Member]], column: Int = 0, from next: Int = 0
    ) -> (count: Int, empty: Int, ranges: [Range<Int>]) {
        guard column < heights.count else { return (0, 0, []) }
        let left = rest(of: members[column], from: next, column: column)
        let most = count(left, heights[column])
        var best: (count: Int, empty: Int, ranges: [Range<Int>])?
        for own in stride(from: most, through: min(1, most), by: -1) {
            let end = left.startIndex + own
            let later = parts(heights, members, column: column + 1, from: end)
            let filled = left.prefix(own).reduce(0) { $0 + $1.fullest(heights[column]) }
            let found = (own + later.count, max(0, heights[column] - filled) + later.empty)
            if let best, (best.count, -best.empty) >= (found.0, -found.1) { continue }
            best = (found.0, found.1, [left.startIndex..<end] + later.ranges)
        }
        return best ?? (0, 0, [])
    }

    /// How many of them have room: each has its least height after those before it have all that they keep.
    private static func count(_ members: ArraySlice<Member>, _ height: Int) -> Int {
        var (count, sum) = (0, 0)
        for member in members {
            guard count == 0 || sum + member.least <= height else { break }
            count += 1
            sum += member.keeps
        }
        return count
    }

    /// The heights that leave the fewest blank rows, and none beyond a fifth of a panel where that is possible; then each
    /// panel has what it keeps, and none more than its most. Of equal ones the upper panels have more.
    private static func heights(_ members: [Member], _ height: Int) -> [Int] {
        guard members.count > 1 else { return members.isEmpty ? [] : [height] }
        // best[rows]: the cost of the panels from one on in so many rows, and the height of the first of them.
        var best: [(cost: Int, height: Int)] = (0...height).map { (cost(members[members.count - 1], $0), $0) }
        var choices = [best.map(\.height)]
        for (index, member) in members.dropLast().enumerated().reversed() {
            let costs = (0...height).map { cost(member, $0) }
            let later = members[(index + 1)...]
            let reserved = later.dropLast().reduce(later.last?.least ?? 0) { $0 + $1.keeps }
            best = (0...height).map { rows in
                var found = (cost: PanelStack.impossible, height: rows)
                // Where there is too little for all, each has its least.
                let most = max(member.least, rows - reserved)
                for own in min(member.keeps, most)...most where own <= rows {
                    let cost = costs[own] + best[rows - own].cost
                    if cost <= found.cost { found = (cost, own) }
                }
                return found
            }
            choices.insert(best.map(\.height), at: 0)
        }
        var rest = height
        return choices.map { choice in
            defer { rest -= choice[rest] }
            return choice[rest]
        }
    }

    private static func cost(_ member: Member, _ height: Int) -> Int {
        guard height > 2 else { return PanelStack.impossible }
        let blank = max(0, member.blank(height))
        let tooMany = max(0, blank - PanelStack.allowed(height - 2))
        return 100 * tooMany + 2 * blank + 3 * max(0, member.keeps - height) + 7 * max(0, height - member.most)
    }

    /// More than any real cost, and far from an overflow.
    private static var impossible: Int { 1_000_000 }

    /// Blank rows that a panel may have: the space around a picture, or a fifth.
    fileprivate static func allowed(_ rows: Int) -> Int { max(2, rows / 5) }
}

extension Rect {
    /// So many parts side by side, as wide as one another or nearly.
    func columns(_ count: Int) -> [Rect] {
        (0..<count).map { number in
            let (left, right) = (number * width / count, (number + 1) * width / count)
            return Rect(x: x + left, y: y, width: right - left, height: height)
        }
    }
}
