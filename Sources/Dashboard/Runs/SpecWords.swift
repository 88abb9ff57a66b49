/// A shortened spec line: whole words, first those that differ from the lines beside it.
struct SpecWords {
    private let words: [Substring]

    /// - Parameters:
    ///   - line: the layers, then settings.
    ///   - changes: what was changed while it trained: a place and its settings are one word.
    init(_ line: String, changes: String = "") {
        var words = line.split(separator: " ")
        var change: Substring?
        for word in changes.split(separator: " ") {
            if word.hasPrefix("@"), let done = change { words.append(done) }
            change = word.hasPrefix("@") ? word : change.map { $0 + " " + word } ?? word
        }
        if let change { words.append(change) }
        self.words = words
    }

    /// Words that all of the lines have.
    static func shared(by lines: [SpecWords]) -> Set<Substring> {
        guard var shared = lines.first.map({ Set($0.words) }) else { return [] }
        for line in lines.dropFirst() { shared.formIntersection(line.words) }
        return shared
    }

    /// The words that fit, in the line's order, with an ellipsis where some are left out: the layers, which alone may
    /// be too long, then what the other lines don't have, then the rest.
    func text(width: Int, shared: Set<Substring>) -> String {
        let whole = words.joined(separator: " ")
        guard whole.columns > width, words.count > 1 else { return whole }
        let ellipsis = " …"
        var kept: Set<Int> = [0]
        var room = width - words[0].columns - ellipsis.count
        let settings = words.indices.dropFirst()
        let tellingFirst =
            settings.filter { !shared.contains(words[$0]) } + settings.filter { shared.contains(words[$0]) }
        for index in tellingFirst {
            let length = words[index].columns + 1
            // No shorter word in its place: the length of words must not decide which are shown.
            guard length <= room else { break }
            kept.insert(index)
            room -= length
        }
        return words.indices.filter(kept.contains).map { words[$0] }.joined(separator: " ") + ellipsis
    }
}
