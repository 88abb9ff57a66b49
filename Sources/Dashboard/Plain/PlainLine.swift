/// One line of the plain screen: a fact.
package struct PlainLine: Equatable, Sendable {
    /// The fact in words.
    package var text: String
    /// Whether the arrows have selected it: the terminal's cursor is on it, and a screen reader speaks it.
    package var isSelected = false
    /// The column for the next typed character, from the line's start; nil where nothing is typed.
    package var caret: Int?

    /// A fact in words.
    init(_ text: String, isSelected: Bool = false) {
        self.text = text
        self.isSelected = isSelected
    }

    /// A value with its name.
    init(_ label: String, _ value: String, isSelected: Bool = false) {
        self.init("\(label): \(value)", isSelected: isSelected)
    }
}
