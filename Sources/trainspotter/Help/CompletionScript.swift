import ArgumentParser

/// What the parser's completion scripts lack.
enum CompletionScript {
    /// The script for bash with the subcommand that is meant where none is named; others as they are.
    static func completed(_ script: String) -> String {
        guard script.hasPrefix("#!/bin/bash"), let start = script.range(of: "\n_trainspotter() {") else {
            return script
        }
        let mark = "    __trainspotter_offer_flags_options 0\n"
        guard let place = script.range(of: mark, range: start.upperBound..<script.endIndex) else { return script }
        var completed = script
        completed.insert(contentsOf: dashboard, at: place.lowerBound)
        return completed
    }

    /// With options of its own, the dashboard opens without being named.
    private static var dashboard: String {
        """
            # What is no subcommand belongs to the dashboard.
            if [[ "${cur}" = -* || "${COMP_CWORD}" -gt 1 ]] && [[ " \(subcommands) " != *" ${COMP_WORDS[1]} "* ]]; then
                _trainspotter_dashboard
                return
            fi

        """
    }

    private static var subcommands: String {
        (Trainspotter.configuration.subcommands.map { $0._commandName } + ["help"]).joined(separator: " ")
    }
}
