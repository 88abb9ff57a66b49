import TestSupport
import Testing

/// What `--help` prints for every command and subcommand that the program names.
@Suite(.timeLimit(.minutes(40))) struct HelpTests {
    @Test("All help fits 80 columns, and no paragraph of it is wrapped twice")
    func width() throws {
        let pages = try Self.pages()
        #expect(pages.count >= 30)
        for (command, text) in pages {
            for line in text.split(separator: "\n") {
                #expect(line.count <= 80, "\(command): \(line)")
            }
            for (line, next) in Self.prose(text) {
                let word = next.prefix { $0 != " " }
                // The parser breaks a line of exactly 80, too.
                #expect(line.count + 1 + word.count >= 80, "\(command): \(line)")
            }
        }
    }

    @Test("A usage that is folded is folded between arguments")
    func usage() throws {
        let text = try Self.help(["predict", "--help"])
        #expect(
            text.contains(
                """
                USAGE: trainspotter predict <model> [--spec <spec>] [--store <file>]
                         [<images> ...] [--index <n>] [--invert] [--as-is] [--stroke] [--show]
                         [--json] [--data <name-or-path>] [--data-folder <folder>]

                """))
    }

    @Test("The program's own help has the options of the dashboard")
    func root() throws {
        let (root, dashboard) = (try Self.help(["--help"]), try Self.help(["dashboard", "--help"]))
        let start = try #require(root.firstRange(of: "\nOPTIONS OF THE DASHBOARD:\n"))
        let end = try #require(root.firstRange(of: "\n\nOPTIONS:\n"))
        let options = root[start.upperBound..<end.lowerBound]
        #expect(dashboard.contains("\nOPTIONS:\n\(options)\n  --version"))
        for option in ["--data", "--threads", "--theme", "--glyphs", "--colors", "--plain", "--no-mouse", "--store"] {
            #expect(options.contains("  \(option)"))
        }
    }

    @Test("What is refused is sent to the help of its own command")
    func hint() throws {
        let result = try Program.run(["runs", "list", "--nosuch"])
        #expect(result.status == 2)
        #expect(
            result.errors == "trainspotter: Unknown option '--nosuch' (see `trainspotter runs list --help`)\n")
    }

    @Test("Every shell's completions can be had", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) throws {
        let result = try Program.run(["--generate-completion-script", shell])
        #expect(result.status == 0 && result.output.contains("screenshot") && result.output.contains("glyphs"))
    }

    @Test("In bash the dashboard's options are completed where no subcommand is named")
    func completesDashboard() throws {
        let lines: [(words: String, offers: String)] = [
            ("--glyphs ''", "braille block ascii"), ("exercise-2 --colors ''", "truecolor 256 16 mono"),
            ("--gl", "--glyphs"), ("exercise-2 --asc", "--ascii"), ("pres", "presets"),
            ("screenshot --glyphs b", "braille block"), ("runs sho", "show"),
        ]
        let script = """
            shopt -s extglob
            source <("$0" --generate-completion-script bash)
            offer() {
                COMP_WORDS=("$0" "$@") COMP_CWORD=$# COMP_LINE="trainspotter $*"
                COMP_POINT=${#COMP_LINE} COMPREPLY=()
                _trainspotter trainspotter "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
                echo "${COMPREPLY[*]}"
            }

            """
        let calls = lines.map { "offer \($0.words)\n" }.joined()
        let quoted = (script + calls).replacing("'", with: #"'\''"#)
        let result = try Program.shell("bash -c '\(quoted)' \"$0\"")
        #expect(result.errors.isEmpty)
        #expect(result.output.split(separator: "\n").map(String.init) == lines.map(\.offers))
    }

    /// Each command's words and its help: the root, and what its list of subcommands leads to.
    static func pages() throws -> [(String, String)] {
        var pages: [(String, String)] = []
        var waiting: [[String]] = [[]]
        while let command = waiting.popLast() {
            let text = try help(command + ["--help"])
            pages.append((command.joined(separator: " "), text))
            let list = text.components(after: "\nSUBCOMMANDS:\n")
            for line in list.split(separator: "\n") where line.hasPrefix("  ") && !line.hasPrefix("   ") {
                guard let name = line.split(separator: " ").first, name != "See" else { continue }
                waiting.append(command + [String(name)])
            }
        }
        return pages
    }

    private static func help(_ arguments: [String]) throws -> String {
        let line = "COLUMNS=80 \"$0\" " + arguments.joined(separator: " ")
        let result = try Program.shell(line)
        #expect(result.status == 0 && result.errors.isEmpty)
        return result.output
    }

    /// Lines that follow each other in a paragraph of the overview.
    private static func prose(_ text: String) -> [(Substring, Substring)] {
        let overview = text.prefix(upTo: text.firstRange(of: "\nUSAGE: ")?.lowerBound ?? text.endIndex)
        let lines = overview.split(separator: "\n", omittingEmptySubsequences: false)
        return zip(lines, lines.dropFirst()).filter { line, next in
            [line, next].allSatisfy { !$0.isEmpty && !$0.hasPrefix(" ") && !$0.allSatisfy(\.isUppercase) }
                && !["EXAMPLES", "FIELDS", "FORMATS", "ENVIRONMENT", "EXIT STATUS"].contains(line)
                && !line.hasPrefix("A SPEC")
        }
    }
}

extension String {
    fileprivate func components(after mark: String) -> Substring {
        firstRange(of: mark).map { self[$0.upperBound...] } ?? ""
    }
}
