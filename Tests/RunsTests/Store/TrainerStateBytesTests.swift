import Foundation
import Runs
import Testing
import Training

/// The checkpoint's bytes: whole or refused.
struct TrainerStateBytesTests {
    private func state() throws -> TrainerState {
        try RunSamples.trainer("8tanh-6relu adam amsgrad=true plateau=1 patience=5 batch=30 val=0.1", batches: 37).state
    }

    @Test("A state comes back equal, NaN and infinities in its history too")
    func roundTrips() throws {
        var state = try state()
        #expect(try TrainerState(bytes: state.bytes) == state)
        // What is NaN is not equal to itself, so the bytes are compared.
        state.history.append(loss: .nan, accuracy: .infinity)
        state.network.weights[0].values[0] = .nan
        #expect(try TrainerState(bytes: state.bytes).bytes == state.bytes)
    }

    @Test("Bytes that were cut at any place, or changed at any, are refused")
    func refusesDamage() throws {
        let bytes = try state().bytes
        for length in stride(from: 0, to: bytes.count, by: 97) {
            #expect(throws: BlobError.self) { try TrainerState(bytes: bytes.prefix(length)) }
        }
        for place in stride(from: 0, to: bytes.count, by: 97) {
            var damaged = bytes
            damaged[place] ^= 0x10
            #expect(throws: BlobError.self) { try TrainerState(bytes: damaged) }
        }
    }

    @Test("Another kind, and a layout of a later program, are told apart")
    func refusesOthers() throws {
        var bytes = try state().bytes
        #expect(throws: BlobError.otherKind) { try ByteReader(bytes, .weights) }
        bytes[4] = 5
        #expect(throws: BlobError.version(5)) { try TrainerState(bytes: bytes) }
    }

    @Test("The earlier layouts, which end before the L1 factor, the planned epochs or the samples, are still read")
    func readsEarlierLayouts() throws {
        // Each value has a flag; the changes that were made are none here.
        let (changes, epochs, l1) = (1, 9, 9)
        var state = try state()
        #expect(state.l1 == 0 && state.epochs == 10 && state.madeChanges == nil)
        let bytes = state.bytes
        // Start and stride, then two lists with their lengths.
        let samples = 4 * 8 + 8 * state.history.samples.losses.count
        #expect(state.history.samples.losses.count == state.history.batches && state.history.batches > 0)
        // Samples are then taken from the next batch on.
        state.history.take(BatchSamples(start: state.history.batches))
        #expect(try TrainerState(bytes: Self.cut(bytes, by: samples, version: 3)) == state)
        state.epochs = nil
        #expect(try TrainerState(bytes: Self.cut(bytes, by: samples + changes + epochs, version: 2)) == state)
        state.l1 = nil
        #expect(try TrainerState(bytes: Self.cut(bytes, by: samples + changes + epochs + l1, version: 1)) == state)
    }

    /// The content without its end, under the header of an earlier layout.
    private static func cut(_ whole: Data, by count: Int, version: UInt8) -> Data {
        let content = whole.dropFirst(20).dropLast(count)
        var bytes = whole.prefix(4)
        bytes.append(contentsOf: [version, 0, 0, 0])
        bytes.append(contentsOf: withUnsafeBytes(of: UInt64(content.count).littleEndian) { Data($0) })
        bytes.append(contentsOf: withUnsafeBytes(of: crc32(content).littleEndian) { Data($0) })
        bytes.append(content)
        return bytes
    }

    private static func crc32(_ data: Data) -> UInt32 {
        ~data.reduce(~0) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
    }
}
