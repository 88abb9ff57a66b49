import NumPyFiles

extension NumberType {
    /// By NumPy's text for it, with the order of its bytes; nil for what is no number: text, objects, records.
    package static func numpy(_ text: String) -> (type: NumberType, isBigEndian: Bool)? {
        let types: [String: NumberType] = [
            "b1": .boolean, "u1": .uint8, "i1": .int8, "u2": .uint16, "i2": .int16, "u4": .uint32, "i4": .int32,
            "u8": .uint64, "i8": .int64, "f2": .float16, "f4": .float32, "f8": .float64,
        ]
        guard let order = text.first, "<>|=".contains(order), let type = types[String(text.dropFirst())] else {
            return nil
        }
        return (type, order == ">")
    }
}

extension DataError {
    init(_ error: NumPyError) {
        self =
            switch error {
            case .unreadable(let path, let reason): .unreadable(path: path, reason: reason)
            case .malformed(let path, let offset, let expected, let found):
                .malformed(path: path, offset: offset, expected: expected, found: found)
            // Only what is written can be.
            case .tooLarge: .unreadable(path: "", reason: error.description)
            }
    }
}
