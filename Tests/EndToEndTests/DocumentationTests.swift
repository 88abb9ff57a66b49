import Foundation
import Reports
import Testing

/// The pages of the manual agree with each other and with the program.
@Suite struct DocumentationTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    @Test("Every link to a file or a heading of this repository leads there")
    func links() throws {
        let pages = try Self.pages()
        #expect(pages.count > 25)
        var count = 0
        for page in pages {
            let text = try Self.prose(of: page)
            for match in text.matches(of: /\]\(([^)\s]+)\)/) where !match.1.contains("://") {
                count += 1
                let parts = match.1.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                let folder = URL(filePath: page, relativeTo: Self.root).deletingLastPathComponent()
                let file =
                    parts[0].isEmpty ? URL(filePath: page, relativeTo: Self.root) : folder.appending(path: parts[0])
                let isThere = FileManager.default.fileExists(atPath: file.standardizedFileURL.path)
                #expect(isThere, "\(page): \(match.1)")
                guard isThere, parts.count > 1 else { continue }
                let anchors = try Self.anchors(in: String(contentsOf: file.absoluteURL, encoding: .utf8))
                #expect(anchors.contains(String(parts[1])), "\(page): \(match.1)")
            }
        }
        #expect(count > 60)
    }

    @Test("The README is short: the rest has pages of its own")
    func readme() throws {
        let text = try Self.text(of: "README.md")
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count < 150)
    }

    @Test("Every page of the manual is listed in the README and in docs/README.md")
    func listed() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "docs").path)
        let (readme, list) = (try Self.text(of: "README.md"), try Self.text(of: "docs/README.md"))
        for name in names where name.hasSuffix(".md") && name != "README.md" {
            #expect(readme.contains("(docs/\(name))") && list.contains("(\(name))"), "\(name)")
        }
    }

    @Test("The changelog begins with the version of the program")
    func changelog() throws {
        let versions = try Self.text(of: "CHANGELOG.md").matches(of: /\n## (\d+\.\d+\.\d+)/).map { String($0.1) }
        #expect(versions.first == ProgramVersion.current)
        #expect(versions == versions.sorted { $0.compare($1, options: .numeric) == .orderedDescending })
    }

    @Test("Commands that the pages name are commands of the program")
    func commands() throws {
        let commands = Set(try HelpTests.pages().map { $0.0.split(separator: " ").first.map(String.init) ?? "" })
        for page in try Self.pages() where page.hasPrefix("docs/") || page == "README.md" {
            let lines = try Self.text(of: page).split(separator: "\n")
            for line in lines where line.hasPrefix("    trainspotter ") {
                let word = String(line.dropFirst(17).prefix { $0.isLetter || $0 == "-" || $0.isNumber })
                let isSpec =
                    word.isEmpty || word.hasPrefix("-") || word.hasPrefix("exercise") || word.first?.isNumber == true
                #expect(isSpec || commands.contains(word), "\(page): \(line)")
            }
        }
    }

    /// Paths of all pages, from the root of the repository.
    private static func pages() throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".md") }
        let below = try ["docs", "Benchmarks"].flatMap { folder in
            try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path).map {
                "\(folder)/\($0)"
            }
        }
        return (names + below.filter { $0.hasSuffix(".md") }).sorted()
    }

    private static func text(of page: String) throws -> String {
        try String(contentsOf: root.appending(path: page), encoding: .utf8)
    }

    /// The page without its code, in which brackets mean something else.
    private static func prose(of page: String) throws -> String {
        var isCode = false
        let lines = try text(of: page).split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            if line.hasPrefix("```") { isCode.toggle() }
            return !isCode && !line.hasPrefix("    ")
        }
        return lines.joined(separator: "\n").replacing(/`[^`\n]*`/, with: "`")
    }

    /// The names by which headings are linked to, as GitHub forms them.
    private static func anchors(in text: String) -> Set<String> {
        let headings = text.split(separator: "\n").filter { $0.hasPrefix("#") }
        return Set(
            headings.map { heading in
                let words = heading.drop { $0 == "#" }.drop { $0 == " " }.lowercased()
                return String(
                    words.filter { $0.isLetter || $0.isNumber || " -_".contains($0) }.map { $0 == " " ? "-" : $0 })
            })
    }
}
