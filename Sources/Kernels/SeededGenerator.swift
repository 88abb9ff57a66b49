import Foundation

/// A reproducible generator: xoshiro256**, whose state is filled by SplitMix64 from a seed and a stream number.
///
/// Source: Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators" (2021).
package struct SeededGenerator: RandomNumberGenerator, Codable, Sendable, Equatable {
    private var s0: UInt64
    private var s1: UInt64
    private var s2: UInt64
    private var s3: UInt64

    /// Different streams of one seed are independent for all practical purposes.
    package init(seed: UInt64, stream: UInt64 = 0) {
        var filler = SplitMix64(state: seed ^ SplitMix64.mix(stream))
        s0 = filler.next()
        s1 = filler.next()
        s2 = filler.next()
        s3 = filler.next()
    }

    /// 64 random bits.
    package mutating func next() -> UInt64 {
        let product = s1 &* 5
        let result = ((product << 7) | (product >> 57)) &* 9
        let shifted = s1 << 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= shifted
        s3 = (s3 << 45) | (s3 >> 19)
        return result
    }

    /// A uniform value in 0 ..< 1, a multiple of 2⁻²⁴.
    package mutating func uniform() -> Float {
        Float(next() >> 40) * 0x1p-24
    }

    /// A value of the standard normal distribution (Box and Muller; the second value of the pair is not used).
    package mutating func normal() -> Float {
        let radius = Double((next() >> 11) + 1) * 0x1p-53
        let angle = Double(next() >> 11) * 0x1p-53
        return Float((-2 * log(radius)).squareRoot() * cos(2 * .pi * angle))
    }

    /// Puts `values` into a uniformly random order (Fisher and Yates).
    package mutating func shuffle(_ values: inout [Int32]) {
        guard values.count > 1 else { return }
        for last in stride(from: values.count - 1, to: 0, by: -1) {
            values.swapAt(last, Int(below(UInt64(last) + 1)))
        }
    }

    /// A uniform integer in 0 ..< bound, without bias (Lemire 2019).
    private mutating func below(_ bound: UInt64) -> UInt64 {
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold {
                product = next().multipliedFullWidth(by: bound)
            }
        }
        return product.high
    }
}

/// Steele, Lea and Flood's SplitMix64: spreads a counter over 64 bits.
package struct SplitMix64 {
    /// The counter, which each step raises by a constant.
    package var state: UInt64

    package init(state: UInt64) {
        self.state = state
    }

    /// 64 random bits.
    package mutating func next() -> UInt64 {
        let result = Self.mix(state)
        state &+= 0x9E37_79B9_7F4A_7C15
        return result
    }

    /// The next output of a generator whose state is `value`.
    package static func mix(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
