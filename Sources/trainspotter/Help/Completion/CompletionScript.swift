import ArgumentParser

/// What the parser's completion scripts lack: the dashboard, which is meant where no subcommand is named, and words that
/// are not finished, such as `lr=`.
enum CompletionScript {
    /// The script with what it lacks; every other text as it is. Tests run the scripts in their shells.
    static func completed(_ script: String) -> String {
        if script.hasPrefix("#!/bin/bash") { return bash(script) }
        if script.hasPrefix("#compdef") { return zsh(script) }
        return script.hasPrefix("function __trainspotter") ? fish(script) : script
    }

    private static let subcommands =
        (Trainspotter.configuration.subcommands.map { $0._commandName } + ["help"]).joined(separator: " ")

    /// How a script asks for the words of the dashboard's spec.
    private static let question = "---completion dashboard -- positional@0"

    // MARK: - bash

    private static func bash(_ script: String) -> String {
        let root = script.firstRange(of: "\n_trainspotter() {")?.lowerBound ?? script.startIndex
        let completed =
            script[..<root]
            + script[root...].replacing(
                "    __trainspotter_offer_flags_options 0\n",
                with: bashDashboard + "    __trainspotter_offer_flags_options 0\n", maxReplacements: 1)
        return String(completed).replacing(
            "complete -o filenames -F _trainspotter trainspotter",
            with: bashLine + "complete -o filenames -F __trainspotter_line trainspotter")
    }

    private static let bashDashboard = """
            # What is no subcommand belongs to the dashboard.
            if [[ "${cur}" = -* || "${COMP_CWORD}" -gt 1 ]] && [[ " \(subcommands) " != *" ${COMP_WORDS[1]} "* ]]; then
                _trainspotter_dashboard
                return
            fi
            if [[ "${COMP_CWORD}" -eq 1 ]]; then
                __trainspotter_add_completions -W "$(__trainspotter_custom_complete \(question) "${COMP_CWORD}" "$(__trainspotter_cursor_index_in_current_word)")"
            fi

        """

    private static let bashLine = """
        # Behind = and / more is typed, without a blank; and = is no sign of a file's name that would be quoted.
        __trainspotter_line() {
            _trainspotter "${@}"
            [[ "${COMPREPLY[0]}" != *=* ]] || compopt +o filenames 2>/dev/null
            [[ "${#COMPREPLY[@]}" -ne 1 || "${COMPREPLY[0]}" != *[=/] ]] || compopt -o nospace 2>/dev/null
        }


        """

    // MARK: - zsh

    private static func zsh(_ script: String) -> String {
        let place = "    local -ir current_word_index=\"$((CURRENT - 1))\"\n"
        let words = "__trainspotter_complete() {\n"
        return script.replacing(place, with: place + zshDashboard, maxReplacements: 1)
            .replacing(words, with: words + zshOpenWords, maxReplacements: 1)
    }

    private static let zshDashboard = """

            # What is no subcommand belongs to the dashboard.
            if [[ "${CURRENT}" -gt 2 || "${words[2]}" = [-0-9]* ]] && [[ " \(subcommands) " != *" ${words[2]} "* ]]; then
                _trainspotter_dashboard
                return
            fi
            if [[ "${CURRENT}" -eq 2 ]]; then
                __trainspotter_custom_complete \(question) "${current_word_index}" "$(__trainspotter_cursor_index_in_current_word)"
            fi

        """

    private static let zshOpenWords = """
            # Behind = and / more is typed, without a blank.
            local -ar open_completions=("${(M)@:#[^:]#[=/](|:*)}")
            _describe -V '' open_completions -S ''
            set -- "${@:#[^:]#[=/](|:*)}"

        """

    // MARK: - fish

    private static func fish(_ script: String) -> String {
        let place = "    set -l unparsed_tokens (__trainspotter_tokens -pc)\n"
        let spec = script.split(separator: "\n").first { $0.contains("\"trainspotter dashboard\" -ge 1") } ?? ""
        let root = spec.replacing("\"trainspotter dashboard\" -ge 1", with: "\"trainspotter\" -eq 1")
        let completed = script.replacing(place, with: place + fishDashboard, maxReplacements: 1) + "\n\(root)\n"
        // Where the cursor stands in a word is not told to `complete -C`: what stands before it is.
        return completed.replacing("(__trainspotter_tokens -tC)", with: "(string length -- \"$(commandline -ct)\")")
    }

    private static let fishDashboard = """
            # What is no subcommand belongs to the dashboard.
            set -l first_word $unparsed_tokens[2] (commandline -ct)
            if string match -qr '^[-0-9]' -- "$first_word[1]"
                or test (count $unparsed_tokens) -gt 1; and not contains -- "$first_word[1]" \(subcommands)
                set unparsed_tokens $unparsed_tokens[1] dashboard $unparsed_tokens[2..]
            end

        """
}
