import Foundation
import TestSupport
import Testing

/// Pictures of runs that were saved.
@Suite(.timeLimit(.minutes(40))) struct SavedRunScreenshotTests {
    private let folder: TemporaryFolder
    private var store: [String] { ["--store", folder.path("runs.sqlite")] }

    init() throws { folder = try TemporaryFolder() }

    private func picture(_ arguments: [String]) throws -> String {
        let result = try Program.run(["screenshot"] + arguments + ["--size", "100x30"])
        #expect(result.status == 0, Comment(rawValue: result.errors))
        return result.output
    }

    @Test("Each view shows a saved run as it shows one that was trained for the picture")
    func sameAsTrained() throws {
        let spec = "16relu epochs=2 batch=128 restore=true"
        #expect(try Program.run(["train", "8tanh epochs=1", "--quiet"] + store).status == 0)
        #expect(try Program.run(["train", spec, "--name", "small", "--quiet"] + store).status == 0)
        for view in ["curves", "confusion", "digits", "draw"] {
            // The trained one is run 1 of its session; below the table of the runs nothing tells them apart.
            let trained = try picture([view, spec, "--epochs", "2"])
            let saved = try picture([view, "--run", "small"] + store)
            #expect(body(trained) == body(saved), "\(view)")
        }
        // Of a network that is only looked at no step is known, so that its figures differ; the weights are the same.
        let (trained, saved) = (
            try picture(["network", spec, "--epochs", "2"]), try picture(["network", "--run", "small"] + store)
        )
        #expect(body(trained).prefix(8) == body(saved).prefix(8))
    }

    /// Without the header, the spec line, the status, what times itself, and the keys: they say that a saved run is shown.
    private func body(_ text: String) -> [String] {
        text.components(separatedBy: "\n").dropFirst().dropLast(4).map { line in
            line.replacing(/run \d+/, with: "run").replacing(/\d+(\.\d+)? m?s\b/, with: "time")
        }.filter { !$0.contains("images/s") && !$0.contains("? help") }
    }

    @Test("An epoch before the last, a marked run, and the table of all runs are shown; nothing saved is changed")
    func keys() throws {
        for (name, spec) in [("one", "8tanh epochs=2"), ("two", "8relu epochs=1")] {
            #expect(try Program.run(["train", spec, "--name", name, "--quiet"] + store).status == 0)
        }
        #expect(try picture(["confusion", "--run", "1", "--keys", "H"] + store).contains("epoch 1"))
        let runs = try picture(["runs", "--run", "one"] + store)
        #expect(runs.contains("▸") && runs.contains("one  8tanh") && runs.contains("two  8relu"))
        #expect(try picture(["runs", "--run", "one", "--keys", "km"] + store).contains("1 marked"))
        // The run that is shown is compared with the selected one.
        let errors = try picture(["runs", "--run", "one", "--keys", "kE"] + store)
        #expect(errors.contains("only run 1 right") && errors.contains("both wrong"))
        for key in ["x", "+"] {
            let refused = try Program.run(["screenshot", "runs", "--run", "one", "--keys", key + "\n"] + store)
            #expect(refused.status == 2)
            #expect(refused.errors == "trainspotter: --keys: a picture neither changes nor resumes a saved run\n")
        }
        let list = try Program.run(["runs", "list", "--columns", "id,done", "--sort", "id"] + store)
        #expect(list.output == "id  done\n 2   1/1\n 1   2/2\n")
    }

    @Test("A run that was interrupted is shown where it was left, with the epochs that it has")
    func interrupted() throws {
        let cut = try RunningProgram.run(["train", "8tanh epochs=500"] + store, signal: SIGINT, at: "epoch 2/500")
        #expect(cut.status == 130)
        let text = try picture(["lab", "--run", "last"] + store)
        #expect(text.contains("run 1 weights after "))
        #expect(try picture(["curves", "--run", "last"] + store).contains("epoch"))
    }

    @Test(
        "What can't be drawn of a saved run is refused",
        arguments: [
            (["--run", "9"], "run 9: no such run; `trainspotter runs` lists them"),
            (
                ["8tanh", "--run", "1"],
                "--run: a saved run is drawn as it is, so no spec, --epochs or --untrained goes with it"
            ),
            (["8tanh"], "--store: expected --run, which names what to draw of it, or a spec with from="),
        ])
    func refused(arguments: [String], message: String) throws {
        #expect(try Program.run(["train", "none", "epochs=1", "--quiet"] + store).status == 0)
        let result = try Program.run(["screenshot", "lab"] + arguments + store)
        #expect(result.status == 2)
        #expect(result.errors == "trainspotter: \(message)\n")
    }
}
