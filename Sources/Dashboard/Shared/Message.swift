/// A line in place of the status.
package struct Message: Equatable, Sendable {
    package enum Kind: Sendable { case note, warning, error }
    package let kind: Kind
    /// All of it.
    package let text: String
    private let refusal: Refusal?

    private init(_ kind: Kind, _ text: String, _ refusal: Refusal? = nil) {
        self.kind = kind
        self.text = text
        self.refusal = refusal
    }

    /// As much of it as fits, the most useful part first.
    package func text(width: Int) -> String { refusal?.description(width: width) ?? text }

    package static func note(_ text: String) -> Message { Message(.note, text) }
    package static func warning(_ text: String) -> Message { Message(.warning, text) }
    package static func error(_ text: String) -> Message { Message(.error, text) }
    static func note(_ refusal: Refusal) -> Message { Message(.note, refusal.description, refusal) }
    static func error(_ refusal: Refusal) -> Message { Message(.error, refusal.description, refusal) }

    static let stillLoading = Message.note("the data set is still loading")
}
