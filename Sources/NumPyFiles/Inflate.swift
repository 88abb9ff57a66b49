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

    /// - Parameters:
    ///   - size: bytes that the data must unpack to; no more are ever written.
    ///   - start: where they are divided, at most `size`.
    static func unpack(
        _ packed: ArraySlice<UInt8>, size: Int, from start: Int
    ) throws(Fault) -> (head: [UInt8], rest: [UInt8]) {
        guard let inflater = Inflater(.none) else { throw .noMemory }
        var (left, status) = (packed, Inflater.Status.going)
        func next(_ size: Int) -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: max(1, size)) { output, count in
                guard status == .going else { return count = 0 }
                let step = inflater.unpack(left, into: UnsafeMutableBufferPointer(rebasing: output[..<size]))
                (status, count) = (step.status, step.produced)
                left = left.dropFirst(step.consumed)
            }
        }
        let (head, rest) = (next(start), next(size - start))
        switch status {
        case .ended:
            if head.count + rest.count < size { throw .shorter(head.count + rest.count) }
            if !left.isEmpty { throw .trailing(left.count) }
            return (head, rest)
        case .going: throw left.isEmpty ? .cutOff : .longer
        case .damaged(let reason): throw .damaged(reason)
        case .noMemory: throw .noMemory
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
