import Foundation
import Kernels
import Testing

@Suite struct SeededGeneratorTests {
    @Test func `the first values are those of an independent implementation`() {
        var plain = SeededGenerator(seed: 1)
        var streamed = SeededGenerator(seed: 1, stream: 7)
        #expect(
            (0..<3).map { _ in plain.next() } == [0xEF75_D62A_19BA_94ED, 0x8E94_9053_6375_F270, 0xC056_30B1_C614_195D])
        #expect(
            (0..<3).map { _ in streamed.next() } == [
                0x9C5C_7575_CD28_93F7, 0x760C_84B0_E202_D3ED, 0xBD3A_E2B2_908A_F351,
            ])
    }

    @Test func `uniform values lie in 0 ..< 1 with mean a half`() {
        var generator = SeededGenerator(seed: 3)
        let values = (0..<100_000).map { _ in generator.uniform() }
        #expect(values.allSatisfy { $0 >= 0 && $0 < 1 })
        #expect(abs(values.reduce(0.0) { $0 + Double($1) } / 1e5 - 0.5) < 0.005)
    }

    @Test func `normal values have mean 0, variance 1 and the tails of a normal distribution`() {
        let values = randomFloats(100_000, seed: 4).map(Double.init)
        #expect(abs(values.reduce(0, +) / 1e5) < 0.015)
        #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 1e5 - 1) < 0.02)
        #expect(abs(Double(values.count { abs($0) > 2 }) / 1e5 - 0.0455) < 0.004)
    }

    @Test func `a shuffle is a permutation that reaches every order about equally often`() {
        var generator = SeededGenerator(seed: 5)
        var orders: [[Int32]: Int] = [:]
        for _ in 0..<6000 {
            var values: [Int32] = [0, 1, 2]
            generator.shuffle(&values)
            orders[values, default: 0] += 1
        }
        #expect(orders.count == 6)
        #expect(orders.values.allSatisfy { abs($0 - 1000) < 150 })
        #expect(orders.keys.allSatisfy { $0.sorted() == [0, 1, 2] })
    }

    @Test func `shuffling nothing or one value does nothing`() {
        var generator = SeededGenerator(seed: 6)
        let before = generator
        var none: [Int32] = []
        var one: [Int32] = [9]
        generator.shuffle(&none)
        generator.shuffle(&one)
        #expect(none.isEmpty && one == [9] && generator == before)
    }

    @Test func `a decoded generator goes on where the encoded one was`() throws {
        var generator = SeededGenerator(seed: 7)
        _ = generator.next()
        var copy = try JSONDecoder().decode(SeededGenerator.self, from: JSONEncoder().encode(generator))
        #expect((0..<5).map { _ in copy.next() } == (0..<5).map { _ in generator.next() })
    }
}
