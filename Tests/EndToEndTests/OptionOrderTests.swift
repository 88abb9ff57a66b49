import Foundation
import TestSupport
import Testing

/// Options in places where people put them.
@Suite(.timeLimit(.minutes(40))) struct OptionOrderTests {
    @Test("Options before a subcommand are understood as behind it")
    func before() throws {
        let folder = try TemporaryFolder()
        let store = folder.path("runs.sqlite")
        try folder.writeDataset(trainLabels: (0..<40).map { UInt8($0 % 3) }, testLabels: [0, 1, 2])
        let trained = try Program.run([
            "--store", store, "--data", folder.path, "train", "2tanh", "epochs=1", "--quiet", "--name", "-x",
        ])
        #expect(trained.status == 0, "\(trained.errors)")
        let expected = try Program.run(["runs", "list", "--store", store])
        #expect(expected.output.contains("-x"))
        for words in [
            ["--store", store, "runs", "list"], ["runs", "--store", store, "list"], ["--store=\(store)", "runs"],
        ] {
            let result = try Program.run(words)
            #expect(result.status == 0 && result.output == expected.output, "\(words)")
        }
        let json = try Program.run(["--json", "--store", store, "runs", "list"])
        #expect(json.output.hasPrefix("[\n") && json.errors.isEmpty)
        let shown = try Program.run(["--data", folder.path, "data", "show"])
        #expect(try shown.output == Program.run(["data", "show", "--data", folder.path]).output)
        #expect(shown.status == 0)
    }

    /// What the program says of its commands.
    private struct Command: Decodable {
        struct Argument: Decodable {
            struct Name: Decodable { let kind: String, name: String }
            let kind: String
            let names: [Name]?
        }
        let commandName: String
        let arguments: [Argument]?
        let subcommands: [Command]?

        /// Options with a value, each with the way to a command that has it.
        func valued(_ path: [String] = []) -> [String: [String]] {
            var found: [String: [String]] = [:]
            for argument in arguments ?? [] where argument.kind == "option" {
                for name in argument.names ?? [] where name.kind == "long" { found["--" + name.name] = path }
            }
            for command in subcommands ?? [] { found.merge(command.valued(path + [command.commandName])) { $1 } }
            return found
        }
    }

    @Test("Every option that takes a value takes it also before the command")
    func everyOption() throws {
        struct Dump: Decodable { let command: Command }
        let dump = try Program.run(["--experimental-dump-help"]).output
        let options = try JSONDecoder().decode(Dump.self, from: Data(dump.utf8)).command.valued()
        #expect(options.count > 35 && options["--from"] == ["train"])
        for (option, path) in options where !path.isEmpty {
            let result = try Program.run([option, "1"] + path + ["--help"])
            // Of some 1 is no value, which the command itself says.
            let said = result.status == 0 ? result.output : result.errors
            let command = "trainspotter " + path.joined(separator: " ")
            #expect(said.contains(command) && !said.contains("Unknown option"), "\(option) \(path): \(said)")
        }
    }

    @Test("An option of another command is refused by the one that is named")
    func other() throws {
        let result = try Program.run(["--theme", "light", "runs", "list"])
        #expect(result.status == 2)
        #expect(result.errors.contains("Unknown option '--theme'"), "\(result.errors)")
    }

    @Test("A value may begin with a minus sign")
    func minus() throws {
        let folder = try TemporaryFolder()
        let store = ["--store", folder.path("runs.sqlite")]
        try folder.writeDataset(trainLabels: (0..<40).map { UInt8($0 % 3) }, testLabels: [0, 1, 2])
        for name in ["-q", "b"] {
            let result = try Program.run(
                ["train", "2tanh", "epochs=1", "--quiet", "--name", name, "--tag", "-old", "--data", folder.path]
                    + store)
            #expect(result.status == 0, "\(result.errors)")
        }
        let sorted = try Program.run(["runs", "list", "--columns", "id,name,tag", "--sort", "-id"] + store)
        #expect(
            sorted.output == """
                id  name  tag
                 1  -q    -old
                 2  b     -old

                """)
        let found = try Program.run(["runs", "list", "--columns", "id", "--filter", "-q"] + store)
        #expect(found.output == "id\n 1\n" && found.errors.isEmpty)
        let loss = try Program.run(["runs", "list", "--sort", "-val_loss"] + store)
        #expect(loss.status == 0 && loss.errors.isEmpty)
        let keys = try Program.run(["screenshot", "curves", "--keys", "-", "--run", "1"] + store)
        #expect(keys.status == 0, "\(keys.errors)")
        let missing = try Program.run(["runs", "list", "--sort", "--json"] + store)
        #expect(missing.status == 2)
        #expect(
            missing.errors == "trainspotter: --sort: expected a value, found --json; --sort=--json if that is meant\n")
    }

    @Test("Tags, notes and names may begin with a minus sign, whatever stands before them")
    func minusWords() throws {
        let folder = try TemporaryFolder()
        let store = folder.path("runs.sqlite")
        try folder.writeDataset(trainLabels: (0..<40).map { UInt8($0 % 3) }, testLabels: [0, 1, 2])
        let trained = try Program.run([
            "train", "2tanh", "epochs=1", "--quiet", "--tag", "draft", "--tag", "old", "--data", folder.path, "--store",
            store,
        ])
        #expect(trained.status == 0, "\(trained.errors)")
        for words in [
            ["runs", "tag", "1", "-draft", "new", "--store", store],
            ["runs", "tag", "--store", store, "1", "--", "-old"],
            ["--store", store, "runs", "note", "1", "-5", "% better"],
            ["runs", "rename", "1", "-x", "--store=\(store)"],
        ] {
            let result = try Program.run(words)
            #expect(result.status == 0 && result.errors == "", "\(words): \(result.errors)")
        }
        let list = try Program.run(["runs", "list", "--columns", "name,tag", "--store", store])
        #expect(list.output == "name  tag\n-x    new\n")
        #expect(try Program.run(["runs", "note", "1", "--store", store]).output == "-5 % better\n")
        #expect(try Program.run(["runs", "tag", "-h"]).output.contains("runs tag 12 final -draft"))
        let unknown = try Program.run(["runs", "tag", "1", "new", "--draft", "--store", store])
        #expect(unknown.status == 2 && unknown.errors.contains("--draft"))
    }

    /// The words of the program's own table: with an option in it whose value it does not know, it would take the value
    /// for a subcommand.
    @Test("Every option with a value is known to whoever puts the words in order")
    func table() throws {
        let dump = try Program.run(["--experimental-dump-help"])
        let root = try #require(try JSONSerialization.jsonObject(with: Data(dump.output.utf8)) as? [String: Any])
        var names: Set<String> = []
        func collect(_ command: [String: Any]) {
            for argument in command["arguments"] as? [[String: Any]] ?? [] where argument["kind"] as? String == "option"
            {
                for name in argument["names"] as? [[String: Any]] ?? [] {
                    if let word = name["name"] as? String { names.insert("--" + word) }
                }
            }
            for below in command["subcommands"] as? [[String: Any]] ?? [] { collect(below) }
        }
        collect(try #require(root["command"] as? [String: Any]))
        let folder = try TemporaryFolder()
        for name in names.sorted() where !["--help", "--version"].contains(name) {
            // The value is the name of a command, and must not be taken for it.
            let result = try Program.run([name, "presets", "data", "list", "--data", folder.path])
            let isOfList = ["--data", "--data-folder"].contains(name)
            #expect(result.errors.contains("Unknown option '\(name)'") || isOfList, "\(name): \(result.errors)")
        }
        #expect(names.count > 25)
    }
}
