import TestSupport

/// An IDX file of unsigned bytes; `sizes` may lie about the payload.
func idx(_ sizes: [UInt32], _ payload: [UInt8], type: UInt8 = 8) -> [UInt8] {
    let header = sizes.flatMap { size in withUnsafeBytes(of: size.bigEndian) { Array($0) } }
    return [0, 0, type, UInt8(sizes.count)] + header + payload
}

/// A good data set of 4 training and 2 test images of 2 × 3, three classes.
func writeSmallDataset(to folder: TemporaryFolder) throws {
    try folder.write(idx([4, 2, 3], Array(0..<24)), as: "train-images-idx3-ubyte")
    try folder.write(idx([4], [0, 1, 2, 1]), as: "train-labels-idx1-ubyte")
    try folder.write(idx([2, 2, 3], Array(100..<112)), as: "t10k-images-idx3-ubyte")
    try folder.write(idx([2], [2, 0]), as: "t10k-labels-idx1-ubyte")
}
