import Foundation
import TestSupport
import Testing

/// Runs on data sets in one file, or in a folder with several.
@Suite(.timeLimit(.minutes(40))) struct DataFilesTests {
    private let folder: TemporaryFolder
    private var store: [String] { ["--store", folder.path("runs.sqlite")] }

    init() throws { folder = try TemporaryFolder() }

    private static let table = (0..<40).map { "\($0 % 3),\($0),0,7,255\n" }.joined()
    private static let heldOut =
        "the files have no test part: 9 of 40 rows are held out to test with, 20 % of each class, chosen by the seed 1 "
        + "(test=, testseed=)\n"

    @Test("A table is trained on, and a saved run finds it again with what was said of it")
    func table() throws {
        try folder.write(Self.table, as: "shapes.csv")
        let data = folder.path("shapes.csv") + ":label=first,transpose"
        let trained = try Program.run(["train", "2tanh", "epochs=2", "--quiet", "--data", data] + store)
        #expect(trained.status == 0 && trained.errors == "trainspotter: shapes.csv: " + Self.heldOut)
        let measured = try Program.run(["evaluate", "1"] + store)
        #expect(measured.status == 0 && measured.output.contains(", 9 images\n"), "\(measured.errors)")
        #expect(try Program.run(["runs", "repeat", "1"] + store).status == 0)
        let exported = try Program.run(["export", "1", "--format", "keras", "--out", folder.path("x.py")] + store)
        #expect(exported.status == 0, "\(exported.errors)")
        let program = try folder.text(of: "x.py")
        #expect(program.contains("held_out(y_train, 0.2, 1)") && program.contains(".swapaxes(1, 2)"))
        // Another table in its place is told of.
        try folder.write(Self.table.replacing("7", with: "8"), as: "shapes.csv")
        let other = try Program.run(["evaluate", "1"] + store)
        #expect(other.errors.contains("has other images or labels"))
    }

    @Test("A NumPy file is trained on, and shown with its classes")
    func numpy() throws {
        let images = npy("|u1", [40, 2, 2], (0..<160).map { UInt8($0) })
        let labels = npy("<i8", [40], littleEndianBytes((0..<40).map { Int64($0 % 3 + 1) }))
        try folder.write(
            npz([("x_train", images), ("y_train", labels), ("x_test", images), ("y_test", labels)], isPacked: true),
            as: "shapes.npz")
        let data = ["--data", folder.path("shapes.npz")]
        let trained = try Program.run(["train", "2tanh", "epochs=2", "--quiet"] + data + store)
        #expect(
            trained.status == 0
                && trained.errors == "trainspotter: shapes.npz: labels are counted from 1: label 1 is the first class\n"
        )
        let shown = try Program.run(["data", "show"] + data)
        let table = try #require(shown.output.components(separatedBy: "\n\n").first)
        #expect(
            table == """
                shapes.npz: 2 × 2 pixels
                class  train  test
                1         14    14
                2         13    13
                3         13    13
                all       40    40
                labels are counted from 1: label 1 is the first class
                """)
        let verified = try Program.run(["data", "verify"] + data)
        #expect(verified.status == 0 && verified.output.hasPrefix("well formed  shapes.npz  40 × 2 × 2  sha256 "))
    }

    @Test(
        "What is no data set has status 2 and one line",
        arguments: [
            (
                "notes.txt", "", "words, and more words\n",
                "no data set of a known format; expected a folder with IDX files, "
            ),
            ("a.csv", "", "", "is empty; expected a folder with IDX files, "),
            ("a.csv", "", "0,1,2,3,4\n1,2,3,x,5\n", "line 2, column 4: expected a number, found \"x\""),
            ("a.csv", ":lable=last", "0,1,2,3,4\n1,2,3,4,5\n", "option lable=last: expected one of set=, transpose, "),
            (
                "a.npz", "", "PK and no more",
                "at byte 14: expected the end record of a ZIP file, found the end of the file"
            ),
        ])
    func refused(name: String, options: String, text: String, message: String) throws {
        try folder.write(text, as: name)
        let path = folder.path(name)
        for command in [["train", "2tanh"], ["data", "show"], ["2tanh"]] {
            let result = try Program.run(command + ["--data", path + options] + (command[0] == "data" ? [] : store))
            #expect(result.status == 2 && result.output.isEmpty, "\(command)")
            #expect(result.errors.hasPrefix("trainspotter: \(path): \(message)"), "\(result.errors)")
            #expect(result.errors.split(separator: "\n").count == 1)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("runs.sqlite")))
    }
}
