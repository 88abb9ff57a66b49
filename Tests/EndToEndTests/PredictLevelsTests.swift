import DataFormats
import Datasets
import Foundation
import TestSupport
import Testing

/// `predict` of pictures for networks of data sets whose values take a part of a byte.
@Suite(.timeLimit(.minutes(40))) struct PredictLevelsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let rows = 24

    /// Bars of 0 to 16 on 8 × 8 pixels, as in scikit-learn's digits: the class says where they are. Some noise makes each
    /// image another one.
    private static func images(_ count: Int, from first: Int) -> (pixels: [UInt8], labels: [UInt8]) {
        var pixels: [UInt8] = []
        for image in first..<(first + count) {
            for pixel in 0..<64 {
                let isBar = pixel % 8 / 2 == image % 4
                let noise = (image * 31 + pixel * 17 + image * pixel) % 5
                pixels.append(UInt8(isBar && noise > 0 ? 12 + noise : noise / 4))
            }
        }
        return (pixels, (first..<(first + count)).map { UInt8($0 % 4) })
    }

    private func writeData() throws {
        for (name, count, first) in [("train", 200, 0), ("t10k", Self.rows, 1000)] {
            let (pixels, labels) = Self.images(count, from: first)
            try folder.write(
                [0, 0, 8, 3, 0, 0, 0, UInt8(count), 0, 0, 0, 8, 0, 0, 0, 8] + pixels,
                as: "set/\(name)-images-idx3-ubyte")
            try folder.write([0, 0, 8, 1, 0, 0, 0, UInt8(count)] + labels, as: "set/\(name)-labels-idx1-ubyte")
        }
    }

    /// The images of the test set as they are shown: from black to white.
    private func writePictures() throws {
        let dataset = try DatasetSource.resolve(folder.path("set")).load()
        #expect(dataset.levels == ShownLevels(least: 0, greatest: 16))
        for row in 0..<Self.rows {
            let number = row < 10 ? "0\(row)" : "\(row)"
            try folder.write(PGMFile.encode(dataset.picture(dataset.test, row)), as: "pictures/\(number).pgm")
        }
    }

    private func predictions(_ arguments: [String]) throws -> [[String: Any]] {
        let result = try Program.run(["predict"] + arguments + ["--json"])
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        let value = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        if let several = value as? [[String: Any]] { return several }
        return [try #require(value as? [String: Any])]
    }

    @Test(
        "A test image as a picture from black to white is predicted as the image itself, also where the data is gone",
        arguments: ["unit", "standard"])
    func pictures(scale: String) throws {
        try writeData()
        try writePictures()
        let store = ["--store", folder.path("runs.sqlite")]
        let trained = try Program.run(
            ["train", "16relu", "epochs=4", "scale=\(scale)", "--quiet", "--data", folder.path("set")]
                + ["--export", folder.path("net")] + store)
        #expect(trained.status == 0, "\(trained.errors)")
        for model in [["1"] + store, [folder.path("net"), "--data", folder.path("set")]] {
            let pictures = try predictions(model + [folder.path("pictures")])
            #expect(pictures.count == Self.rows)
            for row in 0..<Self.rows {
                let own = try #require(try predictions(model + ["--index", "\(row)"]).first)
                #expect(pictures[row]["probabilities"] as? [Double] == own["probabilities"] as? [Double], "\(row)")
            }
        }
        let before = try predictions(["1", folder.path("pictures")] + store)
        try FileManager.default.removeItem(atPath: folder.path("set"))
        for model in [["1"] + store, [folder.path("net")]] {
            let after = try predictions(model + [folder.path("pictures")])
            #expect(after.map { $0["probabilities"] as? [Double] } == before.map { $0["probabilities"] as? [Double] })
        }
    }
}
