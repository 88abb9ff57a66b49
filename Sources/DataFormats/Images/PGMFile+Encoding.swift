extension PGMFile {
    /// The bytes of a `P5` file.
    package static func encode(_ image: GrayImage) -> [UInt8] {
        Array("P5\n\(image.columns) \(image.rows)\n255\n".utf8) + image.pixels
    }
}
