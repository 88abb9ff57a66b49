import Foundation
import TestSupport
import Testing

/// Searches with the real program.
@Suite(.timeLimit(.minutes(40))) struct SearchCommandTests {
    private let folder: TemporaryFolder
    private static let space =
        "layers={8relu,8..32tanh} lr=1e-3..1e-1 optimizer={adam,sgd} drop={0,0.1} batch=64 epochs=4 val=0.2"

    init() throws {
        folder = try TemporaryFolder()
        try SomeDigits.write(to: folder)
    }

    private var place: [String] { ["--store", folder.path("runs.sqlite"), "--data", folder.path("digits")] }

    private struct Found {
        let value: [String: Any]
        var trials: [[String: Any]] { value["trials"] as? [[String: Any]] ?? [] }
        var ranking: [[String: Any]] { value["ranking"] as? [[String: Any]] ?? [] }
        /// Epochs and validation loss of each line.
        var reached: [String: [Double]] {
            Dictionary(
                uniqueKeysWithValues: trials.map { trial in
                    let figures = [trial["epochs"], trial["val_loss"]].map { ($0 as? NSNumber)?.doubleValue ?? .nan }
                    return (trial["line"] as? String ?? "", figures)
                })
        }
    }

    private func search(_ arguments: String..., place: [String]? = nil) throws -> Found {
        let result = try Program.run(["search"] + arguments + ["--json", "-", "--quiet"] + (place ?? self.place))
        #expect(result.status == 0, "\(result.errors)")
        let value = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return Found(value: try #require(value as? [String: Any]))
    }

    @Test func `trials stop at rungs, the best go on and are trained again, and each is a run to its line's bits`()
        throws
    {
        let found = try search(Self.space, "--trials", "9", "--reduction", "2", "--finalists", "2", "--repeats", "2")
        let rungs = (found.value["rungs"] as? [[String: Any]])?.compactMap { $0["epochs"] as? Int }
        #expect(rungs == [1, 2, 4])
        let originals = found.trials.filter { $0["repeats"] is NSNull }
        #expect(originals.count == 9 && Set(found.reached.keys).count == found.trials.count)
        let epochs = originals.compactMap { $0["epochs"] as? Int }
        #expect(epochs.count { $0 == 1 } >= 3 && epochs.contains(2) && epochs.contains(4), "\(epochs)")
        #expect(found.trials.filter { !($0["repeats"] is NSNull) }.count >= 1)
        #expect(found.ranking.first?["seeds"] as? Int == 2)
        let accuracies = found.ranking.compactMap { $0["val_accuracy"] as? Double }
        #expect((found.value["test_accuracy"] as? Double).map { $0 > 0.5 } == true)
        #expect(accuracies.first == accuracies.max())
        // A trial is a run whose line, trained alone, gives the same figures; the test was read for the best one alone.
        let best = try #require(found.trials.first { $0["state"] as? String == "finished" })
        let line = try #require(best["line"] as? String)
        let alone = try Program.run([
            "train", line, "--no-save", "--quiet", "--json", "-", "--data", folder.path("digits"),
        ])
        let report = try #require(try JSONSerialization.jsonObject(with: Data(alone.output.utf8)) as? [String: Any])
        let last = (report["epochs"] as? [[String: Any]])?.last
        #expect(last?["val_loss"] as? Double == best["val_loss"] as? Double && best["val_loss"] is Double)
        let list = try Program.run(
            ["runs", "list", "--columns", "id,test_accuracy,tag", "--store", folder.path("runs.sqlite")]).output
        let lines = list.split(separator: "\n", omittingEmptySubsequences: false)
        let rows = lines.dropFirst().prefix { !$0.isEmpty }
        #expect(rows.count == found.trials.count && rows.allSatisfy { $0.contains("search-1") })
        #expect(rows.count { !$0.contains("–") } == 1, "\(list)")
    }

    @Test func `however often it is killed, it goes on to the same figures, and trains nothing twice`() throws {
        let arguments = ["--trials", "8", "--reduction", "2", "--finalists", "1", "--repeats", "2", "--workers", "2"]
        let other = ["--store", folder.path("other.sqlite"), "--data", folder.path("digits")]
        let whole = try search(
            Self.space, "--trials", "8", "--finalists", "1", "--repeats", "1", "--no-halving", place: other)
        let first = try RunningProgram(["search", Self.space] + arguments + place)
        #expect(first.wait(for: "trial 2"))
        first.signal(SIGKILL)
        _ = try first.end()
        for marker in ["trial", "trial"] {
            let next = try RunningProgram(["search", "--resume"] + place)
            _ = next.wait(for: marker)
            next.signal(SIGKILL)
            _ = try next.end()
        }
        let found = try search("--resume")
        let originals = found.trials.filter { $0["repeats"] is NSNull }
        #expect(originals.count == 8 && originals.contains { $0["epochs"] as? Int == 4 })
        var compared = 0
        for (line, figures) in found.reached where figures[0] == 4 {
            guard let expected = whole.reached[line] else { continue }
            #expect(figures == expected, "\(line)")
            compared += 1
        }
        #expect(compared >= 1)
        let again = try Program.run(["search", "--resume"] + place)
        #expect(again.status == 2 && again.errors.contains("search 1 has ended"))
        let checked = try Program.run(["runs", "check", "--store", folder.path("runs.sqlite")])
        #expect(checked.status == 0, "\(checked.output)")
    }

    @Test func `an interrupted search says how it goes on, and ends then`() throws {
        let running = try RunningProgram(
            ["search", "32relu lr=1e-4..1e-2 epochs=500", "--trials", "4", "--no-halving", "--repeats", "1"] + place)
        #expect(running.wait(for: "of disk while it runs"))
        running.signal(SIGINT)
        let result = try running.end()
        #expect(result.status == 130, "\(running.said)")
        #expect(running.said.contains("`trainspotter search --resume --search 1 --store"))
    }

    @Test(arguments: [
        (["lr=1e-3"], "no layers"), (["8relu epochs=2..9"], "not to be searched for"),
        (["8relu val=0 lr=1e-3..1e-2"], "val above 0"), (["8relu lr=1e-2..1e-4"], "expected 1e-4..1e-2"),
        (["8relu", "--budget", "soon"], "--budget soon: expected a time such as 90s, 30m or 2h"),
        (["8relu", "--trials", "0"], "--trials 0: expected 1 to 1000000"),
        (["--resume"], "there is no search yet"), (["8relu", "--resume"], "the space is that of the search"),
        ([], "Missing expected argument"), (["8relu", "--search", "2"], "expected --resume, too"),
        (["8relu lr={1e-3,1e-2}", "--grid-steps", "0"], "--grid-steps 0"),
        (["8relu", "--budget", "30"], "--budget 30: expected a time such as 90s, 30m or 2h"),
        (["8relu", "--json", "/nonexistent/x.json"], "--json /nonexistent/x.json"),
    ])
    func `what can't be searched is refused in a line`(arguments: [String], reason: String) throws {
        // A store has to be there for what goes on with one.
        _ = try Program.run(["train", "8relu", "epochs=1", "--quiet"] + place)
        let result = try Program.run(["search"] + arguments + place)
        #expect(result.status == 2 && result.output.isEmpty, "\(result)")
        #expect(result.errors.split(separator: "\n").last?.contains(reason) == true, "\(result.errors)")
    }

    @Test func `a grid has all its points, and ends`() throws {
        let found = try search(
            "layers={8relu,12relu} lr={1e-2,1e-3} batch=128 epochs=1", "--sampler", "grid", "--repeats", "1")
        #expect(found.trials.count == 4 && found.reached.count == 4)
        #expect(found.trials.allSatisfy { $0["state"] as? String == "finished" })
    }

    @Test
    func `the best is trained to its end where the trials are too few for a rung, and equal ones are not tried again`()
        throws
    {
        let few = try search("layers={8relu,12relu} epochs=9", "--trials", "5", "--repeats", "2", "--finalists", "1")
        let originals = few.trials.filter { $0["repeats"] is NSNull }
        #expect(originals.count == 2 && originals.contains { $0["state"] as? String == "finished" })
        #expect(few.ranking.first?["seeds"] as? Int == 2 && few.value["test_accuracy"] is Double)
    }
}
