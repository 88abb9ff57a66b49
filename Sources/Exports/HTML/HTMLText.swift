import Foundation
import Interchange
import Markup

/// Text and pictures as HTML.
enum HTMLText {
    /// A line of words that are not split while they fit, as a browser would break a line after each hyphen.
    static func unbroken(_ line: String) -> String {
        line.split(separator: " ").map { "<span>\(MarkupText.escaped(String($0)))</span>" }.joined(separator: " ")
    }

    /// The text with each number and its per cent sign on one line.
    static func bindingPerCents(_ text: String) -> String {
        text.replacing(/(\d) %/) { "\($0.1)\u{A0}%" }
    }

    /// An element with attributes, whose values are escaped here; the contents are HTML.
    static func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ contents: String) -> String
    {
        let words = attributes.map { " \($0.key)=\"\(MarkupText.escaped($0.value))\"" }.joined()
        return "<\(name)\(words)>\(contents)</\(name)>"
    }

    /// A picture within the page.
    ///
    /// - Parameter alternative: a description for readers who can't see it.
    static func image(_ image: PNGImage, alternative: String) -> String {
        let data = Data(image.encoded).base64EncodedString()
        return "<img src=\"data:image/png;base64,\(data)\" width=\"\(image.width)\" height=\"\(image.height)\" "
            + "alt=\"\(MarkupText.escaped(alternative))\">"
    }

    /// A table row of text cells; the first one is the row's header.
    static func row(_ cells: [String]) -> String {
        let rest = cells.dropFirst().map { "<td>\(MarkupText.escaped($0))</td>" }.joined()
        return "<tr><th scope=\"row\">\(MarkupText.escaped(cells.first ?? ""))</th>\(rest)</tr>"
    }

    /// A table of text, its first column the rows' headers.
    static func table(class name: String, caption: String, columns: [String], rows: [[String]]) -> String {
        let head = columns.map { "<th scope=\"col\">\(MarkupText.escaped($0))</th>" }.joined()
        return """
            <div class="scroll"><table class="\(name)">
            <caption>\(MarkupText.escaped(caption))</caption>
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(rows.map(row).joined(separator: "\n"))
            </tbody></table></div>
            """
    }
}
