import TestSupport
import Testing

/// What can be told before anything is trained.
@Suite(.timeLimit(.minutes(40))) struct BadArgumentTests {
    @Test(
        "Negative numbers and clusters of letters are no request for help",
        arguments: [
            (["train", "-5tanh"], "-5tanh: out of range; expected 1 to 100000 units"),
            (["-5tanh"], "-5tanh: out of range; expected 1 to 100000 units"),
            (["train", "-8relu"], "-8relu: out of range; expected 1 to 100000 units"),
            (["train", "--quiet", "-5tanh"], "-5tanh: out of range; expected 1 to 100000 units"),
            (["train", "-5tanh epochs=3"], "-5tanh: out of range; expected 1 to 100000 units"),
            (["bench", "-5"], "-5: out of range; expected 1 to 100000 units"),
            (["data", "show", "-1"], "-1: expected the number of an image, from 0"),
            (["train", "-tanh"], "-tanh: unknown option (see `trainspotter --help`)"),
            (["predict", "x", "-5h"], "-5h: unknown option (see `trainspotter --help`)"),
            (["bench", "--batch", "-5"], "--batch -5: expected a number that is not negative"),
        ])
    func dashes(arguments: [String], message: String) throws { try expectRefusal(arguments, message) }

    @Test(
        "What can't be is named, with what could",
        arguments: [
            (
                ["data", "shwo"],
                "data shwo: no such command; expected list, show, verify, import, remove; did you mean `trainspotter data show`?"
            ),
            (["help", "data", "x"], "data x: no such command; expected list, show, verify, import, remove"),
            (["runs", "show", "-1"], "-1: expected the number or the name of a run"),
            (
                ["runs", "continue", "1", "--epochs", "0"],
                "--epochs 0: expected 1 to 1000000 (see `trainspotter runs continue --help`)"
            ),
            (
                ["bench", "8tanh", "--epochs", "0"],
                "--epochs 0: expected 1 to 1000000 (see `trainspotter bench --help`)"
            ),
            (["bench", "--history", "--json", "-"], "--history: has no JSON (see `trainspotter bench --help`)"),
            (
                ["bench", "8tanh", "epochs=3"],
                "epochs=3: no layers; expected a NET's layers and settings in one argument: \"200tanh batch=64\""
            ),
            (
                ["screenshot", "lba"],
                "lba: no such view; expected lab, curves, confusion, digits, network, runs, draw, data, search; did you mean lab?"
            ),
            (
                ["screenshot", "lab", "--out", "lab.png"],
                "--out lab.png: expected an .svg or a .txt file, or - for standard output"
            ),
            (["screenshot", "lab", "--size", "-1x5"], "--size -1x5: expected columns and rows, such as 120x40"),
            (["train", "8tanh", "--store", ""], "--store: expected the name of a file"),
            (["train", "8tanh", "--csv="], "--csv: expected the name of a file"),
            (["evaluate", ""], "\"\": expected the name of a file or a folder"),
            (["settings", ""], "\"\": no word of the spec language; `trainspotter settings` lists them"),
            (["evaluate", "/etc/passwd"], "/etc/passwd: expected a model's folder or a .npz file"),
            (["runs", "--store", "/"], "/: expected a file, found a folder"),
            (["runs", "import", "/"], "/: expected a file, found a folder"),
            (
                ["export", "x", "--format", "kears"],
                "The value 'kears' is invalid for '--format <format>'. Please provide one of the following: keras, "
                    + "onnx, html, tensorboard, npz, npy, predictions, csv, json (see `trainspotter export --help`)"
            ),
        ])
    func refused(arguments: [String], message: String) throws { try expectRefusal(arguments, message) }

    @Test("A log that can't be written is refused before the run is saved")
    func unwritableLog() throws {
        let folder = try TemporaryFolder()
        let store = folder.path("runs.sqlite")
        try expectRefusal(
            ["train", "8tanh", "--csv", folder.path, "--store", store],
            "--csv \(folder.path): expected a file, found a folder")
        #expect(try folder.contents().isEmpty)
    }

    @Test("-h still helps")
    func help() throws {
        let result = try Program.run(["train", "-h"])
        #expect(result.status == 0 && result.output.contains("USAGE: trainspotter train"))
    }

    @Test(
        "A screenshot of what can't be is refused",
        arguments: [
            (["8tanh", "epochs=1", "--epochs", "2"], "--epochs 2: expected 0 to 1, the epochs of the spec"),
            (["8tanh", "--epochs=-1"], "--epochs -1: expected 0 to 10, the epochs of the spec"),
            (["8tanh", "--size", "80"], "--size 80: expected columns and rows, 1 to 1000, such as 120x40"),
            (["8tanh", "--out", "/no/such/x"], "--out /no/such/x: /no/such is not a folder that can be written"),
        ])
    func screenshot(arguments: [String], message: String) throws {
        try expectRefusal(["screenshot", "lab"] + arguments, message)
    }

    @Test("A picture of lines for a screen reader is refused")
    func plainPicture() throws {
        try expectRefusal(
            ["screenshot", "lab", "8tanh", "--plain", "--out", "lab.svg"],
            "--plain has no picture: expected a .txt file for --out, or -")
    }

    @Test("A screenshot of a run that diverges is drawn, and says so with status 1")
    func divergedScreenshot() throws {
        let result = try Program.run(["screenshot", "lab", "8relu", "sgd", "lr=1000", "l2=1000"])
        #expect(result.status == 1)
        #expect(result.output.contains("● failed"))
        #expect(result.errors.hasPrefix("trainspotter: the loss is no longer a number (epoch 1, batch "))
    }

    @Test("A screenshot of a run without rows to train on is refused")
    func emptyScreenshot() throws {
        let folder = try TemporaryFolder()
        try folder.writeDataset(trainLabels: [0, 1], testLabels: [0, 1])
        try expectRefusal(
            ["screenshot", "lab", "8tanh", "val=0.9", "--data", folder.path],
            "validation leaves none of the 2 rows to train on")
    }

    @Test("Only a word that is near a command is taken for its misspelling")
    func misspelling() throws {
        try expectRefusal(["benhc"], "benhc: neither a command nor layers; did you mean `trainspotter bench`?")
        try expectRefusal(
            ["foo"],
            "foo: neither layers nor a preset; expected layers such as 200tanh, none, or a preset such as exercise-2 "
                + "(`trainspotter presets` lists them)")
    }

    @Test("A file of huge images is blamed for them")
    func hugeImages() throws {
        let folder = try TemporaryFolder()
        try folder.writeDataset(trainLabels: [0, 1], testLabels: [0, 1])
        let images = "train-images-idx3-ubyte"
        try folder.write([0, 0, 8, 3, 0, 0, 0, 20, 127, 255, 255, 255, 127, 255, 255, 255, 1, 2, 3], as: images)
        try expectRefusal(
            ["train", "8tanh", "--data", folder.path],
            "\(folder.path)/\(images): at byte 4: expected at most 3 bytes of data, which is what the file can hold, "
                + "found a header that promises 20 × 2147483647 × 2147483647 = 9223372036854775807")
    }

    @Test("Empty and relative base directories count as unset, and a screenshot makes no folder")
    func baseDirectories() throws {
        let home = try TemporaryFolder()
        let theme = ".config/trainspotter/themes/mine.theme"
        try home.write("theme[main_bg]=\"#000000\"\n", as: theme)
        let before = try home.contents()
        for value in ["", "config"] {
            let result = try Program.shell(
                "cd \"$HOME\" && \"$0\" screenshot lab 8tanh --epochs 0 --theme mine",
                environment: ["HOME": home.path, "XDG_CONFIG_HOME": value, "XDG_STATE_HOME": value])
            #expect(result.errors == "" && result.status == 0)
        }
        #expect(try home.contents() == before)
    }

    private func expectRefusal(_ arguments: [String], _ message: String) throws {
        let result = try Program.run(arguments)
        #expect(result.status == 2)
        #expect(result.errors == "trainspotter: \(message)\n")
        #expect(result.output.isEmpty)
    }
}
