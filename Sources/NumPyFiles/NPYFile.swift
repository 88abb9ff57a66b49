/// The `.npy` format: magic, version, the length of a header, the header, then the values. Source: NumPy's
/// `numpy.lib.format`.
package enum NPYFile {
    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// The longest header that NumPy itself reads, as a header is Python source.
    package static let longestHeader = 10_000
    /// Header and magic together fill a multiple of this, so that the values are aligned for memory maps.
    private static let alignment = 64
    /// NumPy leaves room for the first axis to grow.
    private static let growingAxisDigits = 21

    /// The same bytes as `numpy.save` writes for a float32 array in C order: format version 1.0.
    package static func encode(_ array: NumPyArray) -> [UInt8] {
        var bytes = header(type: "<f4", shape: array.shape)
        array.values.map { $0.bitPattern.littleEndian }.withUnsafeBytes { bytes += $0 }
        return bytes
    }

    /// What `numpy.save` writes before the values of an array in C order.
    ///
    /// - Parameter type: NumPy's text for the type of a value: `|u1`.
    package static func header(type: String, shape: [Int]) -> [UInt8] {
        var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(NumPyArray.text(ofShape: shape)), }"
        if let first = shape.first {
            header += String(repeating: " ", count: max(0, growingAxisDigits - String(first).count))
        }
        let bare = magic.count + 4 + header.utf8.count + 1
        header += String(repeating: " ", count: (alignment - bare % alignment) % alignment) + "\n"
        // Up to 65535 bytes, which a shape would need thousands of axes to exceed.
        precondition(header.utf8.count <= Int(UInt16.max), "a shape of few axes")
        var bytes = magic + [1, 0]
        bytes.append(littleEndian: UInt16(header.utf8.count))
        return bytes + header.utf8
    }

    /// Reads a file of format version 1.0, 2.0 or 3.0 that holds float32 values, little-endian and in C order.
    ///
    /// - Throws: `NumPyError` for everything else, nothing read.
    package static func read(path: String, limits: ReadLimits = .usual) throws(NumPyError) -> NumPyArray {
        try decode(try BoundedFile.read(path, limit: limits.fileBytes), path: path)
    }

    /// Decodes the bytes of a whole file; `path` is for errors.
    package static func decode(_ bytes: [UInt8], path: String) throws(NumPyError) -> NumPyArray {
        let text = try headerRange(bytes, path)
        var scanner = NPYHeaderScanner(bytes: bytes, range: text, path: path)
        let header = try scanner.header()
        let shape = header.shape
        let held = bytes.count - text.upperBound
        let count = try promised(shape, at: header.shapeOffset, path)
        if held < count * 4 { throw .truncated(path, at: bytes.count, lacking: count * 4 - held) }
        if held > count * 4 { throw .trailing(path, at: text.upperBound + count * 4, count: held - count * 4) }
        let values = bytes.withUnsafeBytes { raw in
            (0..<count).map { index in
                let word = raw.loadUnaligned(fromByteOffset: text.upperBound + 4 * index, as: UInt32.self)
                return Float(bitPattern: UInt32(littleEndian: word))
            }
        }
        return NumPyArray(shape: shape, values: values)
    }

    /// The header alone, of values of any type, from a file's first bytes: `NPYHeader.mostBytes` are enough.
    ///
    /// - Throws: `NumPyError`.
    package static func decodeHeader(_ bytes: [UInt8], path: String) throws(NumPyError) -> NPYHeader {
        let text = try headerRange(bytes, path)
        var scanner = NPYHeaderScanner(bytes: bytes, range: text, path: path, takesAllTypes: true)
        let header = try scanner.header()
        _ = try promised(header.shape, at: header.shapeOffset, path)
        return header
    }

    /// Checks that behind the header there are as many bytes as it promises, and no more.
    ///
    /// - Parameters:
    ///   - count: bytes of the whole file.
    ///   - width: bytes of a value.
    /// - Throws: `NumPyError`.
    package static func checkLength(_ count: Int, _ header: NPYHeader, width: Int, path: String) throws(NumPyError) {
        let held = count - header.valuesStart
        let (bytes, overflow) = try promised(header.shape, at: header.shapeOffset, path)
            .multipliedReportingOverflow(by: width)
        let expected = overflow ? Int.max : bytes
        if held < expected { throw .truncated(path, at: count, lacking: expected - held) }
        if held > expected { throw .trailing(path, at: header.valuesStart + expected, count: held - expected) }
    }

    /// The range of the header's text.
    private static func headerRange(_ bytes: [UInt8], _ path: String) throws(NumPyError) -> Range<Int> {
        guard bytes.prefix(magic.count).elementsEqual(magic) || magic.starts(with: bytes) else {
            throw .malformed(
                path: path, offset: 0, expected: "a .npy file (\\x93NUMPY)", found: "other bytes at its start")
        }
        guard bytes.count >= 10 else { throw .truncated(path, at: bytes.count, lacking: 10 - bytes.count) }
        guard (1...3).contains(bytes[6]), bytes[7] == 0 else {
            throw .malformed(
                path: path, offset: 6, expected: "format version 1.0, 2.0 or 3.0", found: "\(bytes[6]).\(bytes[7])")
        }
        // Version 1 has the header's length in 16 bits, later ones in 32.
        let start = bytes[6] == 1 ? 10 : 12
        guard bytes.count >= start else { throw .truncated(path, at: bytes.count, lacking: start - bytes.count) }
        let length = start == 10 ? Int(bytes.uint16(at: 8)) : Int(bytes.uint32(at: 8))
        guard length <= longestHeader else {
            throw .malformed(
                path: path, offset: 8, expected: "a header of at most \(longestHeader) bytes", found: "\(length)")
        }
        guard bytes.count >= start + length else {
            throw .truncated(path, at: bytes.count, lacking: start + length - bytes.count)
        }
        return start..<(start + length)
    }

    /// Number of values of a shape, refused where their bytes can't be counted.
    private static func promised(_ shape: [Int], at offset: Int, _ path: String) throws(NumPyError) -> Int {
        guard let count = NumPyArray.count(ofShape: shape) else {
            throw .malformed(
                path: path, offset: offset, expected: "a shape of fewer than 2^60 values",
                found: NumPyArray.text(ofShape: shape))
        }
        return count
    }
}

extension [UInt8] {
    mutating func append<Word: FixedWidthInteger>(littleEndian word: Word) {
        Swift.withUnsafeBytes(of: word.littleEndian) { self += $0 }
    }

    /// The caller has checked that the bytes are there.
    func uint16(at offset: Int) -> UInt16 { UInt16(self[offset]) | UInt16(self[offset + 1]) << 8 }

    /// The caller has checked that the bytes are there.
    func uint32(at offset: Int) -> UInt32 { UInt32(uint16(at: offset)) | UInt32(uint16(at: offset + 2)) << 16 }
}
