import Foundation
import TestSupport
import Testing

/// Saved runs with the real program, and with real kills.
@Suite(.timeLimit(.minutes(40))) struct RunStoreCommandTests {
    private let folder: TemporaryFolder
    private var store: [String] { ["--store", folder.path("runs.sqlite")] }

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: String...) throws -> Program.Result { try Program.run(arguments + store) }

    private func value<Value>(_ key: String, of run: String) throws -> Value? {
        let text = try self.run("runs", "show", run, "--json").output
        return (try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])?[key] as? Value
    }

    @Test("A run that is killed again and again loses no saved epoch, and ends as one that never was")
    func killRounds() throws {
        let spec = "32relu epochs=600 batch=128 seed=9 restore=true"
        try SomeDigits.write(to: folder)
        let data = ["--data", folder.path("digits")]
        var saved = 0
        for (round, epoch) in [100, 220, 340, 460].enumerated() {
            let start = round == 0 ? ["train", spec] + data : ["train", "--resume"]
            let program = try RunningProgram(start + store)
            #expect(program.wait(for: "epoch \(epoch)/600"), "\(program.said)")
            // Nobody reads on, which holds the run; its first state is saved on another thread.
            #expect(try Patience.wait { try value("state", of: "1") == "running" })
            program.signal(SIGKILL)
            #expect(try program.end().status == -SIGKILL)
            let epochs: Int = try #require(try value("finished_epochs", of: "1"))
            #expect(epochs >= saved)
            saved = epochs
            #expect(try value("state", of: "1") == "interrupted")
            #expect(try run("runs", "check").status == 0)
        }
        #expect(try run("train", "--resume", "1", "--quiet").status == 0)
        #expect(try value("state", of: "1") == "finished")
        #expect(try Program.run(["train", spec, "--quiet"] + data + store).status == 0)
        for (number, name) in [("1", "killed"), ("2", "whole")] {
            #expect(try run("export", number, "--format", "npz", "--out", folder.path("\(name).npz")).status == 0)
        }
        #expect(try folder.bytes(of: "killed.npz") == folder.bytes(of: "whole.npz"))
    }

    @Test("Two programs train into one store at once, and a third follows")
    func twoWriters() async throws {
        _ = try run("train", "none", "epochs=1", "--quiet")
        let store = store
        async let first = Task.detached {
            try Program.run(["train", "16relu", "epochs=12", "--name", "one", "--quiet", "--threads", "1"] + store)
        }.value
        async let second = Task.detached {
            try Program.run(["train", "16tanh", "epochs=12", "--name", "two", "--quiet", "--threads", "1"] + store)
        }.value
        #expect(try await first.status == 0)
        #expect(try await second.status == 0)
        let list = try run("runs", "list", "--columns", "name,state,done", "--filter", "id>1", "--sort", "name")
        #expect(list.output == "name  state      done\none   finished  12/12\ntwo   finished  12/12\n")
        let watched = try run("watch", "two")
        #expect(watched.status == 0)
        #expect(watched.output.split(separator: "\n").count == 13)
        #expect(try run("runs", "check").status == 0)
    }

    @Test("A run that is deleted while it is trained and watched: each says so, and undelete brings all of it back")
    func deletedWhileWatched() throws {
        let program = try RunningProgram(["train", "32relu epochs=100000", "--threads", "1"] + store)
        #expect(program.wait(for: "epoch 2/"))
        #expect(try Patience.wait { try value("state", of: "1") == "running" })
        let (watch, output, complaint) = (Process(), Pipe(), Pipe())
        watch.executableURL = try Program.url()
        watch.arguments = ["watch", "1"] + store
        (watch.standardInput, watch.standardOutput, watch.standardError) = (FileHandle.nullDevice, output, complaint)
        try watch.run()
        #expect(!output.fileHandleForReading.availableData.isEmpty, "it shows the epochs that there are")
        let refused = try run("runs", "delete", "1")
        #expect(refused.status == 2)
        let reason = "trainspotter: run 1: being trained by process \(program.identifier) on "
        #expect(refused.errors.hasPrefix(reason))
        #expect(try run("runs", "delete", "1", "--even-trained").status == 0)
        _ = try output.fileHandleForReading.readToEnd()
        watch.waitUntilExit()
        #expect(watch.terminationStatus == 1)
        let errors = String(decoding: try complaint.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        #expect(errors.hasSuffix("trainspotter: run 1: it was deleted while it was watched\n"))
        #expect(
            program.wait(for: "run 1 was deleted; it trains on, and `trainspotter runs undelete 1` brings it back\n"))
        program.signal(SIGINT)
        #expect(try program.end().status == 130)
        #expect(try run("runs", "list").errors.contains("no run"))
        #expect(try run("runs", "undelete", "1").status == 0)
        #expect(try value("state", of: "1") == "interrupted")
    }

    @Test("A run goes through its life: tagged, compared, deleted, brought back, repeated, continued, carried over")
    func life() throws {
        #expect(try run("train", "8tanh", "epochs=1", "--name", "small", "--tag", "a", "--quiet").status == 0)
        #expect(try run("train", "8tanh", "epochs=1", "lr=0.01", "--quiet").status == 0)
        #expect(try run("runs", "tag", "small", "b").status == 0)
        #expect(try run("runs", "note", "small", "the", "first").status == 0)
        #expect(
            try run("runs", "list", "--filter", "tag=b", "--columns", "id,tag,note").output == """
                id  tag  note
                 1  a b  the first

                """)
        let rows = try run("runs", "diff", "1", "2").output.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(rows.contains(["lr", "1e-3", "0.01"]) && rows.contains(["test_weights", "final", "final"]))
        let accuracy = try #require(rows.first { $0.first == "test_accuracy" })
        #expect(accuracy.count == 7 && accuracy[2] == "±" && accuracy[5] == "±", "\(accuracy)")
        #expect(try run("runs", "errors", "1", "2").output.hasPrefix("run 1: "))
        let line = try run("runs", "show", "1", "--spec").output
        #expect(line.hasPrefix("784-8tanh-10 adam lr=1e-3 batch=32 epochs=1 seed=1 # data=mnist sha256="))

        #expect(try run("runs", "delete", "small").status == 0)
        #expect(
            try run("runs", "show", "small").errors
                == "trainspotter: run small: no such run; `trainspotter runs` lists them\n")
        #expect(try run("runs", "undelete", "1").status == 0)

        #expect(try run("runs", "repeat", "1").status == 0)
        let (first, again): (Double?, Double?) = (try value("test_loss", of: "1"), try value("test_loss", of: "3"))
        #expect(first == again)
        #expect(try run("runs", "continue", "3", "--epochs", "2").status == 0)
        #expect(try value("finished_epochs", of: "3") == 3)
        #expect(
            try run("train", "--resume", "3").errors
                == "trainspotter: run 3: it is finished; --continue-for N trains N more epochs\n")

        #expect(try run("runs", "export", "3", "--bundle", folder.path("three.run")).status == 0)
        let other = ["--store", folder.path("other.sqlite")]
        #expect(try Program.run(["runs", "import", folder.path("three.run")] + other).output == "run 1\n")
        let measured = try Program.run(["evaluate", "1", "--json", "-"] + other)
        #expect(measured.status == 0)
        #expect(measured.output == (try run("evaluate", "3", "--json", "-")).output)
    }

    @Test(
        "A run's spec line goes through a shell unquoted, and trains the same again",
        arguments: [
            "none", "4relu:0:none:1+bn+noise.1+drop0.5-3leaky_relu:0.2 sgd lr=1e+1 momentum=.9 nesterov=true",
            "8 schedule=piecewise boundaries=1,2 rates=1e-3,5e-4,1e-4 loss=focal focalgamma=1 l1=1e-12 val=0.5",
            "2 ftrl power=-0.5 ema=0.99 emaevery=10 clipnorm=1 maxnorm=3 seed=18446744073709551615 restore=true",
        ])
    func repeatsThroughShell(spec: String) throws {
        try folder.writeDataset(trainLabels: [0, 1, 2, 0, 1, 2], testLabels: [0, 1, 2])
        let rest = "--data '\(folder.path)' --store '\(folder.path("runs.sqlite"))'"
        // A file that a pattern in the line would match, and blanks that the line must not lose.
        let line = """
            cd '\(folder.path)' && : >rates=1e && : >4 &&
            "$0" train '\(spec) epochs=2' --quiet \(rest) >/dev/null &&
            "$0" train $("$0" runs show 1 --spec --store '\(folder.path("runs.sqlite"))') --quiet \(rest)
            """
        let result = try Program.shell(line)
        #expect(result.status == 0 && result.errors.isEmpty)
        let (first, again): (String?, String?) = (try value("spec", of: "1"), try value("spec", of: "2"))
        #expect(first == again && first != nil)
        let (loss, lossAgain): (Double?, Double?) = (try value("test_loss", of: "1"), try value("test_loss", of: "2"))
        #expect(loss == lossAgain && loss != nil)
        // The words of the language hold nothing that a shell would split or replace.
        let plain = Set("abcdefghijklmnopqrstuvwxyz0123456789 _-+=:.,")
        #expect(first?.allSatisfy(plain.contains) == true)
    }

    @Test("What is no store, or not there, is told in one line and left as it is")
    func badStores() throws {
        let path = folder.path("runs.sqlite")
        #expect(try run("runs").errors == "trainspotter: \(path): no runs are saved there yet\n")
        let nowhere = folder.path("no/runs.sqlite")
        let result = try Program.run(["train", "8tanh", "epochs=1", "--store", nowhere])
        #expect(result.status == 2)
        #expect(
            result.errors
                == "trainspotter: \(nowhere): its folder does not exist; --store FILE saves elsewhere, --no-save not at all\n"
        )
        try folder.write("no database\n", as: "runs.sqlite")
        let refused = try run("train", "8tanh", "epochs=1")
        #expect(refused.status == 2)
        for arguments in [["runs"], ["runs", "check"], ["evaluate", "1"], ["export", "1", "--format", "npz"]] {
            #expect(try Program.run(arguments + store).status == 2, "\(arguments)")
        }
        #expect(refused.errors.hasPrefix("trainspotter: \(path): the run store is damaged (file is not a database)"))
        #expect(try folder.text(of: "runs.sqlite") == "no database\n")
        #expect(try Program.run(["train", "none", "epochs=1", "--no-save", "--quiet"]).status == 0)
    }
}
