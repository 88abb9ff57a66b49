/// Text within HTML, XML or SVG.
package enum MarkupText {
    /// Text of an element or of an attribute in quotation marks: nothing in it is read as markup.
    ///
    /// Control characters but tab and newline become U+FFFD: XML forbids most of them, and HTML has no way to write
    /// them.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            case "\u{0}"..<" ", "\u{7F}"...("\u{9F}"): result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
