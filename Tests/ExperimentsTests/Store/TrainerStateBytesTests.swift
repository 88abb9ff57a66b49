import Experiments
import Foundation
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
        bytes[4] = 2
        #expect(throws: BlobError.version(2)) { try TrainerState(bytes: bytes) }
    }
}
