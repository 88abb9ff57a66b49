/// Grey levels of colours: the luma of ITU-R BT.601, in whole numbers, so that another program gets the same bytes.
enum Luma {
    /// 0.299 red + 0.587 green + 0.114 blue, rounded, halves up.
    static func level(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
        let sum: Int = 299 * Int(red) + 587 * Int(green) + 114 * Int(blue)
        return UInt8((sum + 500) / 1000)
    }

    /// A level on white paper, by how opaque it is; rounded.
    static func onWhite(_ level: UInt8, opacity: UInt8) -> UInt8 {
        let sum: Int = Int(level) * Int(opacity) + 255 * (255 - Int(opacity))
        return UInt8((sum + 127) / 255)
    }

    /// Ink in four colours as files of Adobe's programs have it, where 255 is no ink: a colour's light is dimmed by
    /// that of black, rounded.
    static func level(cyan: UInt8, magenta: UInt8, yellow: UInt8, black: UInt8) -> UInt8 {
        func light(_ color: UInt8) -> UInt8 { UInt8((Int(color) * Int(black) + 127) / 255) }
        return level(light(cyan), light(magenta), light(yellow))
    }
}

/// What the bytes of a pixel are, as a file is unpacked.
enum PixelForm {
    case gray, grayWithOpacity, rgb, rgbWithOpacity, cmyk

    /// Bytes of a pixel.
    var channels: Int {
        switch self {
        case .gray: 1
        case .grayWithOpacity: 2
        case .rgb: 3
        case .rgbWithOpacity, .cmyk: 4
        }
    }

    /// Grey levels, a byte a pixel.
    ///
    /// - Parameter pixels: `channels` bytes for each.
    func levels(_ pixels: [UInt8]) -> [UInt8] {
        switch self {
        case .gray: pixels
        case .grayWithOpacity: Self.map(pixels, 2) { Luma.onWhite($0[0], opacity: $0[1]) }
        case .rgb: Self.map(pixels, 3) { Luma.level($0[0], $0[1], $0[2]) }
        case .rgbWithOpacity:
            Self.map(pixels, 4) { Luma.onWhite(Luma.level($0[0], $0[1], $0[2]), opacity: $0[3]) }
        case .cmyk: Self.map(pixels, 4) { Luma.level(cyan: $0[0], magenta: $0[1], yellow: $0[2], black: $0[3]) }
        }
    }

    private static func map(
        _ pixels: [UInt8], _ channels: Int, _ level: (UnsafePointer<UInt8>) -> UInt8
    ) -> [UInt8] {
        let count = pixels.count / channels
        return [UInt8](unsafeUninitializedCapacity: count) { levels, filled in
            pixels.withUnsafeBufferPointer { all in
                guard let start = all.baseAddress else { return }
                for index in 0..<count { levels[index] = level(start + index * channels) }
            }
            filled = count
        }
    }
}
