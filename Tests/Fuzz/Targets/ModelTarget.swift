import Exports
import Foundation
import NumPyFiles
import Specs
import TestSupport
import Training

/// A folder with a trained network: its spec, its weights, and perhaps its history.
///
/// Two bytes give the length of the spec, one more says what the rest is.
struct ModelTarget: FuzzTarget {
    static let name = "model"
    static let parsers = ["SavedModel.init(path", "RunReport.init(text"]
    static let longestInput = 1 << 13
    static let repair: (@Sendable ([UInt8]) -> [UInt8])? = { $0.prefix(3) + ZipRepair.repaired(Array($0.dropFirst(3))) }

    private static let files = ["spec.txt", "weights.npz", "0.kernel.npy", "result.json"]
    private let folder: TemporaryFolder
    private let weights: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        weights = try Self.archive()
    }

    /// The weights of the sample's network.
    private static func archive() throws -> [UInt8] {
        try NPZFile.encode(
            try StoreSamples.trainer().network.tensors().map { tensor in
                NPZFile.Entry(name: tensor.name, array: NumPyArray(shape: tensor.shape, values: tensor.values))
            })
    }

    static func samples() throws -> [String: [UInt8]] {
        let spec = Array(try StoreSamples.spec().description.utf8)
        let length = littleEndian(UInt16(spec.count))
        let report = Array(
            #"{"format":{"name":"trainspotter run","version":1},"spec":"\#(String(decoding: spec, as: UTF8.self))","dataset":{"name":"dots","train":40,"validation":10,"test":12},"parameters":1,"seed":7,"threads":1,"epochs":[]}"#
                .utf8)
        let kernel = NPYFile.encode(NumPyArray(shape: [4, 3], values: Array(repeating: 0.5, count: 12)))
        return [
            "archive": length + [1] + spec + (try archive()), "arrays": length + [2] + spec + kernel,
            "report": length + [3] + spec + report, "no-spec": [0, 0, 1] + (try archive()),
        ]
    }

    func run(_ input: [UInt8]) throws {
        guard input.count >= 3 else { return }
        let length = Int(input.word16(at: 0))
        let (spec, rest) = (Array(input.dropFirst(3).prefix(length)), Array(input.dropFirst(3 + length)))
        for name in Self.files { unlink(folder.path(name)) }
        if !spec.isEmpty { try ScratchFile.write(spec, to: folder.path("spec.txt")) }
        let kind = 1 + Int(input[2]) % 3
        try ScratchFile.write(rest, to: folder.path(Self.files[kind]))
        if kind == 3 { try ScratchFile.write(weights, to: folder.path("weights.npz")) }
        do {
            let model = try SavedModel(path: folder.path, spec: spec.isEmpty ? "3tanh+bn" : nil)
            try check(model)
        } catch let error as ModelError {
            try requireMessage(error)
        }
    }

    private func check(_ model: SavedModel) throws {
        let names = model.spec.network.tensorNames
        try require(model.tensors.map(\.name) == names, "other tensors than the network's")
        try require(model.tensors.allSatisfy { $0.values.allSatisfy(\.isFinite) }, "a value that is not finite")
        _ = (model.line, model.files)
        guard let trainer = try? model.trainer(for: StoreSamples.dataset, threads: 1) else { return }
        try EvaluationReading.readAll(trainer.evaluateTest())
    }
}
