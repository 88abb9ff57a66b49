/// Text in lines of whole words.
enum WrappedText {
    /// - Returns: at least one line; a word that is longer than the width has one of its own.
    static func lines(_ text: String, width: Int) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            let last = lines[lines.count - 1]
            if last.isEmpty || last.count + 1 + word.count <= width {
                lines[lines.count - 1] = last.isEmpty ? String(word) : last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
