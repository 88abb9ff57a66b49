import Compression
import DataFormats
import TestSupport

/// Four small IDX files, one of which is the input: its first byte says which, or that it is EMNIST's file of characters.
struct IDXTarget: FuzzTarget {
    static let name = "idx"
    static let parsers = ["IDXFormat.init", "IDXFormat.outline", "IDXFormat.load", "IDXFormat.digests"]
    static let format: any DatasetFormat.Type = IDXFormat.self

    private static let names = [
        "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
    ]
    private let folder: TemporaryFolder
    private let whole: [[UInt8]]

    init() throws {
        folder = try TemporaryFolder()
        try folder.writeDataset(trainLabels: [0, 1, 2], testLabels: [3, 4])
        let folder = folder
        whole = try Self.names.map { try folder.bytes(of: $0) }
        for (name, bytes) in zip(Self.names, whole).prefix(2) {
            try folder.write(bytes, as: "emnist/emnist-own-\(name)")
        }
    }

    static func samples() throws -> [String: [UInt8]] {
        var samples: [String: [UInt8]] = [:]
        for (index, file) in try IDXTarget().whole.enumerated() {
            samples[names[index]] = [UInt8(index)] + file
            samples[names[index] + ".gz"] = [UInt8(index)] + gzip(file)
        }
        let header: [UInt8] = [0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2]
        samples["images-of-32-bits"] = [0, 0, 0, 0x0D, 3] + header + [UInt8](repeating: 0x3E, count: 48)
        samples["images-of-16-bits"] = [0, 0, 0, 0x0B, 3] + header + [UInt8](repeating: 1, count: 24)
        samples["images-of-colours"] = [0, 0, 0, 8, 4] + header + [0, 0, 0, 3] + (0..<36).map { UInt8(7 * $0) }
        samples["table-of-labels"] =
            [1, 0, 0, 0x0C, 2, 0, 0, 0, 3, 0, 0, 0, 8] + (0..<96).map { $0 % 32 == 3 ? UInt8($0 / 32) : 0 }
        samples["characters"] = [4] + Array("0 65 97\n1 66 98\n2 228\n".utf8)
        return samples
    }

    func run(_ input: [UInt8]) throws {
        guard let first = input.first else { return }
        let bytes = Array(input.dropFirst())
        if first % 5 == 4 { return try runMapping(bytes, input) }
        let role = Int(first % 5)
        try ScratchFile.write(bytes, to: folder.path(Self.names[role]))
        defer { try? ScratchFile.write(whole[role], to: folder.path(Self.names[role])) }
        do {
            guard let format = try IDXFormat(path: folder.path, options: DatasetOptions()) else { return }
            // Four threads read all files, which takes longer than all else: so first what one thread can refuse.
            if role < 2 { _ = try format.outline() }
            try check(try format.load {}, format, bytes, role)
        } catch let error as DataError {
            try requireMessage(error)
        }
    }

    /// The file of characters beside a small set without a test part.
    private func runMapping(_ bytes: [UInt8], _ input: [UInt8]) throws {
        try ScratchFile.write(bytes, to: folder.path("emnist/emnist-own-mapping.txt"))
        do {
            guard let format = try IDXFormat(path: folder.path("emnist"), options: DatasetOptions()) else { return }
            try DatasetCheck.check(format, input)
        } catch let error as DataError {
            try requireMessage(error)
        }
    }

    private func check(_ contents: DatasetContents, _ format: IDXFormat, _ bytes: [UInt8], _ role: Int) throws {
        let (outline, digests) = (try format.outline(), try format.digests())
        for part in [contents.train, contents.test].compactMap(\.self) {
            try require(part.pixels.count == part.labels.count * contents.shape.bytes, "images without labels")
        }
        try require(outline.shape == contents.shape, "an outline of another shape: \(outline.shape)")
        try require(outline.labels == contents.train.labels, "an outline with other labels")
        guard !bytes.starts(with: [0x1F, 0x8B]) else { return }
        var digest = SHA256()
        digest.update(bytes)
        try require(digests[role].digest == digest.finish(), "a part of a plain file was left out")
    }
}
