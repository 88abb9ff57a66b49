/// The words of a line as a shell divides them: at blanks that stand in no quotes and behind no backslash.
package struct ShellWords: Equatable, Sendable {
    /// The words, without their quotes.
    package let words: [String]

    /// - Returns: nil where a quote has no end, or a backslash is the last character.
    package init?(parsing line: String) {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in line {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "\\" {
                isEscaped = true
            } else if character == "\"" || character == "'" {
                (quote, word) = (character, word ?? "")
            } else if character.isWhitespace {
                if let whole = word { words.append(whole) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil, !isEscaped else { return nil }
        if let word { words.append(word) }
        self.words = words
    }

    /// A word that a shell reads as it is.
    package static func quoted(_ word: String) -> String { "'" + word.replacing("'", with: #"'\''"#) + "'" }
}
