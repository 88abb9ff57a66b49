/// Which lines of a text changed: as they were (-) and as they are (+), each under the heading of its part.
struct LineDifference: CustomStringConvertible {
    private var lines: [String] = []
    /// More lines than this tell nothing new.
    private let most = 80

    /// What headings begin with; other lines of a golden text don't.
    static let heading = "== "

    init(from old: String, to new: String) {
        let (old, new) = (old.components(separatedBy: "\n"), new.components(separatedBy: "\n"))
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var (before, after) = (0, 0)
        var heading = ""
        var shown = ""
        while before < old.count || after < new.count {
            let isRemoved = removed.contains(before)
            guard isRemoved || inserted.contains(after) else {
                if new[after].hasPrefix(LineDifference.heading) { heading = new[after] }
                (before, after) = (before + 1, after + 1)
                continue
            }
            if heading != shown { lines.append(heading) }
            shown = heading
            if isRemoved {
                lines.append("- \(before + 1): \(old[before])")
                before += 1
            } else {
                lines.append("+ \(after + 1): \(new[after])")
                after += 1
            }
        }
    }

    var description: String {
        let rest = lines.count - most
        return (lines.prefix(most) + (rest > 0 ? ["… and \(rest) lines more"] : [])).joined(separator: "\n")
    }
}
