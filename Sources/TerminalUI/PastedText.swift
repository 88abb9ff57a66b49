/// A pasted text: one line of characters that can be typed.
///
/// Line ends and tabs became blanks; other control characters and direction marks were removed. Nothing in it acts as a
/// key.
package struct PastedText: Equatable, Sendable {
    /// The beginning of it, up to the longest possible line.
    package private(set) var text = ""
    /// Number of scalars of the whole paste; more than `text` has, and than any line takes, where it was too long.
    package private(set) var count = 0

    /// More than any line takes, so that a paste that is longer is refused.
    package static let mostKept = TextField.Limit.line + 1

    /// - Parameters:
    ///   - text: the paste, or its beginning.
    ///   - excess: further characters that were counted but not stored.
    package init(_ text: String, excess: Int = 0) {
        var kept = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            defer { last = scalar }
            // A line end of two characters becomes one blank.
            guard last != "\r" || scalar != "\n", let typed = Self.typed(scalar) else { continue }
            count += 1
            if count <= Self.mostKept { kept.append(typed) }
        }
        self.text = String(kept)
        count += excess
    }

    /// Whether it has nothing but blanks.
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
