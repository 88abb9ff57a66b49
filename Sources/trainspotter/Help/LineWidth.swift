import Foundation

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
}
