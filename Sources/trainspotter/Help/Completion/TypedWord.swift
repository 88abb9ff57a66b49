import ArgumentParser
import TerminalUI

/// The word of a command line that is being typed in a shell, and the words before it.
struct TypedWord {
    /// What is typed of it, from its start.
    let text: String
    /// The words before it, the program's name first.
    let before: [String]
    /// The part of it that bash takes for words of their own: `lr=` of `lr=1e-3`.
    private let apart: Substring
    private let shell: CompletionShell?

    /// - Parameters:
    ///   - words: the line's words as the shell has parted them, with their quotes.
    ///   - index: of the word that is being typed.
    ///   - prefix: what stands before the cursor where that is the last word.
    init(words: [String], index: Int, prefix: String, shell: CompletionShell?) {
        let current = index < words.count - 1 ? words[index] : prefix
        let line = words.prefix(index) + [current]
        let joined = shell == .bash ? Self.joined(line) : Array(line)
        text = joined.last ?? ""
        before = joined.dropLast()
        let sign = shell == .bash ? text.lastIndex { "=:".contains($0) } : nil
        apart = sign.map { [text] in text[...$0] } ?? ""
        self.shell = shell
    }

    /// Words with the pieces put together that bash parts at `=` and `:`.
    private static func joined(_ words: some Sequence<String>) -> [String] {
        var joined: [String] = []
        var isOpen = false
        for word in words {
            let isSign = !word.isEmpty && word.allSatisfy { "=:".contains($0) }
            if isSign || isOpen, let last = joined.last {
                joined[joined.count - 1] = last + word
            } else {
                joined.append(word)
            }
            isOpen = isSign
        }
        return joined
    }

    /// The words of the spec before it: what is neither a command nor an option.
    var specWords: [String] {
        var (spec, rest) = ([] as [String], before.dropFirst())
        var commands = Trainspotter.configuration.subcommands
        while let next = commands.first(where: { $0.configuration.commandName == rest.first }) {
            rest.removeFirst()
            commands = next.configuration.subcommands
        }
        while let word = rest.popFirst() {
            if !word.hasPrefix("-") {
                spec.append(word)
            } else if OptionOrder.valued.contains(word) {
                rest = rest.dropFirst()
            }
        }
        return spec
    }

    /// The value of an option that is given before it; nil without one.
    func value(of option: String) -> String? {
        if let place = before.lastIndex(of: option), place + 1 < before.count {
            return Self.unquoted(before[place + 1])
        }
        let joined = before.last { $0.hasPrefix(option + "=") }
        return joined.map { Self.unquoted(String($0.dropFirst(option.count + 1))) }
    }

    private static func unquoted(_ word: String) -> String {
        guard word.count > 1, let quote = word.first, "'\"".contains(quote), word.last == quote else { return word }
        return String(word.dropFirst().dropLast())
    }

    /// A word in the form in which the shell takes it, with what it means where the shell shows that.
    func shown(_ offer: Completions.Offer) -> String {
        let meaning = offer.meaning.harmlessLine
        return switch shell {
        case .zsh?: offer.word.replacing(":", with: "\\:") + (meaning.isEmpty ? "" : ":" + meaning)
        case .fish?: offer.word + (meaning.isEmpty ? "" : "\t" + meaning)
        default: String(offer.word.dropFirst(apart.count))
        }
    }
}
