import Foundation
import TestSupport
import Testing

/// What `data show` finds in images that would lead a beginner astray.
@Suite(.timeLimit(.minutes(40))) struct DataShowTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// - Returns: the lines behind the table.
    private func found(train: [UInt8], test: [UInt8] = [0, 1, 2], _ words: String...) throws -> [String] {
        try folder.writeDataset(trainLabels: train, testLabels: test)
        let result = try Program.run(["data", "show", "--data", folder.path] + words)
        #expect(result.status == 0 && result.errors == "")
        return result.output.components(separatedBy: "\n\n").last?.split(separator: "\n").map(String.init) ?? []
    }

    @Test("Sorted labels, and test images that are trained on, are told in a line each, with what to do")
    func sorted() throws {
        let sorted = (0..<60).map { UInt8($0 / 20) }
        let lines = try found(train: sorted)
        #expect(lines[0].hasPrefix("training pixels: 0 to 255, mean 1"), "\(lines[0])")
        #expect(
            lines[2]
                == "duplicates: 0 training and 0 test images repeat an earlier one, 3 test images are training images, too"
        )
        #expect(lines[3].hasPrefix("training images most unlike the mean of their class: "))
        #expect(
            Array(lines[4...]) == [
                "to know: labels are sorted: all rows held out are 2; split=stratified mixes them",
                "to know: 3 test images are trained on or held out, too: the test is too easy",
                "to know: 2 images stand under two labels, one of them wrong: look at the duplicates",
            ])
        let mixed = try found(train: sorted, "--settings", "split=stratified")
        #expect(!mixed.contains { $0.contains("sorted") } && mixed.count == lines.count - 1)
    }

    @Test("Labels that begin at 1 are told")
    func fromOne() throws {
        let lines = try found(train: (0..<60).map { UInt8(1 + $0 % 3) }, test: [1, 2, 3])
        let told = "to know: no image of class 0: if labels begin at 1, name the classes in a file classes.txt beside "
        #expect(lines.contains { $0.hasPrefix(told) })
    }

    @Test("As JSON it has the counts, the values, the duplicates and the warnings")
    func json() throws {
        try folder.writeDataset(trainLabels: (0..<60).map { UInt8($0 / 20) }, testLabels: [0, 1, 2])
        let result = try Program.run(["data", "show", "--json", "--data", folder.path])
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let classes = try #require(report["classes"] as? [[String: Any]])
        #expect(classes.map { $0["train"] as? Int } == [20, 20, 14] && classes[2]["held_out"] as? Int == 6)
        #expect(classes.allSatisfy { $0["weight"] is NSNull && ($0["mean_distance"] as? Double ?? 0) > 0 })
        #expect((report["duplicates"] as? [String: Any])?["test_in_train"] as? Int == 3)
        #expect((report["warnings"] as? [String])?.count == 3)
        let train = try #require(report["train"] as? [String: Any])
        #expect(train["images"] as? Int == 60 && (train["most_unlike"] as? [[String: Any]])?.count == 10)
        #expect(try Program.run(["data", "show", "3", "--json"]).status == 2)
    }
}
