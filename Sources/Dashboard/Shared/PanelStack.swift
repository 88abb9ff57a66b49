import TerminalUI

/// Panels one below the other in columns: as many as have room, in the order given, each at a height that it fills.
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
        /// Rows within the frame that stay blank at a height.
        let blank: (_ height: Int) -> Int

        init(
            _ name: Name, least: Int, keeps: Int? = nil, most: Int = .max,
            blank: @escaping (_ height: Int) -> Int = { _ in 0 }
        ) {
            (self.name, self.least, self.keeps, self.blank) = (name, least, max(least, keeps ?? least), blank)
            self.most = max(self.keeps, most)
        }
    }

    /// The panels that have room.
    private(set) var areas: [Name: Rect] = [:]

    /// Fills columns from the left; the panels that have no room in one go on in the next.
    init(_ columns: [Rect], _ members: (_ width: Int) -> [Member]) {
        var taken = 0
        for column in columns where column.height > 0 && column.width > 0 {
            let left = Array(members(column.width).dropFirst(taken))
            let count = PanelStack.count(left, column.height)
            var rest = column
            for (member, height) in zip(left, PanelStack.heights(Array(left.prefix(count)), column.height)) {
                let (top, below) = rest.splitTop(height)
                areas[member.name] = top
                rest = below
            }
            taken += count
        }
    }

    /// How many of them have room: each has its least height after those before it have all that they keep.
    private static func count(_ members: [Member], _ height: Int) -> Int {
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
        return 100 * tooMany + 2 * blank + 3 * max(0, member.keeps - height) + max(0, height - member.most)
    }

    /// More than any real cost, and far from an overflow.
    private static var impossible: Int { 1_000_000 }

    /// Blank rows that a panel may have: the space around a picture, or a fifth.
    private static func allowed(_ rows: Int) -> Int { max(2, rows / 5) }
}
