/// Labels of different things in few columns: where they don't fit they are cut so that what tells them apart stays.
package enum DistinctLabels {
    /// The labels in at most so many columns, each where it was. Those that fit stay whole; the others are cut at their end
    /// if they then still differ, else in the middle, else at their start.
    package static func fitting(_ labels: [String], room: Int) -> [String] {
        guard labels.contains(where: { $0.columns > room }) else { return labels }
        guard room > 2 else { return labels.map { String($0.prefix(max(0, room))) } }
        let heads = Array((1..<room).reversed()) + [0]
        let forms = heads.lazy.map { head in labels.map { cut($0, head: head, room: room) } }
        // Equal labels stay equal.
        let different = Set(labels).count
        return forms.first { Set($0).count == different } ?? fromFirstDifference(labels, room: room)
    }

    /// The start of a text and its end, with a mark for what is between them.
    private static func cut(_ text: String, head: Int, room: Int) -> String {
        guard text.columns > room else { return text }
        return "\(text.prefix(head))…\(text.suffix(room - 1 - head))"
    }

    /// From where the long ones first differ, where that is all that can be shown of them.
    private static func fromFirstDifference(_ labels: [String], room: Int) -> [String] {
        let long = labels.filter { $0.columns > room }
        guard let first = long.first else { return labels }
        let common = long.reduce(first.count) { length, label in
            min(length, zip(first, label).prefix { $0 == $1 }.count)
        }
        return labels.map { label in
            guard label.columns > room else { return label }
            let rest = label.dropFirst(common)
            return rest.count < room ? "…\(label.suffix(room - 1))" : "…\(rest.prefix(room - 2))…"
        }
    }
}
