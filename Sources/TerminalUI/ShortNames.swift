import Synchronization

/// Names where there is little room for them: whole, else by their last word, else without vowels.
package struct ShortNames: Equatable, Sendable {
    /// One for each class.
    package let names: [String]
    /// Columns of the longest one.
    package let longest: Int
    /// Fewer columns tell too little of a name.
    static let least = 6

    private enum Form { case fitting, beginnings, ends }

    private struct Asked: Hashable {
        let names: [String]
        let form: Form
        let room: Int
    }

    /// What was found, as every frame asks for the same, and hundreds of long names take milliseconds.
    private static let found = Mutex<[Asked: [String]?]>([:])
    /// Answers that are kept.
    private static let most = 128

    private static func kept(_ names: [String], _ form: Form, _ room: Int, _ find: () -> [String]?) -> [String]? {
        let asked = Asked(names: names, form: form, room: room)
        if let known = found.withLock({ $0[asked] }) { return known }
        let answer = find()
        found.withLock { found in
            if found.count >= most { found = [:] }
            found[asked] = .some(answer)
        }
        return answer
    }

    package init(_ names: [String]) {
        self.names = names
        longest = names.map(\.columns).max() ?? 0
    }

    /// The names in at most so many columns, no two of them equal; nil where that is not possible.
    package func fitting(_ room: Int) -> [String]? { Self.kept(names, .fitting, room) { fitted(room) } }

    private func fitted(_ room: Int) -> [String]? {
        guard !names.isEmpty, longest > room else { return names.isEmpty ? nil : names }
        guard room >= ShortNames.least else { return nil }
        let forms = [
            names.map { ShortNames.byLastWord($0, room) ?? ShortNames.withoutVowels($0, room) },
            names.map { ShortNames.withoutVowels($0, room) },
        ]
        return forms.first { Set($0).count == names.count }
    }

    /// Beginnings of the names in at most so many columns, no two of them equal; nil where that is not possible.
    ///
    /// For the columns of a matrix: the same names stand whole beside its rows, in the same order.
    package func beginnings(_ room: Int) -> [String]? { Self.kept(names, .beginnings, room) { begun(room) } }

    private func begun(_ room: Int) -> [String]? {
        guard room > 0, !names.isEmpty else { return nil }
        let cut = names.map { ShortNames.beginning($0, room) }
        return Set(cut).count == names.count && !cut.contains("") ? cut : nil
    }

    /// Beginnings and ends of the names in at most so many columns, no two of them equal, with as little of the ends as
    /// that takes; nil where that is not possible.
    ///
    /// For names that begin alike: `speed limit 20` and `speed limit 30`.
    package func ends(_ room: Int) -> [String]? { Self.kept(names, .ends, room) { ended(room) } }

    private func ended(_ room: Int) -> [String]? {
        guard room > 1, !names.isEmpty else { return nil }
        for tail in 1..<room {
            let cut = names.map { name in
                if name.columns <= room { return name }
                let end = String(ShortNames.beginning(String(name.reversed()), tail).reversed())
                return ShortNames.beginning(name, room - end.columns) + end
            }
            if Set(cut).count == names.count { return cut }
        }
        return nil
    }

    private static func beginning(_ name: String, _ room: Int) -> String {
        var characters = Array(name)
        while String(characters).columns > room { characters.removeLast() }
        return String(characters)
    }

    /// The name, or its last word, which in English says what the thing is: `ankle boot` is a boot.
    private static func byLastWord(_ name: String, _ room: Int) -> String? {
        if name.columns <= room { return name }
        guard name.contains(" "), let word = name.split(separator: " ").last else { return nil }
        return word.columns <= room && word.count >= 3 ? String(word) : nil
    }

    /// The name with vowels left out from the end on, until it fits; cut where that is not enough.
    private static func withoutVowels(_ name: String, _ room: Int) -> String {
        var characters = Array(name)
        func columns() -> Int { String(characters).columns }
        while columns() > room,
            let vowel = characters.indices.dropFirst().last(where: { "aeiou".contains(characters[$0]) })
        {
            characters.remove(at: vowel)
        }
        while columns() > room { characters.removeLast() }
        return String(characters)
    }
}
