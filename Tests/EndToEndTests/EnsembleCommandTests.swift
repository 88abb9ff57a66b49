import Foundation
import TestSupport
import Testing

/// Ensembles of saved runs and of folders, with the real program.
@Suite(.timeLimit(.minutes(40))) struct EnsembleCommandTests {
    private let folder: TemporaryFolder
    private var store: [String] { ["--store", folder.path("runs.sqlite")] }
    private var data: [String] { ["--data", folder.path("digits")] }

    /// Three runs: two without a name, and `tilted`, whose images are straightened.
    init() throws {
        folder = try TemporaryFolder()
        try SomeDigits.write(to: folder)
        for words in [
            ["16relu", "seed=1"], ["24tanh", "seed=2", "augment=affine"],
            ["16relu", "seed=3", "deslant=true", "scale=standard", "--name", "tilted"],
        ] {
            let result = try Program.run(["train"] + words + ["epochs=3", "batch=64", "--quiet"] + data + store)
            #expect(result.status == 0, "\(result.errors)")
        }
    }

    private func run(_ arguments: String...) throws -> Program.Result { try Program.run(arguments + store) }

    private func json(_ arguments: String...) throws -> [String: Any] {
        let result = try Program.run(arguments + store)
        #expect(result.status == 0, "\(result.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    @Test func `the figures of the members are those of evaluate, and the saved ensemble has those of the mean`() throws
    {
        let made = try json("ensemble", "1", "2", "tilted", "--save", "committee", "--json", "-")
        let members = try #require(made["members"] as? [[String: Any]])
        for (name, member) in zip(["1", "2", "3"], members) {
            #expect(try json("evaluate", name, "--json", "-")["errors"] as? Int == member["errors"] as? Int)
            #expect(member["weight"] as? Double ?? 0 == 1.0 / 3)
        }
        #expect(members.map { $0["name"] as? String } == ["run 1", "run 2", "tilted"])
        let evaluated = try json("evaluate", "committee", "--json", "-")
        #expect(evaluated["errors"] as? Int == made["errors"] as? Int)
        #expect(evaluated as NSDictionary == (made["test"] as? [String: Any]) as NSDictionary?)
        for threads in ["1", "3"] {
            let again = try json("evaluate", "committee", "--json", "-", "--threads", threads)
            #expect(again as NSDictionary == evaluated as NSDictionary)
        }
        let text = try run("ensemble", "committee")
        #expect(text.output.hasPrefix("network   weight  errors  accuracy  log_loss  adds  costs  alone\nrun 1"))
        #expect(text.output.contains("\nThe arithmetic mean makes "))
        #expect(try run("ensemble", "list").output.contains("committee  arithmetic"))
        #expect(
            try run("evaluate", "committee").output.hasPrefix("ensemble  committee: arithmetic mean of run 1, run 2, "))
    }

    @Test func `a saved ensemble keeps its runs, and gives them free`() throws {
        #expect(try run("ensemble", "1", "2", "--save", "pair").status == 0)
        #expect(try run("ensemble", "1", "3", "--save", "pair").errors.contains("an ensemble has this name already"))
        let refused = try run("runs", "delete", "2")
        #expect(refused.status == 2)
        #expect(
            refused.errors
                == "trainspotter: run 2: the ensemble pair needs it; `trainspotter ensemble delete pair` gives it free\n"
        )
        #expect(try run("ensemble", "delete", "pair").status == 0)
        #expect(try run("runs", "delete", "2").status == 0)
        #expect(try run("ensemble", "delete", "pair").status == 2)
        #expect(try run("evaluate", "pair").errors.contains("no saved run or ensemble of that name"))
    }

    @Test func `an ensemble that a run learned from is deleted with a word of it`() throws {
        #expect(try run("ensemble", "1", "2", "--save", "pair").status == 0)
        #expect(try run("ensemble", "1", "2", "--save", "twin").status == 0)
        let student = try Program.run(
            ["train", "8relu", "epochs=1", "batch=64", "--teacher", "pair", "--quiet"] + data + store)
        #expect(student.status == 0, "\(student.errors)")
        // The other one has the same digest, and teaches as well.
        #expect(try run("ensemble", "delete", "pair").errors.isEmpty)
        let deleted = try run("ensemble", "delete", "twin")
        #expect(deleted.status == 0)
        #expect(
            deleted.errors
                == "trainspotter: run 4 learned from the ensemble twin, and can't be trained on or repeated until one of the same "
                + "runs and weights is saved again\n")
        #expect(try run("runs", "repeat", "4").status != 0)
        #expect(try run("ensemble", "1", "2", "--save", "again").status == 0)
        #expect(try Program.run(["runs", "repeat", "4"] + store).status == 0)
    }

    @Test func `weights come from validation or from the user, never from the test set`() throws {
        let found = try json("ensemble", "1", "2", "3", "--weights", "validation", "--json", "-")
        let weights = try #require((found["members"] as? [[String: Any]])?.compactMap { $0["weight"] as? Double })
        #expect(weights.count == 3 && abs(weights.reduce(0, +) - 1) < 1e-9)
        let how = try #require(found["weights"] as? [String: Any])
        #expect(how["from"] as? String == "validation")
        let (least, equal) = (
            how["validation_log_loss"] as? Double ?? 0, how["validation_log_loss_of_equal_weights"] as? Double ?? 0
        )
        #expect(least > 0 && least < equal)
        let given = try json("ensemble", "1", "2", "--weights", "3,1", "--mean", "geometric", "--json", "-")
        #expect((given["members"] as? [[String: Any]])?.compactMap { $0["weight"] as? Double } == [0.75, 0.25])
        #expect(given["mean"] as? String == "geometric")
        #expect(
            try run("ensemble", "1", "2", "--weights", "1").errors
                == "trainspotter: --weights: 1 weights; expected 2, one for each network\n")
        #expect(try run("ensemble", "1", "2", "--weights", "much").status == 2)
        let all = try Program.run(["train", "8relu", "epochs=1", "val=0", "--quiet"] + data + store)
        #expect(all.status == 0)
        #expect(
            try run("ensemble", "1", "4", "--weights", "validation").errors.hasPrefix(
                "trainspotter: --weights: run 4 was trained on all rows (val=0), so that no row can tell"))
        #expect(try run("ensemble", "1", "1").errors.contains("it is there twice"))
    }

    @Test func `a folder is a model again, for evaluate, predict and reports`() throws {
        let path = folder.path("pair")
        let made = try run("ensemble", "1", "3", "--mean", "geometric", "--export", path)
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.errors.hasSuffix("\(path)/ensemble.json\n"))
        #expect(
            try run("ensemble", "1", "3", "--export", path).errors.contains("expected a new folder, or an empty one"))
        let own = try json("ensemble", "1", "3", "--mean", "geometric", "--json", "-")
        let evaluated = try Program.run(["evaluate", path, "--json", "-"] + data)
        #expect(evaluated.status == 0, "\(evaluated.errors)")
        #expect(evaluated.output.contains("\"errors\": \(own["errors"] as? Int ?? -1),"))
        let predicted = try Program.run(["predict", path, "--index", "3"] + data)
        #expect(predicted.status == 0 && predicted.output.contains("predicted  "), "\(predicted.errors)")
        let report = try Program.run(["export", path, "--format", "html"] + data)
        #expect(report.status == 0 && report.output == "\(path)/report.html\n", "\(report.errors)")
        #expect(
            try folder.text(of: "pair/report.html").contains("The geometric mean of the probabilities of 2 networks."))
        let other = try Program.run(["export", path, "--format", "keras"] + data)
        #expect(other.status == 2)
        #expect(
            other.errors.hasPrefix(
                "trainspotter: pair is an ensemble of 2 networks, and keras holds one; expected --format"))
    }

    @Test func `test-time augmentation is told beside the figures without it, the same for any number of threads`()
        throws
    {
        let plain = try json("evaluate", "2", "--json", "-")
        var first: NSDictionary?
        for threads in ["1", "2"] {
            var with = try json("evaluate", "2", "--tta", "4", "--tta-seed", "7", "--json", "-", "--threads", threads)
            let augmented = try #require(with.removeValue(forKey: "test_time_augmentation") as? [String: Any])
            #expect(with as NSDictionary == plain as NSDictionary)
            #expect(augmented["count"] as? Int == 4 && augmented["augmentation"] as? String == "own")
            #expect(first == nil || first == augmented as NSDictionary)
            first = augmented as NSDictionary
        }
        #expect(
            try run("evaluate", "1", "--tta", "4").errors.hasPrefix(
                "trainspotter: run 1 was trained on images as they are"))
        let given = try run("evaluate", "1", "--tta", "2", "--tta-augment", "rotate=5 shift=1")
        #expect(
            given.output.contains(
                "\naveraged with 2 distorted copies of each image (rotate=5 shift=1)\ntest   accuracy "))
        #expect(try run("evaluate", "1", "--tta", "2", "--tta-augment", "lr=1").status == 2)
        #expect(try run("evaluate", "1", "--tta-augment", "rotate=5").status == 2)
        #expect(try run("ensemble", "1", "2", "--save", "pair").status == 0)
        #expect(try run("evaluate", "pair", "--tta", "2", "--tta-augment", "rotate=5").status == 0)
    }
}
