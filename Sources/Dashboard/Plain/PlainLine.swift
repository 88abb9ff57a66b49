/// One line of the plain screen: a fact.
package struct PlainLine: Equatable, Sendable {
    package var text: String
    /// Whether this is what the arrows move: the terminal's cursor stands here, and a screen reader speaks it.
    package var isSelected = false
    /// Where the next typed character goes, counted from the line's start; nil where nothing is typed.
    package var caret: Int?

    /// A fact in words.
    init(_ text: String, isSelected: Bool = false) {
        self.text = text
        self.isSelected = isSelected
    }

    /// A value and what it is called.
    init(_ label: String, _ value: String, isSelected: Bool = false) {
        self.init("\(label): \(value)", isSelected: isSelected)
    }
}
