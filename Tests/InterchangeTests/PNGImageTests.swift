import Interchange
import TestSupport
import Testing

@Suite struct PNGImageTests {
    @Test("A file of each kind is read back: header, checksums, pixels", arguments: [PNGImage.Kind.gray, .rgb])
    func roundTrip(_ kind: PNGImage.Kind) throws {
        let (width, height) = (7, 5)
        let pixels = (0..<(width * height * kind.samples)).map { UInt8(truncatingIfNeeded: 97 * $0) }
        let image = PNGImage(width: width, height: height, kind: kind, pixels: pixels)
        #expect(try PNGReader.read(image.encoded) == image)
    }

    @Test("Enlarging makes a square of each pixel")
    func enlarged() {
        let image = PNGImage(width: 2, height: 1, kind: .rgb, pixels: [1, 2, 3, 4, 5, 6])
        let row: [UInt8] = [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6]
        #expect(image.enlarged(by: 2) == PNGImage(width: 4, height: 2, kind: .rgb, pixels: row + row))
        #expect(image.enlarged(by: 1) == image)
    }

    @Test("The reader of the tests finds a flipped bit anywhere behind the signature")
    func damage() {
        let bytes = PNGImage(width: 2, height: 2, kind: .gray, pixels: [0, 60, 120, 255]).encoded
        for place in 8..<bytes.count {
            var damaged = bytes
            damaged[place] ^= 4
            #expect(throws: (any Error).self) { try PNGReader.read(damaged) }
        }
    }
}
