/// The numbers of NumPy's `RandomState(seed)`, as far as splits need them: the Mersenne Twister MT19937 of Matsumoto and
/// Nishimura (1998), seeded by `init_genrand`, and the draws of NumPy's `legacy-distributions.c` and `mtrand.pyx`, which
/// NumPy promises never to change.
struct LegacyRandomState {
    private static let length = 624
    private static let middle = 397

    private var state: [UInt32]
    private var place = length

    init(seed: UInt32) {
        state = [seed]
        state.reserveCapacity(Self.length)
        for index in 1..<Self.length {
            let last = state[index - 1]
            state.append(1_812_433_253 &* (last ^ last >> 30) &+ UInt32(index))
        }
    }

    /// The next 32 bits.
    mutating func next() -> UInt32 {
        if place == Self.length { twist() }
        var bits = state[place]
        place += 1
        bits ^= bits >> 11
        bits ^= bits << 7 & 0x9D2C_5680
        bits ^= bits << 15 & 0xEFC6_0000
        return bits ^ bits >> 18
    }

    private mutating func twist() {
        for index in 0..<Self.length {
            let bits = state[index] & 0x8000_0000 | state[(index + 1) % Self.length] & 0x7FFF_FFFF
            let odd: UInt32 = bits & 1 == 0 ? 0 : 0x9908_B0DF
            state[index] = state[(index + Self.middle) % Self.length] ^ bits >> 1 ^ odd
        }
        place = 0
    }

    /// `random_interval`: a whole number from 0 to `greatest`, by masked rejection; draws nothing for 0.
    private mutating func next(upTo greatest: UInt32) -> UInt32 {
        guard greatest > 0 else { return 0 }
        let mask = UInt32.max >> UInt32(greatest.leadingZeroBitCount)
        while true {
            let value = next() & mask
            if value <= greatest { return value }
        }
    }

    /// `permutation(values)`: a shuffled copy, by Fisher and Yates from the last value down.
    mutating func permutation<Value>(_ values: [Value]) -> [Value] {
        var values = values
        for last in stride(from: values.count - 1, to: 0, by: -1) {
            values.swapAt(last, Int(next(upTo: UInt32(last))))
        }
        return values
    }

    /// `choice(values, count, replace=False)`: the first of a permutation.
    mutating func choice<Value>(_ values: [Value], count: Int) -> [Value] {
        Array(permutation(values).prefix(count))
    }
}
