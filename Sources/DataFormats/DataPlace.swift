/// A place within a file, for errors.
package enum DataPlace: Sendable, Equatable {
    /// Counted from 0, of the unpacked contents.
    case byte(Int)
    /// A line of a text, and a field of it where one is meant; both counted from 1.
    case line(Int, column: Int? = nil)

    /// In words: `at byte 8`, `line 3, column 2`.
    var words: String {
        switch self {
        case .byte(let offset): "at byte \(offset)"
        case .line(let line, let column): "line \(line)" + (column.map { ", column \($0)" } ?? "")
        }
    }
}
