import Foundation
import GRDB
import TestSupport
import Testing

/// Names, notes and tags that would be commands to a terminal.
@Suite(.timeLimit(.minutes(40))) struct HostileNamesTests {
    private let folder: TemporaryFolder
    private var store: [String] { ["--store", folder.path("runs.sqlite")] }
    private let name = "red\u{1B}[31m\u{1B}]0;title\u{7}\u{9B}2J\u{202E}x"

    init() throws {
        folder = try TemporaryFolder()
        try folder.writeDataset(
            trainLabels: (0..<60).map { UInt8($0 % 3) }, testLabels: (0..<20).map { UInt8($0 % 3) })
        for name in ["plain", "数字"] {
            let trained = try run(
                "train", "4relu", "epochs=2", "batch=8", "--data", folder.path, "--name", name, "--quiet")
            try #require(trained.status == 0, "\(trained.errors)")
        }
        try DatabaseQueue(path: folder.path("runs.sqlite")).write { database in
            try database.execute(
                sql: """
                    UPDATE run SET name = ?, note = ?, dataset = ?, failure = ?, host = ?, program = ?, fingerprint = ?
                    WHERE id = 1
                    """,
                arguments: [
                    name, "two\nlines\u{202E}turned\u{1B}c", "set\u{1B}c\n", "why\u{7}", "h\u{1B}c", "p\u{7}", "f\u{8}",
                ])
            try database.execute(sql: "INSERT INTO run_tag VALUES (1, ?)", arguments: ["t\u{1B}[2J"])
        }
    }

    private func run(_ arguments: String...) throws -> Program.Result { try Program.run(arguments + store) }

    /// Whether a text has nothing that a terminal would act on but for lines' ends.
    private func isHarmless(_ text: String) -> Bool {
        !text.unicodeScalars.contains { scalar in
            scalar != "\n"
                && [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
        }
    }

    @Test(
        "No command sends what is in a name, a note, a tag or a data set's name to the terminal as a command",
        arguments: [
            ["runs"], ["runs", "list", "--columns", "id,name,tag,note,data,host,program"], ["runs", "show", "1"],
            ["runs", "note", "1"], ["runs", "diff", "1", "2"], ["runs", "errors", "1", "2"], ["watch", "1"],
            ["screenshot", "runs", "--run", "1", "--plain"], ["screenshot", "runs", "--run", "1"],
            ["screenshot", "lab", "--run", "1", "--plain"], ["runs", "show", "no\u{1B}[31msuch"], ["runs", "check"],
            ["runs", "list", "--filter", "x\u{1B}=1"], ["train", "8\u{1B}relu"], ["train", "--data", "/no\u{1B}c"],
            ["runs", "list", "--json"], ["runs", "show", "1", "--json"], ["evaluate", "/no\u{202E}model"],
            ["train", "8relu", "--unknown\u{1B}"], ["export", "1", "--format", "json"],
        ])
    func staysHarmless(arguments: [String]) throws {
        let result = try Program.run(arguments + (["evaluate", "export"].contains(arguments[0]) ? [] : store))
        #expect(isHarmless(result.output), "\(arguments): \(result.output.debugDescription)")
        #expect(isHarmless(result.errors), "\(arguments): \(result.errors.debugDescription)")
        #expect(!result.output.isEmpty || !result.errors.isEmpty)
    }

    @Test("A run is one row, whatever its name, and a wide character takes two columns of it")
    func alignsRows() throws {
        #expect(
            try run("runs", "list", "--columns", "id,name,done").output == """
                id  name                     done
                 2  数字                      2/2
                 1  red?[31m?]0;title??2J?x   2/2

                """)
    }

    @Test("JSON has the very name, and the dashboard's screen shows a wide one")
    func keepsJSON() throws {
        let text = try run("runs", "show", "1", "--json").output
        let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(json["name"] as? String == name)
        #expect(json["note"] as? String == "two\nlines\u{202E}turned\u{1B}c")
        #expect(text.contains("\\u001b[31m"))
        #expect(try run("screenshot", "runs", "--run", "2").output.contains("数字"))
        #expect(try run("screenshot", "runs", "--run", "2", "--plain").output.contains("数字"))
    }
}
