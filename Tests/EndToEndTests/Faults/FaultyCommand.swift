import Foundation
import Runs
import TestSupport
import Testing

/// A command that writes, tried with a disk that fails at some of its calls.
struct FaultyCommand: Sendable, CustomStringConvertible {
    /// What is to be found after it said that it has done its work.
    enum Result: Sendable {
        /// The run of this number is finished, with the weights of a run that nothing held up.
        case run(Int, store: String)
        /// These files have the same bytes as without a fault.
        case files([String])
        /// This file ends so; it has a time in it.
        case ending(String, with: String)
        /// TensorBoard's three files, each with whole records.
        case events
        /// A file with one run.
        case bundle(String)
        /// The run in the store has this name, tags and note, and may be deleted.
        case edited(String)
    }

    let name: String
    /// `$D` is the folder of the test, in which everything is written; `$I` has the data set and a
    /// bundle. Without `--store` runs are in `$D/data`.
    let arguments: String
    /// A store to begin with, `runs.sqlite`, has one run.
    let hasStore: Bool
    let result: Result

    var description: String { name }

    private static let train = "train 4relu epochs=2 batch=8 --quiet --threads 1 --data $I"
    private static let store = "--store $D/runs.sqlite"

    private static func export(_ format: String, _ out: String, _ result: Result) -> FaultyCommand {
        FaultyCommand(
            name: "export \(format)", arguments: "export 1 --format \(format) --out $D/\(out) --data $I \(store)",
            hasStore: true, result: result)
    }

    private static func edit(_ arguments: String, _ run: String) -> FaultyCommand {
        FaultyCommand(
            name: "runs \(arguments)", arguments: "runs \(arguments) \(store)", hasStore: true, result: .edited(run))
    }

    static let all: [FaultyCommand] = [
        FaultyCommand(
            name: "train", arguments: "\(train) \(store)", hasStore: false, result: .run(1, store: "runs.sqlite")),
        FaultyCommand(
            name: "train in a new folder", arguments: train,
            hasStore: false, result: .run(1, store: "data/trainspotter/runs.sqlite")),
        FaultyCommand(
            name: "train beside another run", arguments: "\(train) \(store)", hasStore: true,
            result: .run(2, store: "runs.sqlite")),
        FaultyCommand(
            name: "train with files",
            arguments: "\(train) --no-save --export $D/out --json $D/r.json --csv $D/log.csv", hasStore: false,
            result: .files(["out/weights.npz", "out/predictions.npy", "out/spec.txt"])),
        FaultyCommand(
            name: "train with TensorBoard", arguments: "\(train) --no-save --tensorboard $D/tb", hasStore: false,
            result: .events),
        export("keras", "m.py", .files(["m.py", "m.npz"])),
        export("onnx", "m.onnx", .files(["m.onnx"])),
        export("html", "m.html", .files(["m.html"])),
        export("npz", "m.npz", .files(["m.npz", "m.spec.txt", "m.predictions.npy"])),
        export("npy", "m", .files(["m/0.kernel.npy", "m/1.bias.npy", "m/spec.txt"])),
        export("predictions", "p.npy", .files(["p.npy"])),
        export("csv", "m.csv", .files(["m.csv"])),
        export("json", "m.json", .files(["m.json"])),
        export("tensorboard", "tb", .events),
        FaultyCommand(
            name: "screenshot", arguments: "screenshot lab --run 1 --data $I --out $D/lab.svg \(store)", hasStore: true,
            result: .ending("lab.svg", with: "</svg>\n")),
        FaultyCommand(
            name: "runs export", arguments: "runs export 1 --bundle $D/one.run \(store)", hasStore: true,
            result: .bundle("one.run")),
        FaultyCommand(
            name: "runs import", arguments: "runs import $I/one.run --store $D/runs.sqlite", hasStore: false,
            result: .run(1, store: "runs.sqlite")),
        FaultyCommand(
            name: "data import", arguments: "data import $I --name shapes", hasStore: false,
            result: .files(["data/trainspotter/data/shapes.npz"])),
        FaultyCommand(
            name: "import", arguments: "import $I/weights.npz --data $I --threads 1 --store $D/runs.sqlite",
            hasStore: false, result: .run(1, store: "runs.sqlite")),
        FaultyCommand(
            name: "runs salvage", arguments: "runs salvage $D/rescued.sqlite \(store)", hasStore: true,
            result: .run(1, store: "rescued.sqlite")),
        FaultyCommand(
            name: "ensemble", arguments: "ensemble 1 --save one --export $D/one --data $I --threads 1 \(store)",
            hasStore: true, result: .files(["one/1/weights.npz", "one/1/spec.txt", "one/ensemble.json"])),
        edit("rename 1 wide", "wide [] \"\" false"),
        edit("tag 1 paper", "- [\"paper\"] \"\" false"),
        edit("note 1 deep", "- [] \"deep\" false"),
        edit("delete 1", "- [] \"\" true"),
        edit("prune --only states --yes", "- [] \"\" false"),
        edit("compact", "- [] \"\" false"),
    ]
}
