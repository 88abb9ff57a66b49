import Foundation
import TerminalUI

/// How many columns a line has.
enum LineWidth {
    /// What a line has where nobody says.
    static let usual = 80

    /// The width of the terminal behind a descriptor; nil where there is none.
    static func terminal(_ descriptor: Int32) -> Int? {
        var size = winsize()
        guard isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    /// The text's words in lines of at most so many columns; a longer word has a line of its own.
    static func fold(_ words: some Sequence<String>, width: Int) -> [String] {
        var lines: [String] = []
        for word in words {
            if let last = lines.last, last.columns + 1 + word.columns <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(word)
            }
        }
        return lines
    }
}
