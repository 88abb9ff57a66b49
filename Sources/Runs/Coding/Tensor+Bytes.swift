import Foundation
import Networks

extension Tensor {
    func write(to writer: inout ByteWriter) {
        writer.write(name)
        writer.write(shape) { $0.write($1) }
        writer.write(values)
    }

    /// Weights as a store keeps them, with a version and a checksum.
    package static func bytes(_ tensors: [Tensor]) -> Data {
        var writer = ByteWriter(reserving: 4 * tensors.reduce(0) { $0 + $1.values.count } + 1024)
        writer.write(tensors) { $1.write(to: &$0) }
        return writer.sealed(.weights)
    }

    /// Decodes what `bytes` gave; nothing of damaged bytes is used.
    package static func reading(_ bytes: Data) throws(BlobError) -> [Tensor] {
        var reader = try ByteReader(bytes, .weights)
        let tensors = try reader.tensors()
        try reader.finish()
        return tensors
    }
}

extension ByteReader {
    /// The name of a tensor as networks have them, such as `12.moving_mean`: it becomes a part of errors.
    private mutating func tensorName() throws(BlobError) -> String {
        let name = try text()
        guard name.utf8.count <= 64, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .value("a tensor without a name of its kind")
        }
        return name
    }

    mutating func tensors() throws(BlobError) -> [Tensor] {
        try list { (reader) throws(BlobError) in
            Tensor(
                name: try reader.tensorName(),
                shape: try reader.list { (reader) throws(BlobError) in try reader.whole() },
                values: try reader.floats())
        }
    }
}
