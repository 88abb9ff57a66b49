/// Text in lines of whole words.
package enum WrappedText {
    /// The text's words in lines of at most so many columns. A figure stays with its unit.
    ///
    /// - Returns: at least one line; what is longer than the width has one of its own.
    package static func lines(_ text: String, width: Int) -> [String] { lines(of: together(text), width: width) }

    /// Lines of parts that are not broken, with blanks between them.
    ///
    /// - Returns: at least one line; a part that is longer than the width has one of its own.
    package static func lines(of parts: some Sequence<String>, width: Int) -> [String] {
        var lines = [""]
        for part in parts {
            let last = lines[lines.count - 1]
            if last.isEmpty || last.columns + 1 + part.columns <= width {
                lines[lines.count - 1] = last.isEmpty ? part : last + " " + part
            } else {
                lines.append(part)
            }
        }
        return lines
    }

    /// The text's words, those as one between which no line ends: `12 s`, `1.5 MB`, `60 × 20`, `4.5 : 1`.
    private static func together(_ text: String) -> [String] {
        var parts: [String] = []
        var isOpen = false
        var previous: Substring = ""
        for word in text.split(separator: " ") {
            let isSign = ["×", ":"].contains(word)
            let staysBehind = isFigure(previous) && (isSign || units.contains(unit(word)))
            if let last = parts.last, staysBehind || (isOpen && isFigure(word)) {
                parts[parts.count - 1] = last + " " + word
            } else {
                parts.append(String(word))
            }
            isOpen = staysBehind && isSign
            previous = word
        }
        return parts
    }

    private static let units: Set<Substring> = [
        "%", "µs", "ms", "s", "min", "h", "B", "kB", "MB", "GB", "KiB", "MiB", "GiB",
    ]

    /// The word without what a sentence puts behind it.
    private static func unit(_ word: Substring) -> Substring {
        var word = word
        while let last = word.last, ",.;:)".contains(last) { word = word.dropLast() }
        return word
    }

    /// Whether a word is a number, as `3,000`, `-0.5` or `(12` are.
    private static func isFigure(_ word: Substring) -> Bool {
        let digits = word.drop { "(+-−±~<>≥≤".contains($0) }
        guard let first = digits.first, let last = digits.last else { return false }
        return first.isWholeNumber && last.isWholeNumber && digits.allSatisfy { $0.isWholeNumber || ".,".contains($0) }
    }
}
