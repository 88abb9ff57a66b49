import Kernels
import Testing

@Suite struct AlignedBufferTests {
    @Test("A buffer is zeroed and starts on a cache line", arguments: [0, 1, 63, 100_000])
    func zeroed(count: Int) {
        let buffer = AlignedBuffer<Float>(count: count)
        #expect(UInt(bitPattern: buffer.pointer) % 64 == 0)
        #expect((0..<max(count, 1)).allSatisfy { buffer.pointer[$0] == 0 })
        #expect(buffer.byteCount == 4 * max(count, 1))
    }

    @Test("Where the system gives no memory, the program says how much it asked for")
    func noMemory() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = AlignedBuffer<UInt8>(count: 1 << 60)
        }
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(said.contains("the system gives no memory for 1099511627776 MiB more"), "\(said.prefix(500))")
    }

    @Test("A count of more bytes than there are addresses ends the same way")
    func tooMany() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = AlignedBuffer<Double>(count: 1 << 61)
        }
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(said.contains("the system gives no memory for 2305843009213693952 values more"), "\(said.prefix(500))")
    }
}
