/// A message that replaces the status line.
package struct Message: Equatable, Sendable {
    /// Its importance, which decides its colour.
    package enum Kind: Sendable { case note, warning, error }
    /// Its importance.
    package let kind: Kind
    /// The whole text, on one line.
    package let text: String
    private let refusal: Refusal?
    /// Whether less width gives other words, not only fewer.
    var hasShortForm: Bool { refusal != nil }

    private init(_ kind: Kind, _ text: String, _ refusal: Refusal? = nil) {
        self.kind = kind
        self.text = text
        self.refusal = refusal
    }

    /// The part of it that fits into so many columns, with what is most useful.
    package func text(width: Int) -> String { refusal?.description(width: width) ?? text }

    /// A message that something was done.
    package static func note(_ text: String) -> Message { Message(.note, text) }
    /// A message that something was not done, or may surprise.
    package static func warning(_ text: String) -> Message { Message(.warning, text) }
    /// A message that something failed.
    package static func error(_ text: String) -> Message { Message(.error, text) }
    static func note(_ refusal: Refusal) -> Message { Message(.note, refusal.description, refusal) }
    static func error(_ refusal: Refusal) -> Message { Message(.error, refusal.description, refusal) }

    /// The same with words before it.
    func prefixed(_ words: String) -> Message { Message(kind, words + text) }

    static let stillLoading = Message.note("the data set is still loading")
}
