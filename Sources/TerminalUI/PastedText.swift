/// What was pasted as one piece: one line of characters that can be typed.
///
/// Line ends and tabs became blanks, other control characters were dropped, and marks that turn the direction of what
/// follows, too: nothing of it is a key.
package struct PastedText: Equatable, Sendable {
    /// The beginning of it, as far as any line could hold it.
    package private(set) var text = ""
    /// Scalars that it has; more than the text has, and than any line takes, where it was too long to be kept.
    package private(set) var count = 0

    /// More than any line takes, so that what is not kept is refused.
    package static let mostKept = TextField.Limit.line + 1

    /// - Parameters:
    ///   - text: what was pasted, or as much of it as was kept.
    ///   - excess: characters that it had beyond those, as far as they were counted.
    package init(_ text: String, excess: Int = 0) {
        var kept = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            defer { last = scalar }
            // A line end of two characters is one blank.
            guard last != "\r" || scalar != "\n", let typed = Self.typed(scalar) else { continue }
            count += 1
            if count <= Self.mostKept { kept.append(typed) }
        }
        self.text = String(kept)
        count += excess
    }

    /// Whether there is nothing to be read in it.
    package var isBlank: Bool { text.allSatisfy { $0 == " " } }

    private static func typed(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x20...0x7E: return scalar
        case 0x09...0x0D: return " "
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control: return scalar.value == 0x85 ? " " : nil
        case .lineSeparator, .paragraphSeparator, .spaceSeparator: return " "
        default: return scalar.properties.isBidiControl ? nil : scalar
        }
    }
}
