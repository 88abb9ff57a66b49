import Foundation
import TestSupport
import Testing

/// `train committee` and `train distilled`: several networks, their mean, and one that learns from it.
@Suite(.timeLimit(.minutes(40))) struct CommitteeTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.writeDataset(
            trainLabels: (0..<60).map { UInt8($0 % 3) }, testLabels: (0..<20).map { UInt8($0 % 3) })
    }

    @discardableResult
    private func run(_ words: String...) throws -> Program.Result {
        try Program.run(words, environment: ["XDG_DATA_HOME": folder.path("home")])
    }

    private func runs() throws -> [String] {
        try run("runs", "list", "--columns", "id,spec").output.split(separator: "\n").dropFirst().map(String.init)
    }

    @Test("A committee trains each network once, takes what is there, and its student learns from the mean")
    func trains() throws {
        let settings = "epochs=1 warmup=0 batch=20"
        let first = try run("train", "committee \(settings)", "--data", folder.path)
        #expect(first.status == 0, "\(first)")
        #expect(first.output.contains("ensemble") && first.errors.contains("saved as committee"))
        let lines = try runs()
        #expect(lines.count == 8)
        #expect(Set(lines.compactMap { $0.firstMatch(of: /seed=(\d+)/)?.1 }).count == 8)
        for form in ["deslant=true", "width=10", "width=20"] { #expect(lines.contains { $0.contains(form) }) }
        let again = try run("train", "committee \(settings)", "--data", folder.path)
        #expect(again.status == 0 && again.errors.contains("the ensemble is there: committee"))
        #expect(try runs().count == 8, "nothing is trained twice")

        let distilled = try run("train", "distilled \(settings)", "--data", folder.path, "--name", "committee")
        #expect(distilled.status == 0, "\(distilled)")
        let student = try #require(try runs().first { $0.contains("teacher=sha256:") })
        #expect(try runs().count == 9 && student.contains("temp=") == false)
        #expect(try run("runs", "show", "9").output.contains("it learned from the ensemble committee, too"))
        #expect(try run("evaluate", "committee", "--data", folder.path).status == 0)
    }

    @Test("Options for one run, and a name that another ensemble has, are refused")
    func refused() throws {
        for (words, reason) in [
            (["--export", folder.path("x")], "--export: not with committee"),
            (["--no-save"], "--no-save: not with committee"), (["--csv", "-"], "--csv: not with committee"),
        ] {
            let result = try Program.run(
                ["train", "committee epochs=1", "--data", folder.path] + words,
                environment: ["XDG_DATA_HOME": folder.path("home")])
            #expect(result.status == 2 && result.errors.contains(reason), "\(result)")
        }
        let wrong = try run("train", "committee epoch=1", "--data", folder.path)
        #expect(wrong.status == 2 && wrong.errors.contains("epochs"))
    }
}
