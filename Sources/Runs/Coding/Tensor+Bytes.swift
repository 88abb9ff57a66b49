import Foundation
import Networks

extension Tensor {
    func write(to writer: inout ByteWriter) {
        writer.write(name)
        writer.write(shape) { $0.write($1) }
        writer.write(values)
    }

    static func bytes(_ tensors: [Tensor]) -> Data {
        var writer = ByteWriter(reserving: 4 * tensors.reduce(0) { $0 + $1.values.count } + 1024)
        writer.write(tensors) { $1.write(to: &$0) }
        return writer.sealed(.weights)
    }

    static func reading(_ bytes: Data) throws(BlobError) -> [Tensor] {
        var reader = try ByteReader(bytes, .weights)
        let tensors = try reader.tensors()
        try reader.finish()
        return tensors
    }
}

extension ByteReader {
    mutating func tensors() throws(BlobError) -> [Tensor] {
        try list { (reader) throws(BlobError) in
            Tensor(
                name: try reader.text(), shape: try reader.list { (reader) throws(BlobError) in try reader.whole() },
                values: try reader.floats())
        }
    }
}
