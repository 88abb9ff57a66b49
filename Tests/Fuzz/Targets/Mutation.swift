import Kernels

/// Inputs that are made of others by chance, the same ones for the same number.
package struct Mutation {
    private var generator: SeededGenerator
    private let seeds: [[UInt8]]
    private let words: [[UInt8]]
    private let longest: Int

    /// - Parameters:
    ///   - number: another one gives other inputs.
    ///   - seeds: what inputs begin with.
    ///   - words: of the target's dictionary.
    ///   - longest: bytes of an input.
    package init(number: UInt64, seeds: [[UInt8]], words: [[UInt8]], longest: Int) {
        generator = SeededGenerator(seed: number)
        (self.seeds, self.words, self.longest) = (seeds.isEmpty ? [[]] : seeds, words, longest)
    }

    /// A seed with one to six changes.
    package mutating func next() -> [UInt8] {
        var bytes = seeds[below(seeds.count)]
        for _ in 0...below(6) { change(&bytes) }
        return bytes.count > longest ? Array(bytes.prefix(longest)) : bytes
    }

    private mutating func below(_ bound: Int) -> Int { bound < 1 ? 0 : Int(generator.next() % UInt64(bound)) }

    private mutating func range(in bytes: [UInt8]) -> Range<Int> {
        let start = below(bytes.count + 1)
        return start..<(start + below(min(32, bytes.count - start) + 1))
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let place = below(bytes.count)
        switch below(9) {
        case 0 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8(below(8))
        case 1 where !bytes.isEmpty: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
        case 2 where !bytes.isEmpty: bytes[place] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF, 0x0A, 0x20, 0x1B][below(9)]
        case 3: bytes.removeSubrange(range(in: bytes))
        case 4:
            let part = bytes[range(in: bytes)]
            bytes.insert(contentsOf: part, at: below(bytes.count + 1))
        case 5:
            let other = seeds[below(seeds.count)]
            bytes = Array(bytes.prefix(below(bytes.count + 1))) + other.suffix(below(other.count + 1))
        case 6: overwrite(&bytes, with: littleEndian(Self.numbers[below(Self.numbers.count)]))
        case 7: overwrite(&bytes, with: littleEndian(Self.numbers[below(Self.numbers.count)]).reversed())
        default:
            guard !words.isEmpty else { return bytes.append(UInt8(truncatingIfNeeded: generator.next())) }
            bytes.insert(contentsOf: words[below(words.count)], at: below(bytes.count + 1))
        }
    }

    /// Two, four or eight bytes of a number at any place.
    private mutating func overwrite(_ bytes: inout [UInt8], with number: [UInt8]) {
        let start = below(bytes.count)
        let count = min([2, 4, 8][below(3)], bytes.count - start)
        bytes.replaceSubrange(start..<(start + count), with: number.prefix(count))
    }

    private static let numbers: [UInt64] = [
        0, 1, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
        1 << 48, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, .max,
    ]
}
