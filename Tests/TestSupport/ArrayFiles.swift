import CZlib

/// A `.npy` file of version 1.0, as `numpy.save` writes it.
///
/// - Parameters:
///   - type: NumPy's text for the type of a value: `|u1`.
///   - values: the bytes behind the header.
package func npy(_ type: String, _ shape: [Int], _ values: [UInt8], isFortran: Bool = false) -> [UInt8] {
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let order = isFortran ? "True" : "False"
    let text = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (\(sizes)), }\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + littleEndianBytes(UInt16(text.utf8.count)) + Array(text.utf8)
        + values
}

/// Numbers one after the other, little-endian.
package func littleEndianBytes<Word: FixedWidthInteger>(_ words: Word...) -> [UInt8] { littleEndianBytes(words) }
package func littleEndianBytes<Word: FixedWidthInteger>(_ words: [Word]) -> [UInt8] {
    words.flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } }
}

package func littleEndianBytes(_ numbers: [Float]) -> [UInt8] { littleEndianBytes(numbers.map(\.bitPattern)) }
package func littleEndianBytes(_ numbers: [Double]) -> [UInt8] { littleEndianBytes(numbers.map(\.bitPattern)) }

/// A `.npz` file, as `numpy.savez` and `numpy.savez_compressed` write it.
package func npz(_ arrays: [(name: String, contents: [UInt8])], isPacked: Bool = false) -> [UInt8] {
    var (body, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, contents) in arrays {
        let packed = isPacked ? deflated(contents) : contents
        let checksum = UInt32(crc32(0, contents, UInt32(contents.count)))
        let file = Array("\(name).npy".utf8)
        let common: [UInt8] =
            littleEndianBytes(UInt16(20), 0, isPacked ? 8 : 0, 0, 0x21)
            + littleEndianBytes(checksum, UInt32(packed.count), UInt32(contents.count))
            + littleEndianBytes(UInt16(file.count), 0)
        directory += littleEndianBytes(UInt32(0x0201_4B50)) + littleEndianBytes(UInt16(20)) + common
        directory += littleEndianBytes(UInt16(0), 0, 0) + littleEndianBytes(UInt32(0), UInt32(body.count)) + file
        body += littleEndianBytes(UInt32(0x0403_4B50)) + common + file + packed
    }
    let count = UInt16(arrays.count)
    return body + directory + littleEndianBytes(UInt32(0x0605_4B50)) + littleEndianBytes(UInt16(0), 0, count, count)
        + littleEndianBytes(UInt32(directory.count), UInt32(body.count)) + littleEndianBytes(UInt16(0))
}
