import Compression
import DataFormats
import TestSupport

/// Four small IDX files, one of which is the input: its first byte says which, or that it is gzip'ed.
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
    }

    static func samples() throws -> [String: [UInt8]] {
        var samples: [String: [UInt8]] = [:]
        for (index, file) in try IDXTarget().whole.enumerated() {
            samples[names[index]] = [UInt8(index)] + file
            samples[names[index] + ".gz"] = [UInt8(index)] + gzip(file)
        }
        return samples
    }

    func run(_ input: [UInt8]) throws {
        guard let first = input.first else { return }
        let role = Int(first % 4)
        let bytes = Array(input.dropFirst())
        try ScratchFile.write(bytes, to: folder.path(Self.names[role]))
        defer { try? ScratchFile.write(whole[role], to: folder.path(Self.names[role])) }
        do {
            guard let format = try IDXFormat(path: folder.path) else { return }
            // Four threads read all files, which takes longer than all else: so first what one thread can refuse.
            if role < 2 { _ = try format.outline() }
            try check(try format.load {}, format, bytes, role)
        } catch let error as DataError {
            try requireMessage(error)
        }
    }

    private func check(_ contents: DatasetContents, _ format: IDXFormat, _ bytes: [UInt8], _ role: Int) throws {
        let (outline, digests) = (try format.outline(), try format.digests())
        for part in [contents.train, contents.test] {
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
