/// The first digits of the SHA-256 of a network's weights, by which a line names those that its run begins with.
public struct WeightDigest: Codable, Equatable, Hashable, Sendable, CustomStringConvertible {
    /// Digits that a line has: 64 bits, by which no two networks of a store are taken for each other.
    public static let length = 16
    /// What stands before them in a line.
    static let prefix = "sha256:"

    /// Hexadecimal, in small letters.
    public let digits: String

    /// The first digits of a whole SHA-256, which has 64 of them.
    public init(sha256: String) { digits = String(sha256.prefix(Self.length)) }

    /// Reads `sha256:` and 16 to 64 hexadecimal digits.
    ///
    /// - Throws: `SpecError` for another text.
    init(word: String) throws(SpecError) {
        let word = word.lowercased()
        let digits = word.dropFirst(Self.prefix.count)
        guard word.hasPrefix(Self.prefix), (Self.length...64).contains(digits.count),
            digits.allSatisfy({ $0.isASCII && $0.isHexDigit })
        else { throw SpecError(word, "no digest of weights", expected: Self.expected) }
        self.init(sha256: String(digits))
    }

    static let expected = "sha256: and 16 hexadecimal digits of saved weights, as `runs show` prints them, or none"

    /// As a line has it: `sha256:1a2b3c4d5e6f7081`.
    public var description: String { Self.prefix + digits }
}
