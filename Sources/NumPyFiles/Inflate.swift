import Compression

/// Unpacks raw deflate data of a known length.
enum Inflate {
    enum Fault: Error {
        case noMemory
        case damaged(String)
        /// The packed data end before their end mark.
        case cutOff
        /// The data have fewer bytes than the entry says.
        case shorter(Int)
        /// The data have more bytes than the entry says.
        case longer
        /// Packed bytes after the end mark.
        case trailing(Int)
    }

    /// - Parameter size: bytes that the data must unpack to; no more are ever written.
    static func unpack(_ packed: ArraySlice<UInt8>, size: Int) throws(Fault) -> [UInt8] {
        guard let inflater = Inflater(.none) else { throw .noMemory }
        var step: Inflater.Step?
        let bytes = [UInt8](unsafeUninitializedCapacity: max(1, size)) { output, count in
            let done = inflater.unpack(packed, into: UnsafeMutableBufferPointer(rebasing: output[..<size]))
            (step, count) = (done, done.produced)
        }
        let left = packed.count - (step?.consumed ?? 0)
        switch step?.status {
        case .ended:
            if bytes.count < size { throw .shorter(bytes.count) }
            if left > 0 { throw .trailing(left) }
            return bytes
        case .going: throw left == 0 ? .cutOff : .longer
        case .damaged(let reason): throw .damaged(reason)
        case .noMemory, nil: throw .noMemory
        }
    }

    /// The first bytes of what is packed, at most `count`.
    static func beginning(_ packed: ArraySlice<UInt8>, count: Int) throws(Fault) -> [UInt8] {
        guard let inflater = Inflater(.none) else { throw .noMemory }
        var status = Inflater.Status.going
        let bytes = [UInt8](unsafeUninitializedCapacity: max(1, count)) { output, filled in
            let step = inflater.unpack(packed, into: UnsafeMutableBufferPointer(rebasing: output[..<count]))
            (status, filled) = (step.status, step.produced)
        }
        switch status {
        case .damaged(let reason): throw .damaged(reason)
        case .noMemory: throw .noMemory
        case .going, .ended: return bytes
        }
    }
}
