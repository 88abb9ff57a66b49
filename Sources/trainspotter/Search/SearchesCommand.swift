import ArgumentParser
import Foundation
import Reports
import Runs
import Search
import Searching
import Specs

/// `trainspotter searches`: the searches of the store, or one of them with what it has found.
struct SearchesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "searches", abstract: "List searches, or show what one has found so far.",
        discussion: """
            A search can be shown while it runs. Importance is how much of the differences \
            between the trials' ranks a setting explains alone, by functional analysis of \
            variance over a forest of regression trees (Hutter and others, 2014). The page \
            of --html has curves, rungs, the settings side by side and all trials; it needs \
            no script and no network.

            EXAMPLES
              trainspotter searches
              trainspotter searches 3
              trainspotter searches last --html search.html
              trainspotter searches 3 --json -
            """)

    @Argument(help: "The number of a search, or `last`; without it all are listed.")
    var search: String?

    @Option(
        help: ArgumentHelp("Write its report, one HTML page, to a file; - for standard output.", valueName: "file"),
        completion: .file(extensions: ["html"]))
    var html: String?

    @OptionGroup var json: JSONOptions
    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard html == nil || search != nil else {
            throw ValidationError("--html: which search? Expected its number, or last")
        }
        guard html != "-" || !json.isStandardOutput else {
            throw ValidationError("--html -: --json - writes to standard output already")
        }
    }

    func run() throws {
        var outputs = OutputFiles()
        if let html { outputs.add("--html", html) }
        if let path = json.json { outputs.add("--json", path) }
        outputs.keep(store)
        try outputs.check()
        let store = try store.openExisting()
        guard let search else { return try list(store) }
        let text = try SearchText(number: try number(search, store), store)
        if let html { try OutputFile(option: "--html", path: html).write(text.page) }
        try json.write(text.json)
        if !json.isStandardOutput, html != "-" { try printResult(text.text) }
    }

    private func list(_ store: RunStore) throws {
        let listings = try stored { () throws(StoreError) in try store.searchListings() }
        try json.write(JSON.array(listings.map(SearchText.json)).text())
        guard !json.isStandardOutput else { return }
        guard !listings.isEmpty else { return printError("no searches are saved yet") }
        try printResult(SearchText.table(listings))
    }

    private func number(_ text: String, _ store: RunStore) throws -> Int {
        if text == "last" {
            let newest = try stored { () throws(StoreError) in try store.searches() }.first?.id
            guard let newest else { throw CommandFailure.usage("no searches are saved yet") }
            return newest
        }
        guard let number = Int(text) else {
            throw CommandFailure.usage("\(text.shown): expected the number of a search, or last")
        }
        return number
    }
}
