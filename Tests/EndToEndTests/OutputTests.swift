import Foundation
import TestSupport
import Testing

/// Where results and progress go, and what happens where they can't.
@Suite(.timeLimit(.minutes(40))) struct OutputTests {
    static let quick = "8tanh epochs=1 batch=1000"

    @Test("Training goes on where standard error can't be written", arguments: ["2>&-", "2>/dev/full"])
    func errorsUnwritable(redirection: String) throws {
        let result = try Program.shell("\"$0\" train \(Self.quick) \(redirection)")
        #expect(result.status == 0)
        #expect(result.output.contains("\ntest   accuracy "))
    }

    @Test("A bad spec ends with status 2 where nobody can be told", arguments: ["2>&-", "2>/dev/full"])
    func failureUnwritable(redirection: String) throws {
        #expect(try Program.shell("\"$0\" train 8tahn \(redirection)").status == 2)
    }

    @Test(
        "Results that can't be written end the program with status 1 and a line",
        arguments: ["train \(quick) --quiet --json -", "train \(quick) --quiet", "presets", "--help"],
        [(">/dev/full", "No space left on device"), (">&-", "Bad file descriptor")])
    func outputUnwritable(command: String, redirection: (word: String, reason: String)) throws {
        let result = try Program.shell("\"$0\" \(command) \(redirection.word)")
        #expect(result.status == 1)
        #expect(result.errors == "trainspotter: standard output: can't be written: \(redirection.reason)\n")
    }

    @Test(
        "What is said of a saved network, and where it was written, is a result like others",
        arguments: ["evaluate", "predict --index 3", "export --format npz"])
    func savedNetwork(command: String) throws {
        let folder = try TemporaryFolder()
        let trained = try Program.shell("\"$0\" train \(Self.quick) --export \(folder.path) >/dev/full")
        #expect(trained.status == 1)
        #expect(try folder.names().contains("weights.npz"))
        let words = command.split(separator: " ", maxSplits: 1).map(String.init)
        let options = words.dropFirst().joined()
        let result = try Program.shell("\"$0\" \(words[0]) \(folder.path) \(options) >/dev/full")
        #expect(result.status == 1)
        #expect(result.errors == "trainspotter: standard output: can't be written: No space left on device\n")
    }

    @Test("What is closed at the start is not taken for a file opened later")
    func closedStreams() throws {
        let folder = try TemporaryFolder()
        let result = try Program.shell("\"$0\" train \(Self.quick) --json \(folder.path("out")) 2>&- >&-")
        #expect(result.status == 1)
        #expect(try folder.text(of: "out").hasPrefix("{\n  \"format\": "))
        #expect(try folder.text(of: "out").hasSuffix("\n}\n"))
    }

    @Test("Results go through a link into its target, whose permissions stay")
    func link() throws {
        let folder = try TemporaryFolder()
        try folder.write("old", as: "real")
        #expect(chmod(folder.path("real"), 0o640) == 0)
        #expect(symlink("real", folder.path("link")) == 0)
        #expect(symlink("new", folder.path("dangling")) == 0)
        for name in ["link", "dangling"] {
            let result = try Program.shell("\"$0\" train \(Self.quick) --quiet --json \(folder.path(name))")
            #expect(result.status == 0)
        }
        #expect(try folder.contents() == ["dangling", "link", "new", "real"])
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link")) == "real")
        #expect(try folder.text(of: "real").hasPrefix("{\n") && folder.text(of: "new").hasPrefix("{\n"))
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path("real"))[.posixPermissions] as? Int
        #expect(mode == 0o640)
    }

    @Test("Results go straight into a pipe and a device, which stay what they are")
    func pipeAndDevice() throws {
        let folder = try TemporaryFolder()
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        let piped = try Program.shell(
            "cat \(folder.path("pipe")) & \"$0\" screenshot lab \(Self.quick) --out \(folder.path("pipe")); wait")
        #expect(piped.output.contains(" 1 Lab 2 Curves "))
        #expect(
            try FileManager.default.attributesOfItem(atPath: folder.path("pipe"))[.type] as? FileAttributeType
                != .typeRegular)
        let full = try Program.shell("\"$0\" train \(Self.quick) --quiet --json /dev/full")
        #expect(full.status == 1 && full.output.contains("\ntest   accuracy "))
        #expect(full.errors == "trainspotter: --json /dev/full: can't be written: No space left on device\n")
    }

    /// `script` gives the whole line a terminal; standard output alone is none.
    @Test(
        "Where standard output is no terminal progress is plain, even if standard error is one",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"), "script is not installed"))
    func plainProgress() throws {
        let program = try Program.url().path
        let result = try Program.shell("script -qec '\(program) \(Self.quick) | cat' /dev/null")
        #expect(result.output.contains("so training with plain progress lines"))
        #expect(result.output.contains("epoch 1/1  loss "))
        #expect(!result.output.contains("\u{1B}"))
    }

    /// A terminal of the name `xterm` gets the bar, so the others could get it, too.
    @Test(
        "A terminal that is dumb, or does not say what it is, gets no escape sequence",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"), "script is not installed"))
    func dumbTerminal() throws {
        let program = try Program.url().path
        let folder = try TemporaryFolder()
        func said(_ command: String, _ terminal: String) throws -> String {
            try Program.shell(
                "env -u TERM \(terminal) script -qec '\(program) \(command)' /dev/null",
                environment: ["XDG_DATA_HOME": folder.path, "XDG_STATE_HOME": folder.path]
            ).output
        }
        let train = "train 16relu epochs=2 batch=8"
        #expect(try said(train, "TERM=xterm").contains("\u{1B}[K"))
        let commands = [
            "", "train 8tahn", "runs list", "runs show last", "watch last", "--help", "settings adam", "data show 3",
            "screenshot lab --epochs 0",
        ]
        for (terminal, commands) in [("TERM=dumb", commands + [train]), ("TERM=", [train]), ("", [train])] {
            for command in commands {
                let text = try said(command, terminal)
                #expect(!text.isEmpty && !text.contains("\u{1B}"), "\(terminal) \(command): \(text)")
            }
        }
    }
}
