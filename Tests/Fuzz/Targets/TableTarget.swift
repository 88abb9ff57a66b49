import DataFormats
import TestSupport

/// A table of images, gzip'ed or not. The input's first byte says which column has the labels, and that it is packed.
struct TableTarget: FuzzTarget {
    static let name = "table"
    static let parsers = ["CSVFormat.init", "CSVFormat.outline", "CSVFormat.load", "CSVFormat.digests"]
    static let format: any DatasetFormat.Type = CSVFormat.self

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    static func samples() throws -> [String: [UInt8]] {
        let rows = "0,0,10,20,0\n1,0,30,255,0\n0,0,11,21,0\n1,0,31,41,0\n"
        return [
            "names": [0] + Array(("label,pixel0,pixel1,pixel2,pixel3\n" + rows).utf8),
            "last": [2] + Array("0\t0.5\t1\t0\tcat\n0\t1e-1\t0\t0\towl\n0\t1\t0\t0\tcat\n".utf8),
            "quoted": [0] + Array("\u{FEFF}\"a\";\"b\";\"label\"\r\n\"1\";2;\"x \"\"y\"\"\"\r\n3;4;z\r\n\r\n".utf8),
            "index": [0] + Array(",label,0,1,2,3\n0,0,0,10,20,0\n1,1,0,30,255,0\n".utf8),
            "packed": [4] + Array(rows.utf8),
        ]
    }

    func run(_ input: [UInt8]) throws {
        guard let first = input.first else { return }
        let bytes = Array(input.dropFirst())
        let path = folder.path("a.csv")
        try ScratchFile.write(first & 4 > 0 ? gzip(bytes) : bytes, to: path)
        let said = ["", "label=first", "label=last", "size=1x2"][Int(first % 4)]
        do {
            let options = said.isEmpty ? DatasetOptions() : try DatasetOptions(parsing: said)
            guard let format = try CSVFormat(path: path, options: options) else { return }
            try DatasetCheck.check(format, input)
        } catch let error as DataError {
            try requireMessage(error)
        }
    }
}
