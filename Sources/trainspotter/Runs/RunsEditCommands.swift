import ArgumentParser
import Runs

/// `trainspotter runs rename`.
struct RunsRenameCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename", abstract: "Rename a saved run; an empty name removes the old one.")

    @OptionGroup var chosen: RunArgument
    @Argument(help: "The new name.") var name: String
    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try store.openExisting()
        let run = try chosen.find(in: store)
        try stored { () throws(StoreError) in try store.rename(run: run.id, to: name) }
    }
}

/// `trainspotter runs tag`.
struct RunsTagCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag", abstract: "Add tags to a saved run, or remove those with - before them.",
        discussion: """
            EXAMPLES
              trainspotter runs tag 12 paper
              trainspotter runs tag 12 final -draft
            """)

    @OptionGroup var chosen: RunArgument
    @Argument(help: "Words without blanks; -word removes a tag.") var tags: [String]
    @OptionGroup var store: StoreOptions

    func validate() throws {
        for tag in tags where tag == "-" || tag.isEmpty || tag.contains(where: \.isWhitespace) {
            throw ValidationError("\"\(tag)\": expected one word")
        }
    }

    func run() throws {
        let store = try store.openExisting()
        let run = try chosen.find(in: store)
        let removed = tags.filter { $0.hasPrefix("-") }.map { String($0.dropFirst()) }
        try stored { () throws(StoreError) in
            try store.changeTags(run: run.id, adding: tags.filter { !$0.hasPrefix("-") }, removing: removed)
        }
    }
}

/// `trainspotter runs note`.
struct RunsNoteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Replace the note of a saved run; without words, print it.")

    @OptionGroup var chosen: RunArgument
    @Argument(help: "The note's words.") var words: [String] = []
    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try store.openExisting()
        let run = try chosen.find(in: store)
        guard !words.isEmpty else { return try printResult(run.note) }
        try stored { () throws(StoreError) in
            try store.setNote(run: run.id, to: words.joined(separator: " "))
        }
    }
}

/// `trainspotter runs delete`.
struct RunsDeleteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete saved runs; `runs undelete` brings them back for 30 days.")

    @Argument(help: "Runs' numbers or names.", completion: Completions.run) var runs: [String]

    @Flag(help: "Delete also runs that a program trains now; they train on.")
    var evenTrained = false

    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try store.openExisting()
        var found: [Int] = []
        for text in runs { found.append(try store.find(text).id) }
        try stored { () throws(StoreError) in try store.delete(runs: found, evenTrained: evenTrained) }
        let numbers = found.map(String.init).joined(separator: " ")
        printError("deleted; `trainspotter runs undelete \(numbers)` brings \(found.count == 1 ? "it" : "them") back")
    }
}

/// `trainspotter runs undelete`.
struct RunsUndeleteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undelete", abstract: "Bring deleted runs back (`runs list --deleted` has their numbers).")

    @Argument(help: "Runs' numbers.", completion: Completions.deletedRun) var runs: [Int]
    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try store.openExisting()
        try stored { () throws(StoreError) in try store.undelete(runs: runs) }
    }
}
