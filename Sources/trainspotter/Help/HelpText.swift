import ArgumentParser
import Foundation
import TerminalUI

/// What `--help` prints, and where a refusal sends the user for help.
enum HelpText {
    /// Wider lines are hard to read, and the tables in the texts are made for this.
    private static let widest = LineWidth.usual

    /// The parser's answer to a request for help, a version or a completion script.
    static func text(for request: any Error) -> String {
        let asked = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }
        let width = min(max(asked ?? LineWidth.terminal(STDOUT_FILENO) ?? widest, 40), widest)
        let text = CompletionScript.completed(Trainspotter.fullMessage(for: request, columns: width))
        let isRoot = text == Trainspotter.helpMessage(columns: width)
        return foldingUsage(of: isRoot ? withDashboard(text, width) : text, width)
    }

    /// What the parser refuses, in one line; it lists the values that an option takes in several.
    static func refusal(_ error: any Error) -> String {
        let lines = Trainspotter.message(for: error).split(separator: "\n").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        let values = lines.filter { $0.hasPrefix("- ") }.map { String($0.dropFirst(2)) }
        let words = lines.filter { !$0.hasPrefix("- ") }.joined(separator: " ")
        return values.isEmpty ? words : words + " " + values.joined(separator: ", ")
    }

    /// `trainspotter train --help`, where what was refused belongs to `train`.
    static func command(for error: any Error) -> String {
        let quoted = Trainspotter.fullMessage(for: error).split(separator: "\n").last?.split(separator: "'")
        guard let command = quoted?.dropFirst().first, command.hasSuffix("--help") else { return "trainspotter --help" }
        return String(command)
    }

    /// The root's help with the options of the dashboard, which opens where no subcommand is named.
    private static func withDashboard(_ text: String, _ width: Int) -> String {
        let mark = "\nOPTIONS:\n"
        let own = DashboardCommand.helpMessage(columns: width).components(separatedBy: mark).last ?? ""
        let options = own.components(separatedBy: "  -h, --help").first ?? ""
        return text.replacing(mark, with: "\nOPTIONS OF THE DASHBOARD:\n\(options)\nOPTIONS:\n", maxReplacements: 1)
    }

    /// The usage in lines that fit, parted between arguments.
    static func foldingUsage(of text: String, _ width: Int) -> String {
        var isUsage = false
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
            isUsage = line.hasPrefix("USAGE: ") || (isUsage && line.hasPrefix(" "))
            guard isUsage, line.count > width else { return [String(line)] }
            let indent = String(repeating: " ", count: 9)
            let folded = WrappedText.lines(of: arguments(line), width: width - indent.count)
            return [folded[0]] + folded.dropFirst().map { indent + $0 }
        }
        return lines.joined(separator: "\n")
    }

    /// The words of a usage; what stands in brackets is one, and an option and its value are.
    private static func arguments(_ usage: Substring) -> [String] {
        var words: [String] = []
        for word in usage.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
            if let last = words.last, isOpen(last) || (last.hasPrefix("--") && word.hasPrefix("<")) {
                words[words.count - 1] = last + " " + word
            } else {
                words.append(word)
            }
        }
        return words
    }

    private static func isOpen(_ word: String) -> Bool {
        word.count { $0 == "[" || $0 == "<" } > word.count { $0 == "]" || $0 == ">" }
    }
}
