import Foundation
import TestSupport
import Testing

/// `trainspotter searches`: what the store has of searches.
@Suite(.timeLimit(.minutes(40))) struct SearchesCommandTests {
    private let folder: TemporaryFolder
    private var store: [String] { ["--store", folder.path("runs.sqlite")] }

    init() throws {
        folder = try TemporaryFolder()
        try SomeDigits.write(to: folder)
    }

    private func run(_ words: [String]) throws -> Program.Result { try Program.run(words + store) }

    @Test func `searches are listed, and one is told in words, as JSON and as a page, with the figures of the search`()
        throws
    {
        let place = store + ["--data", folder.path("digits")]
        let space = "layers={8relu,16relu} lr=1e-3..1e-1 batch=64 epochs=3 val=0.2"
        let search = try Program.run(
            ["search", space, "--trials", "12", "--repeats", "2", "--name", "small", "--quiet", "--json", "-"] + place)
        #expect(search.status == 0, "\(search.errors)")
        let said = try JSONSerialization.jsonObject(with: Data(search.output.utf8)) as? [String: Any]
        let ranking = try #require(said?["ranking"] as? [[String: Any]])
        let trials = try #require(said?["trials"] as? [[String: Any]])

        // Beside other runs, trials are told, and can be left out.
        #expect(!(try run(["runs", "list"]).output.contains("trials of searches")))
        #expect(try Program.run(["train", "8relu", "epochs=1", "--quiet"] + place).status == 0)
        #expect(
            try run(["runs", "list"]).output.hasSuffix(
                "\n\n\(trials.count) of \(trials.count + 1) runs are trials of searches; `--filter 'tag!~search-'` leaves them "
                    + "out\n"))
        let others = try run(["runs", "list", "--columns", "id,tag", "--filter", "tag!~search-"])
        #expect(others.output.split(separator: "\n").count == 2, "\(others.output)")

        let list = try run(["searches"])
        #expect(list.status == 0 && list.output.contains(/1 +ended +\d+ .* small +layers=\{8relu,16relu\}/))
        let shown = try run(["searches", "1"])
        #expect(shown.output.hasPrefix("search 1, small: ended, \(trials.count) trials"))
        #expect(shown.output.contains(/trials at rungs: 1 epoch 12, 3 epochs \d/))
        let accuracy = try #require(ranking.first?["val_accuracy"] as? Double)
        #expect(shown.output.contains(String(format: "%.2f", accuracy * 100)))
        #expect(try run(["searches", "last"]).output == shown.output)

        let json = try run(["searches", "1", "--json", "-"])
        let value = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        let told = try #require(value?["trials"] as? [[String: Any]])
        #expect(told.count == trials.count && value?["name"] as? String == "small")
        #expect(told.compactMap { $0["line"] as? String } == trials.compactMap { $0["line"] as? String })
        #expect(told.compactMap { $0["val_loss"] as? Double } == trials.compactMap { $0["val_loss"] as? Double })

        let page = folder.path("search.html")
        #expect(try run(["searches", "1", "--html", page]).status == 0)
        let html = String(decoding: try folder.bytes(of: "search.html"), as: UTF8.self)
        #expect(html.contains("<svg") && !html.contains("<script"))
        for trial in trials { #expect(html.contains(try #require(trial["line"] as? String))) }
    }

    @Test func `a search that there is not, and a store without any, are told in a line`() throws {
        let none = try run(["searches"])
        #expect(none.status != 0 && none.errors.split(separator: "\n").count == 1, "\(none)")
        let place = store + ["--data", folder.path("digits")]
        _ = try Program.run(["search", "8relu lr={1e-3,1e-2} epochs=1 val=0.2", "--trials", "2", "--quiet"] + place)
        let other = try run(["searches", "9"])
        #expect(other.status == 2 && other.errors.contains("9: there is no such search"), "\(other)")
    }
}
