import GRDB

/// The tables and indices of a file, as SQLite keeps them.
///
/// A file from elsewhere is compared with what our own migrations make in memory, so that a new layout is known here by
/// itself. Where both are the same, every name that is then used in a statement is ours.
struct StoreSchema: Equatable, Sendable {
    /// A row of `sqlite_master`.
    private struct Entry: Hashable, Sendable {
        let kind: String
        let name: String
        let table: String
        /// The words of the statement that made it; none for an index that SQLite made by itself.
        let words: [String]
    }

    private let entries: Set<Entry>

    /// The schema of a file. What it says is read, never carried out.
    ///
    /// - Throws: `unsuitable` where it has anything but tables and indices.
    init(of database: Database, path: String) throws {
        var entries: Set<Entry> = []
        let rows = try Row.fetchCursor(database, sql: "SELECT type, name, tbl_name, sql FROM sqlite_master")
        while let row = try rows.next() {
            let (kind, name): (String, String) = (try row.value("type"), try row.value("name"))
            let words = SQLWords.split(try row.optional("sql") ?? "")
            guard kind == "table" || kind == "index", words.prefix(2) != ["create", "virtual"] else {
                let what = kind == "table" ? "virtual table" : kind
                throw StoreError.unsuitable(
                    path: path, reason: "not a run store: it has the \(what) \(name), and a run store has none")
            }
            entries.insert(Entry(kind: kind, name: name, table: try row.value("tbl_name"), words: words))
        }
        self.entries = entries
    }

    /// Throws `unsuitable` where a file's schema is not the one of the layout that it says it has.
    static func refuseOther(_ database: Database, path: String) throws {
        let found = try StoreSchema(of: database, path: path)
        guard !found.entries.isEmpty else { return }
        let applied = try RunStore.migrator.appliedIdentifiers(database)
        let ours = RunStore.migrator.migrations
        guard applied == Set(ours.prefix(applied.count)) else {
            throw StoreError.unsuitable(
                path: path, reason: "not a run store: it names layouts that it can't have")
        }
        let expected = try ofLayouts.get()[applied.count]
        guard found != expected else { return }
        let differing = found.entries.symmetricDifference(expected.entries).map(\.name).min() ?? ""
        throw StoreError.unsuitable(
            path: path, reason: "not a run store: its \(differing) is not as a run store has it")
    }

    /// What our migrations make: before the first of them, which has GRDB's own table alone, and after each.
    private static let ofLayouts = Result {
        let queue = try DatabaseQueue()
        var schemas: [StoreSchema] = []
        var migrator = DatabaseMigrator()
        migrator.registerMigration("none") { _ in }
        try migrator.migrate(queue)
        try queue.write { try $0.execute(sql: "DELETE FROM grdb_migrations") }
        schemas.append(try queue.read { try StoreSchema(of: $0, path: ":memory:") })
        for layout in RunStore.migrator.migrations {
            try RunStore.migrator.migrate(queue, upTo: layout)
            schemas.append(try queue.read { try StoreSchema(of: $0, path: ":memory:") })
        }
        return schemas
    }
}

/// The words of a statement, as far as two of them have to be distinguished.
package enum SQLWords {
    /// Blanks and comments are left out, and the quotes around a plain word: how SQLite writes a table's new name down
    /// depends on its version.
    package static func split(_ statement: String) -> [String] {
        var words: [String] = []
        var rest = Substring(statement)
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if rest.hasPrefix("--") {
                rest = rest.drop { !$0.isNewline }
            } else if rest.hasPrefix("/*") {
                rest = rest.dropFirst(2).firstRange(of: "*/").map { rest[$0.upperBound...] } ?? ""
            } else if first == "\"" || first == "'" {
                words.append(quoted(first, &rest))
            } else if isPlain(first) {
                let word = rest.prefix(while: isPlain)
                words.append(word.lowercased())
                rest = rest.dropFirst(word.count)
            } else {
                words.append(String(first))
                rest.removeFirst()
            }
        }
        return words
    }

    private static func quoted(_ mark: Character, _ rest: inout Substring) -> String {
        let inner = rest.dropFirst().prefix { $0 != mark }
        rest = rest.dropFirst(inner.count + 2)
        let isPlainName = mark == "\"" && !inner.isEmpty && inner.allSatisfy(isPlain)
        return isPlainName ? inner.lowercased() : "\(mark)\(inner)\(mark)"
    }

    private static func isPlain(_ character: Character) -> Bool {
        character == "_" || character.isASCII && (character.isLetter || character.isNumber)
    }
}
