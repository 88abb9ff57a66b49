import Foundation
import TestSupport
import Testing

/// The real program without a terminal.
@Suite(.timeLimit(.minutes(40))) struct CommandLineTests {
    @Test("Training prints JSON to standard output and an epoch a line to standard error")
    func trainJSON() throws {
        let result = try Program.run(["train", "8tanh", "epochs=2", "seed=3", "--json", "-"])
        #expect(result.status == 0)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(object["spec"] as? String == "784-8tanh-10 adam lr=1e-3 batch=32 epochs=2 seed=3")
        #expect(object["parameters"] as? Int == 6_370)
        #expect((object["epochs"] as? [Any])?.count == 2)
        let test = try #require(object["test"] as? [String: Any])
        #expect(try #require(test["accuracy"] as? Double) > 0.85)
        #expect((test["confusion"] as? [[Int]])?.joined().reduce(0, +) == 10_000)
        let lines = result.errors.split(separator: "\n")
        try #require(lines.count == 6)
        #expect(lines[2].hasPrefix("of each class 4") && lines[2].hasSuffix(" to validate"))
        #expect(lines[3].hasPrefix("run ") && lines[3].hasSuffix("/trainspotter/runs.sqlite"))
        #expect(lines[4].hasPrefix("epoch 1/2  loss ") && lines[5].hasPrefix("epoch 2/2  loss "))
        #expect(lines[4].contains("  val_acc 0.") && lines[4].hasSuffix(" s") && lines[4].count <= 80)
    }

    @Test("The same seed gives the same figures for any number of threads")
    func threads() throws {
        func figures(_ threads: String) throws -> [String: Any] {
            let result = try Program.run([
                "train", "30relu", "epochs=1", "--threads", threads, "--json", "-", "--quiet",
            ])
            #expect(result.errors.isEmpty)
            let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            return try #require(object?["test"] as? [String: Any])
        }
        let (one, three) = (try figures("1"), try figures("3"))
        #expect(one["loss"] as? Double == three["loss"] as? Double)
        #expect(one["confusion"] as? [[Int]] == three["confusion"] as? [[Int]])
    }

    @Test("Without a terminal the bare command says so and trains with plain lines")
    func noTerminal() throws {
        let result = try Program.run(["8tanh", "epochs=1"])
        #expect(result.status == 0)
        #expect(
            result.errors.hasPrefix(
                "trainspotter: no terminal for the dashboard, so training with plain progress lines\n"))
        #expect(result.errors.contains("\nepoch 1/1  loss "))
        #expect(
            result.output.hasPrefix("run ")
                && result.output.contains(
                    "\nspec   784-8tanh-10 adam lr=1e-3 batch=32 epochs=1 seed=1\ntest   accuracy ")
        )
    }

    @Test("Ctrl-C ends a run early with what there is, and status 130")
    func interrupted() throws {
        let result = try RunningProgram.run(["train", "200relu", "epochs=10000"], signal: SIGINT, at: "epoch 1/")
        #expect(result.status == 130)
        #expect(result.errors.contains("\ntrainspotter: interrupted; `trainspotter train --resume "))
        #expect(result.errors.hasSuffix("` resumes it\n"))
        #expect(result.output.contains("epochs=10000") && result.output.contains("test   accuracy "))
    }

    @Test(
        "Bad usage and bad input give one line and status 2",
        arguments: [
            (["train"], "trainspotter: Missing expected argument '<spec> ...' (see `trainspotter train --help`)\n"),
            (
                ["train", "8tanh", "--foobar"],
                "trainspotter: Unknown option '--foobar' (see `trainspotter train --help`)\n"
            ),
            (
                ["train", "8tanh", "lr=0"],
                "trainspotter: lr=0: out of range; expected a learning rate above 0 and at most 1000\n"
            ),
            (
                ["8tanh", "epoch"],
                "trainspotter: epoch: unknown optimizer epoch; did you mean epochs=? expected one of sgd, rmsprop, adam, "
                    + "adamw, adamax, nadam, adagrad, adadelta, ftrl, lion, lamb, muon, adafactor, "
                    + "schedule_free_adamw, or a setting KEY=VALUE\n"
            ),
            (
                ["trian", "8tanh"],
                "trainspotter: trian: neither a command nor layers; did you mean `trainspotter train`?\n"
            ),
            (
                ["train", "8tanh", "--data", "mnits"],
                "trainspotter: mnits: no file or folder, and no data set of that name; did you mean mnist?\n"
            ),
            (
                ["train", "8tanh", "--threads", "0"],
                "trainspotter: --threads 0: expected 1 to 64 (see `trainspotter train --help`)\n"
            ),
            (
                ["train", "8tanh", "--json", "/no/such/folder/x"],
                "trainspotter: --json /no/such/folder/x: /no/such/folder is not a folder that can be written\n"
            ),
            (
                ["8tanh", "--theme", "lihgt"],
                "trainspotter: --theme lihgt: no such theme; expected colour-blind, dark, dracula, gruvbox-light, "
                    + "gruvbox, high-contrast, light, mono, nord, solarized-light, solarized, or a file; did you mean "
                    + "light?\n"
            ),
            (
                ["fashion-mnist"],
                "trainspotter: fashion-mnist: a data set, not layers; did you mean --data fashion-mnist?\n"
            ),
            (
                ["settings", "rleu"],
                "trainspotter: rleu: no word of the spec language; `trainspotter settings` lists them; "
                    + "did you mean relu?\n"
            ),
            (["data", "show", "10000"], "trainspotter: image 10000: expected 0 to 9999\n"),
        ])
    func badUsage(arguments: [String], message: String) throws {
        let result = try Program.run(arguments)
        #expect(result.status == 2)
        #expect(result.errors == message)
        #expect(result.output.isEmpty)
    }

    @Test("A loss that is no number ends the run with status 1; its JSON has no test figures")
    func diverged() throws {
        let result = try Program.run(["train", "8relu", "sgd", "lr=1000", "l2=1000", "--json", "-", "--quiet"])
        #expect(result.status == 1)
        #expect(result.errors.hasPrefix("trainspotter: the loss is no longer a number (epoch 1, batch "))
        #expect(result.output.hasSuffix("\"samples_per_second\": null,\n  \"test\": null\n}\n"))
    }

    @Test("The presets are listed with their specs")
    func presets() throws {
        let result = try Program.run(["presets"])
        #expect(result.status == 0)
        #expect(
            result.output.split(separator: "\n").map { $0.prefix { $0 != " " } } == [
                "notebook", "exercise-1", "exercise-2", "exercise-3", "challenge", "minute", "coffee", "long",
                "ciresan-1",
                "ciresan-2", "ciresan-3", "ciresan-4", "ciresan-5", "committee", "distilled",
            ])
        #expect(result.output.contains("784-200tanh-10 adam lr=1e-3 batch=32 epochs=30 seed=1\n"))
    }

    @Test("Bench times every epoch on 54,000 images; an activation at the end counts for all layers")
    func bench() throws {
        let result = try Program.run(["bench", "8-4relu", "--epochs", "2", "--batch", "100", "--json", "-"])
        #expect(result.status == 0)
        let array = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
        let entry = try #require(array.first)
        #expect(array.count == 1 && entry["net"] as? String == "8-4relu" && entry["batch"] as? Int == 100)
        let times = try #require(entry["epoch_s"] as? [Double])
        let median = try #require(entry["median_s"] as? Double)
        #expect(times.count == 2 && abs(median - (times[0] + times[1]) / 2) < 1e-12)
        let pace = try #require(entry["samples_per_second"] as? Double)
        #expect(abs(pace * median - 54_000) < 1e-6)
        // Forward and gradient of 784 × 8; those and the gradient by the input of 8 × 4 and 4 × 10.
        let operations = Double(4 * 784 * 8 + 6 * 8 * 4 + 6 * 4 * 10)
        let gigaflops = try #require(entry["dense_gflops"] as? Double)
        #expect(abs(gigaflops * median * 1e9 / 54_000 - operations) < 1e-3)
        let shares = try #require(entry["share"] as? [[String: Any]]).compactMap { $0["share"] as? Double }
        #expect(shares.count == 5 && abs(shares.reduce(0, +) - 1) < 1e-9 && shares.allSatisfy { $0 >= 0 })
    }

    @Test("A net of bench takes settings of the spec language, which go before the options")
    func benchSpec() throws {
        let result = try Program.run(["bench", "8tanh sgd lr=0.1 batch=500", "--epochs", "1", "--batch", "32"])
        #expect(result.status == 0)
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.count == 4 && lines[1].contains(" 500 ") && lines[2].hasPrefix("time in"))
    }

    @Test("Bench puts OpenBLAS's products beside the training pass")
    func benchProducts() throws {
        let command = ["bench", "33tanh batch=1000", "--epochs", "1", "--threads", "2", "--products"]
        let result = try Program.run(command)
        #expect(result.status == 0)
        let lines = result.output.split(separator: "\n").suffix(4).map { $0.split(separator: " ").map(String.init) }
        #expect(
            lines.map { $0.dropLast(4).joined(separator: " ") }.dropFirst() == [
                "OpenBLAS on its own threads", "OpenBLAS on the workers", "training",
            ])
        #expect(lines[3].suffix(2) == ["100", "%"])
        // The product of both is the operations of an epoch.
        let operations = lines.dropFirst().map { (Double($0[$0.count - 4]) ?? 0) * (Double($0[$0.count - 3]) ?? 0) }
        let wanted = 54_000 * Double(4 * 784 * 33 + 6 * 33 * 10) / 1e9
        #expect(operations.allSatisfy { abs($0 / wanted - 1) < 0.05 })
        let refused = try Program.run(command + ["--json", "-"])
        #expect(refused.status == 2 && refused.errors.contains("--products: has no JSON"))
    }

    @Test("Bench tells what frames take from training")
    func benchFrameCost() throws {
        let result = try Program.run(["bench", "8tanh", "--frame-cost", "2", "--threads", "2"])
        #expect(result.status == 0)
        let lines = result.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines.count == 2 && lines[0].prefix(3) == ["200", "x", "60"])
        #expect(lines[0].suffix(2) == ["of", "training"])
        let row = try #require(lines.last)
        #expect(row.count == 7 && row[0] == "8tanh" && row[6] == "%")
        let (rate, milliseconds) = (Double(row[1]) ?? 0, Double(row[2]) ?? 0)
        #expect(rate > 0 && rate <= 10 && milliseconds > 0)
        let refused = try Program.run(["bench", "--frame-cost", "0"])
        #expect(refused.status == 2 && refused.errors.contains("--frame-cost: expected 1 to 300 seconds"))
    }

    @Test("A digit is shown as text")
    func showDigit() throws {
        let result = try Program.run(["data", "show", "3"])
        #expect(result.status == 0)
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "test image 3: 0")
        #expect(lines.count == 1 + 28 + 1)
        #expect(lines[11] == "                ::%%@@@@@@@@++--::++@@@@==")
        for (words, expected) in [
            (["7", "--augment", "deslant=true"], "test image 7: 9, with deslant=true"),
            (
                ["7", "--train", "--augment", "elastic strength=0.5..1", "--epoch", "30"],
                "training image 7: 3, in epoch 30 of 30, seed 1, with elastic strength=0.5..1"
            ),
        ] {
            let output = try Program.run(["data", "show"] + words).output
            #expect(output.split(separator: "\n").first.map(String.init) == expected)
        }
    }
}
