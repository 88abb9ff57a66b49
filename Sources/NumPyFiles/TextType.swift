/// NumPy's types of text: `<U5` for up to five characters of 32 bits each, `|S5` for up to five bytes. What is shorter is
/// filled with zeros.
package struct TextType: Sendable, Equatable {
    /// Characters of a value at most, or bytes.
    package let length: Int
    private let isUnicode: Bool
    private let isBigEndian: Bool

    /// A value that is no text.
    package struct Fault: Error, Equatable {
        /// Its index, from 0.
        package let index: Int
    }

    /// Nil where NumPy's text names no type of text.
    package init?(_ text: String) {
        guard let order = text.first, "<>|=".contains(order), let length = Int(text.dropFirst(2)), length >= 0,
            length <= 1 << 20
        else { return nil }
        switch text.dropFirst().first {
        case "U": isUnicode = true
        case "S": isUnicode = false
        default: return nil
        }
        (self.length, isBigEndian) = (length, order == ">")
    }

    /// Bytes of a value.
    package var width: Int { isUnicode ? 4 * length : length }

    /// Each value as text, without the zeros behind it.
    ///
    /// - Parameter values: the bytes of an array, `width` for each.
    /// - Throws: the first value that is no text.
    package func decode(_ values: [UInt8], count: Int) throws(Fault) -> [String] {
        var texts: [String] = []
        texts.reserveCapacity(count)
        for index in 0..<count {
            guard let text = text(values[(index * width)..<((index + 1) * width)]) else { throw Fault(index: index) }
            texts.append(text)
        }
        return texts
    }

    private func text(_ bytes: ArraySlice<UInt8>) -> String? {
        guard isUnicode else {
            let end = bytes.lastIndex { $0 != 0 }.map { $0 + 1 } ?? bytes.startIndex
            return String(validating: bytes[..<end], as: UTF8.self)
        }
        var scalars = String.UnicodeScalarView()
        var zeros = 0
        for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 4) {
            let word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
            let value = isBigEndian ? word.byteSwapped : word
            guard let scalar = Unicode.Scalar(value) else { return nil }
            if value == 0 {
                zeros += 1
            } else {
                scalars.append(contentsOf: repeatElement("\0" as Unicode.Scalar, count: zeros))
                scalars.append(scalar)
                zeros = 0
            }
        }
        return String(scalars)
    }

    /// The type that holds all of these, and their values.
    static func encode(_ texts: [String]) -> (type: String, values: [UInt8]) {
        let length = max(1, texts.map(\.unicodeScalars.count).max() ?? 1)
        var values: [UInt8] = []
        values.reserveCapacity(4 * length * texts.count)
        for text in texts {
            for scalar in text.unicodeScalars { values.append(littleEndian: scalar.value) }
            values += repeatElement(0, count: 4 * (length - text.unicodeScalars.count))
        }
        return ("<U\(length)", values)
    }
}
